"""Reads about groups, channels and schedules."""

import json
from collections.abc import Mapping

from msgspec import Struct

from storage.database import Database
from storage.live_rounds import SILENT_MS
from storage.questions import UNDER_WAY

MOST_HELD_MS = 60_000
"""How long at most a case that waits for an earlier one is left alone before it is looked at."""


class Chat(Struct, frozen=True):
    """A group or channel; ``settings`` is JSON. Times are UTC milliseconds.

    ``queue`` are the cases that administrators chose to come next.
    """

    id: int
    kind: str
    title: str
    settings: str
    added_by: int | None
    gone_at: int | None
    next_due: int | None
    digest_due: int | None
    warned_at: int | None
    queue: tuple[str, ...] = ()


class LeaderboardEntry(Struct, frozen=True):
    """A person's place on a chat's leaderboard; ``name`` only where they agreed."""

    person_id: int
    name: str | None
    score: float
    answers: int


class Daily(Struct, frozen=True):
    """A learner's own schedule; ``timetable`` and ``quiet`` are JSON.

    ``brought_at``: when the last item came, UTC milliseconds.
    """

    person_id: int
    timetable: str
    quiet: str | None
    next_due: int | None
    unanswered: int
    brought_at: int | None = None


_CHAT = """
    SELECT id, kind, title, settings, added_by, gone_at, next_due, digest_due, warned_at, queue
    FROM chats
"""


_NEXT_DUE = """
    SELECT min(due) FROM (
        SELECT min(next_due) AS due FROM chats
            WHERE next_due IS NOT NULL AND held_until IS NULL
        UNION ALL SELECT min(held_until) FROM chats
            WHERE held_until IS NOT NULL AND next_due IS NOT NULL
        UNION ALL SELECT min(digest_due) FROM chats WHERE digest_due IS NOT NULL
        UNION ALL SELECT min(deadline) + ?1 FROM sittings
            WHERE state = 'open' AND deadline IS NOT NULL
        UNION ALL SELECT min(opens_at) FROM assignments
            WHERE opened_at IS NULL AND cancelled_at IS NULL
        UNION ALL SELECT min(closes_at) + ?1 FROM assignments
            WHERE opened_at IS NOT NULL AND closed_at IS NULL AND cancelled_at IS NULL
        UNION ALL SELECT min(remind_at) FROM assigned_people WHERE remind_at IS NOT NULL
        UNION ALL SELECT min(report_due) FROM cohorts WHERE report_due IS NOT NULL
        UNION ALL SELECT min(warn_at) FROM sittings
            WHERE state = 'open' AND deadline IS NOT NULL
        UNION ALL SELECT min(q.closes_at) + ?1 FROM questions q
            WHERE q.closed_at IS NULL AND NOT ({under_way})
        UNION ALL SELECT min(q.tell_at)
            FROM questions q JOIN chats c ON c.id = q.chat_id
            WHERE q.tell_at IS NOT NULL AND c.gone_at IS NULL
        UNION ALL SELECT min(tally_due) FROM questions WHERE tally_due IS NOT NULL
        UNION ALL SELECT min(heard_at) + {silent} + ?1 FROM live_rounds WHERE state <> 'ended'
        UNION ALL SELECT min(panel_due) FROM live_rounds WHERE panel_due IS NOT NULL
        UNION ALL SELECT min(echo_due) FROM live_rounds WHERE echo_due IS NOT NULL
        UNION ALL SELECT min(next_due) FROM daily WHERE next_due IS NOT NULL
        UNION ALL SELECT 0 FROM naming_messages m
            WHERE m.edit_due = 1 AND NOT EXISTS (
                SELECT 1 FROM chats WHERE id = m.chat_id AND gone_at IS NOT NULL
            )
    )
"""


class Post(Struct, frozen=True):
    """A case as it was given to a chat; ``due_at`` where a schedule wanted it."""

    case_id: str
    thread_id: int | None
    due_at: int | None
    purpose: str


