"""Practice sessions and exams: what is known of them, and the time that they have."""

import json

from msgspec import Struct

from storage.assignment_facts import SEALED
from storage.database import Database


class Sitting(Struct, frozen=True):
    """A session or an exam; times are UTC milliseconds, ``spec`` is what was asked for, as JSON.

    ``state`` is open, paused, handed_in or void. ``shown`` is the place opened last, or the number
    of all its questions, where they are in view together; ``deadline`` that of an exam. Of an exam
    that is explained later nothing is told, nor answered, before ``sealed_until``.
    """

    id: int
    person_id: int
    mode: str
    spec: str
    state: str
    begun_at: int
    ended_at: int | None
    shown: int
    deadline: int | None
    score: float | None
    assignment_id: int | None = None
    sealed_until: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens in it."""
        return self.state in {"handed_in", "void"}


class SittingItem(Struct, frozen=True):
    """A question of a sitting, with its case as it was posted.

    ``draft`` are the choices that stand for now, ``answer`` those of the recorded answer; either
    may be None. ``refused``: Telegram would not take it, or it was retired before it was put.
    ``dropped``: its case was taken out of the assignment.
    """

    place: int
    post_id: int
    position: int
    choice_order: tuple[int, ...]
    draft: tuple[int, ...] | None
    marked: bool
    locked: bool
    refused: bool
    snapshot: str
    answer: tuple[int, ...] | None
    score: float | None
    dropped: bool = False

    @property
    def counts(self) -> bool:
        """Whether it can be answered, and counts."""
        return not (self.refused or self.dropped)


_SITTING = f"""
    SELECT id, person_id, mode, spec, state, begun_at, ended_at, shown, deadline, score,
           assignment_id, ({SEALED})
    FROM sittings
"""  # noqa: S608 - ours
_ITEMS = """
    SELECT i.place, i.post_id, i.position, i.choice_order, i.draft, i.marked, i.locked,
           p.refused_at IS NOT NULL AS refused, c.content, a.choices, a.score,
           EXISTS (
               SELECT 1 FROM assignment_cases t WHERE t.assignment_id = s.assignment_id
                   AND t.case_id = p.case_id AND t.dropped_at IS NOT NULL) AS dropped
    FROM sitting_items i
    JOIN sittings s ON s.id = i.sitting_id
    JOIN posts p ON p.id = i.post_id
    JOIN snapshots c ON c.digest = p.snapshot
    LEFT JOIN answers a ON a.person_id = s.person_id
        AND a.post_id = i.post_id AND a.position = i.position
    WHERE i.sitting_id = ? ORDER BY i.place
"""
_OF_POST = "WHERE id = (SELECT sitting_id FROM sitting_items WHERE post_id = ? LIMIT 1)"
_ALIVE = """
    UPDATE sittings SET alive_at = :now
    WHERE state = 'open' AND deadline IS NOT NULL AND alive_at < :now
"""
_MOVE = """
    UPDATE sittings SET deadline = deadline + :now - alive_at,
        warn_at = warn_at + :now - alive_at, alive_at = :now
    WHERE state = 'open' AND deadline IS NOT NULL AND alive_at < :now
"""


class Sittings:
    """Reads about sittings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, sitting_id: int) -> Sitting | None:
        """The sitting of this number."""
        return await self._one("WHERE id = ?", sitting_id)

    async def current(self, person_id: int) -> Sitting | None:
        """The one that a person has not ended: there is one at a time."""
        return await self._one("WHERE person_id = ? AND state IN ('open', 'paused')", person_id)

    async def of_post(self, post_id: int) -> Sitting | None:
        """The one that a post belongs to."""
        return await self._one(_OF_POST, post_id)

    async def items(self, sitting_id: int) -> list[SittingItem]:
        """Its questions, in their order."""
        rows = await self._database.rows(_ITEMS, (sitting_id,))
        return [
            SittingItem(
                row["place"],
                row["post_id"],
                row["position"],
                tuple(json.loads(row["choice_order"])),
                _choices(row["draft"]),
                bool(row["marked"]),
                bool(row["locked"]),
                bool(row["refused"]),
                row["content"],
                _choices(row["choices"]),
                row["score"],
                bool(row["dropped"]),
            )
            for row in rows
        ]

    async def messages(self, sitting_id: int) -> list[int]:
        """The messages known to show its question."""
        rows = await self._database.rows(
            "SELECT message_id FROM sitting_messages WHERE sitting_id = ? ORDER BY message_id",
            (sitting_id,),
        )
        return [row["message_id"] for row in rows]

    async def overdue(self, by: int, limit: int) -> list[Sitting]:
        """Exams whose deadline has passed, the longest due first."""
        return await self._several(
            "WHERE state = 'open' AND deadline IS NOT NULL AND deadline <= ?"
            " ORDER BY deadline LIMIT ?",
            by,
            limit,
        )

    async def overtaken(self, by: int, limit: int) -> list[Sitting]:
        """Those under way in assignments that close."""
        return await self._several(
            """
            WHERE state IN ('open', 'paused') AND assignment_id IN (
                SELECT id FROM assignments WHERE opened_at IS NOT NULL AND closed_at IS NULL
                    AND cancelled_at IS NULL AND closes_at <= ?)
            LIMIT ?
            """,
            by,
            limit,
        )

    async def to_explain(self, by: int, limit: int) -> list[Sitting]:
        """Exams that were handed in, and of which all may be told now."""
        return await self._several(
            f"""
            WHERE state = 'handed_in' AND score IS NULL
                AND coalesce(({SEALED}), 0) <= ?
            ORDER BY id LIMIT ?
            """,
            by,
            limit,
        )

    async def to_warn(self, now: int, limit: int) -> list[Sitting]:
        """Exams whose deadline is near."""
        return await self._several(
            "WHERE state = 'open' AND deadline IS NOT NULL AND warn_at <= ?"
            " ORDER BY warn_at LIMIT ?",
            now,
            limit,
        )

    async def note_alive(self, now: int) -> None:
        """The bot is at work, and exams take their time. Raises StorageError."""
        if await self._timed(now):
            await self._database.write(lambda: [(_ALIVE, [{"now": now}])])

    async def move_deadlines(self, now: int) -> None:
        """Give exams back the time in which the bot was away. Raises StorageError."""
        if await self._timed(now):
            await self._database.write(lambda: [(_MOVE, [{"now": now}])])

    async def _timed(self, now: int) -> bool:
        sql = (
            "SELECT 1 FROM sittings WHERE state = 'open' AND deadline IS NOT NULL AND alive_at < ?"
        )
        return await self._database.row(sql, (now,)) is not None

    async def _one(self, where: str, *values: object) -> Sitting | None:
        row = await self._database.row(_SITTING + where, values)
        return None if row is None else Sitting(*row)

    async def _several(self, where: str, *values: object) -> list[Sitting]:
        rows = await self._database.rows(_SITTING + where, values)
        return [Sitting(*row) for row in rows]


def _choices(kept: str | None) -> tuple[int, ...] | None:
    return None if kept is None else tuple(json.loads(kept))