class Chats:
    """Reads about groups, channels and schedules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int) -> Chat | None:
        """The chat, or None where the bot was never added to it."""
        rows = await self._chats("WHERE id = ?", chat_id)
        return rows[0] if rows else None

    async def added_by(self, person_id: int) -> list[Chat]:
        """The chats that a person brought the bot to and where it still is."""
        return await self._chats("WHERE added_by = ? AND gone_at IS NULL ORDER BY title", person_id)

    async def discussed_in(self, chat_id: int) -> list[Chat]:
        """The channels whose results go to this group."""
        return await self._chats(
            "WHERE json_extract(settings, '$.discussion_id') = ? AND gone_at IS NULL", chat_id
        )

    async def due(self, now: int, limit: int = 100) -> list[Chat]:
        """Chats whose scheduled case is due and does not wait for another, longest due first."""
        return await self._chats(
            """
            WHERE next_due <= ? AND gone_at IS NULL
                AND (held_until IS NULL OR held_until NOT BETWEEN ? AND ?)
            ORDER BY next_due LIMIT ?
            """,
            now,
            now + 1,
            # What lies further ahead was set by a clock that was wrong.
            now + MOST_HELD_MS,
            limit,
        )

    async def digests_due(self, now: int, limit: int = 100) -> list[Chat]:
        """Chats whose weekly digest is due."""
        return await self._chats(
            "WHERE digest_due <= ? AND gone_at IS NULL ORDER BY digest_due LIMIT ?", now, limit
        )

    async def used_cases(self, chat_id: int) -> list[str]:
        """The cases a chat was given, oldest first."""
        rows = await self._database.rows(
            "SELECT case_id FROM posts WHERE chat_id = ? AND chat_id < 0 AND refused_at IS NULL"
            " ORDER BY posted_at, id",
            (chat_id,),
        )
        return [row["case_id"] for row in rows]

    async def asked_since(self, chat_id: int, person_id: int, since: int) -> int:
        """How many cases a member has asked for in a chat since a time."""
        row = await self._database.row(
            "SELECT count(*) FROM posts WHERE asked_by = ? AND chat_id = ? AND posted_at >= ?"
            " AND refused_at IS NULL",
            (person_id, chat_id, since),
        )
        return row[0] if row else 0

    async def post(self, post_id: int) -> Post | None:
        """A case that was given to a chat, private ones too."""
        sql = "SELECT case_id, thread_id, due_at, purpose FROM posts WHERE id = ?"
        row = await self._database.row(sql, (post_id,))
        return None if row is None else Post(*row)

    async def was_served(self, chat_id: int, due_at: int) -> bool:
        """Whether the case that a schedule wanted then was posted."""
        sql = "SELECT 1 FROM posts WHERE chat_id = ? AND due_at = ?"
        return await self._database.row(sql, (chat_id, due_at)) is not None

    async def leaderboard(
        self, chat_id: int, since: int, best: int, quorum: int
    ) -> list[LeaderboardEntry]:
        """The ``best`` so many of a chat (-1: all) by their points since a time, first to last.

        A question counts at its first asking since then, and to whom it was new: everybody else
        has read its explanation. What a member asked for counts from ``quorum`` answers on. Equal
        points go by fewer answers, then by id.
        """
        rows = await self._database.rows(
            """
            SELECT earned.person_id, n.name, points, answers
            FROM (
                SELECT a.person_id, sum(a.score) AS points, count(*) AS answers
                FROM (
                    SELECT min(q.post_id) AS post_id, q.position
                    FROM questions q JOIN posts p ON p.id = q.post_id
                    WHERE q.chat_id = ?1 AND q.closed_at >= ?2 AND (
                        SELECT count(*) FROM (
                            SELECT 1 FROM answers
                            WHERE post_id = q.post_id AND position = q.position LIMIT ?4
                        )
                    ) >= iif(p.by_member, ?4, 1)
                    GROUP BY p.case_id, q.position
                ) counted
                JOIN answers a
                    ON a.post_id = counted.post_id AND a.position = counted.position
                WHERE a.person_id IS NOT NULL AND a.first
                GROUP BY a.person_id
                ORDER BY points DESC, answers, a.person_id
                LIMIT ?3
            ) earned
            LEFT JOIN shown_names n ON n.chat_id = ?1 AND n.person_id = earned.person_id
            ORDER BY points DESC, answers, earned.person_id
            """,
            (chat_id, since, best, quorum),
        )
        return [LeaderboardEntry(*row) for row in rows]

    async def shown_names(self, chat_id: int) -> Mapping[int, str]:
        """The names of those who agreed to be named in a chat."""
        rows = await self._database.rows(
            "SELECT person_id, name FROM shown_names WHERE chat_id = ?", (chat_id,)
        )
        return {row["person_id"]: row["name"] for row in rows}

    async def daily(self, person_id: int) -> Daily | None:
        """A learner's own schedule."""
        row = await self._database.row("SELECT * FROM daily WHERE person_id = ?", (person_id,))
        return None if row is None else Daily(*row)

    async def last_daily_purpose(self, person_id: int) -> str | None:
        """What the learner's last daily item was for: a case or a review."""
        row = await self._database.row(
            """
            SELECT purpose FROM posts WHERE person_id = ? AND due_at IS NOT NULL
            ORDER BY posted_at DESC, id DESC LIMIT 1
            """,
            (person_id,),
        )
        return None if row is None else str(row["purpose"])

    async def met_in_groups(self, person_id: int, since: int) -> list[str]:
        """The cases since a time of the groups and channels where the person has answered any."""
        rows = await self._database.rows(
            """
            SELECT DISTINCT case_id FROM posts WHERE posted_at >= :since AND chat_id IN (
                SELECT p.chat_id FROM answers a JOIN posts p ON p.id = a.post_id
                WHERE a.person_id = :person_id AND p.chat_id < 0)
            """,
            {"person_id": person_id, "since": since},
        )
        return [row["case_id"] for row in rows]

    async def daily_due(self, now: int, limit: int = 100) -> list[Daily]:
        """Learners whose daily case is due."""
        rows = await self._database.rows(
            "SELECT * FROM daily WHERE next_due <= ? ORDER BY next_due LIMIT ?", (now, limit)
        )
        return [Daily(*row) for row in rows]

    async def next_due(self, grace_ms: int) -> int | None:
        """When the next thing of any kind is due; what closes ``grace_ms`` after its time."""
        row = await self._database.row(
            _NEXT_DUE.format(under_way=UNDER_WAY, silent=SILENT_MS),
            (grace_ms,),
        )
        return None if row is None else row[0]

    async def _chats(self, where: str, *values: object) -> list[Chat]:
        rows = await self._database.rows(_CHAT + where, values)
        return [Chat(**{**row, "queue": tuple(json.loads(row["queue"]))}) for row in rows]
