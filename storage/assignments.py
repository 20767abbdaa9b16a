"""Assignments: what was assigned, who has it to do, and what they came to."""

import json
from collections.abc import Sequence
from sqlite3 import Row

from msgspec import Struct

from storage.assignment_facts import LAST_MOMENT
from storage.database import Database


class Assignment(Struct, frozen=True):
    """Cases that the members of a cohort are to do; times are UTC milliseconds.

    ``mode`` is study or exam; ``explained`` at_once or after_due; ``late``: what comes after
    ``due_at`` is taken, until ``closes_at``. ``opened_at``: members know of it; ``closed_at``: its
    numbers are final; ``reminded_at``, ``extended_at``: when an educator had people reminded last,
    or gave them more time.
    """

    id: int
    cohort_id: int
    made_by: int | None
    title: str
    mode: str
    explained: str
    late: bool
    made_at: int
    opens_at: int
    due_at: int
    closes_at: int
    opened_at: int | None = None
    closed_at: int | None = None
    cancelled_at: int | None = None
    reminded_at: int | None = None
    extended_at: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether members have it to do."""
        return self.opened_at is not None and self.closed_at is None and self.cancelled_at is None

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens in it."""
        return self.closed_at is not None or self.cancelled_at is not None


class AssignedCase(Struct, frozen=True):
    """A case of an assignment in the wording that stands; ``dropped_at``: it counts no more."""

    place: int
    case_id: str
    snapshot: str
    dropped_at: int | None


class AssignedPerson(Struct, frozen=True):
    """A member who has an assignment to do until ``due_at``, and how far they are.

    ``state`` is that of their sitting, ``begun_at`` and ``ended_at`` are its times: None where
    they have not begun.
    """

    assignment_id: int
    person_id: int
    due_at: int
    remind_at: int | None = None
    sitting_id: int | None = None
    state: str | None = None
    begun_at: int | None = None
    ended_at: int | None = None


class HeldBack(Struct, frozen=True):
    """The ids of cases that a person is to meet in one place alone: none comes by itself.

    Those ``sealed``, in an exam, do not come when they are asked for by name either; nor those of
    ``live`` rounds under way that the person is in.
    """

    ids: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    live: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "HeldBack":
        """What ``HELD_BACK`` found."""
        return cls(
            frozenset(row["case_id"] for row in rows),
            frozenset(row["case_id"] for row in rows if row["sealed"]),
            frozenset(row["case_id"] for row in rows if row["live"]),
        )


class AssignedAnswer(Struct, frozen=True):
    """A member's answer in an assignment: ``choices`` are places in the question's choices."""

    person_id: int
    case_id: str
    position: int
    choices: tuple[int, ...]
    verdict: str
    answered_at: int


HELD_BACK = """
    SELECT c.case_id, t.explained = 'after_due' AS sealed, 0 AS live
    FROM assigned_people p
    JOIN assignments t ON t.id = p.assignment_id
        AND t.closed_at IS NULL AND t.cancelled_at IS NULL
    JOIN assignment_cases c ON c.assignment_id = t.id AND c.dropped_at IS NULL
    WHERE p.person_id = ?1 AND (t.explained = 'after_due' OR NOT EXISTS (
        SELECT 1 FROM sittings s WHERE s.assignment_id = t.id
            AND s.person_id = p.person_id AND s.state IN ('handed_in', 'void')))
    UNION
    SELECT p.case_id, 1, 0
    FROM sittings s
    JOIN sitting_items i ON i.sitting_id = s.id
    JOIN posts p ON p.id = i.post_id
    WHERE s.person_id = ?1 AND s.sealed_by IS NOT NULL AND s.score IS NULL
        AND s.state <> 'void'
    UNION
    SELECT p.case_id, 0, 1
    FROM live_people l
    JOIN live_rounds r ON r.id = l.round_id AND r.state <> 'ended'
    JOIN posts p ON p.id = r.post_id
    WHERE l.person_id = ?1
"""


def in_live_round(person: str, case: str) -> str:
    """SQL: whether a case is in a live round under way that the person is in."""
    return f"""
        EXISTS (
            SELECT 1 FROM live_people l
            JOIN live_rounds r ON r.id = l.round_id AND r.state <> 'ended'
            JOIN posts t ON t.id = r.post_id
            WHERE l.person_id = {person} AND t.case_id = {case})
    """  # noqa: S608 - columns, named by whoever calls


_ASSIGNMENT = """
    SELECT id, cohort_id, made_by, title, mode, explained, late, made_at, opens_at, due_at,
           closes_at, opened_at, closed_at, cancelled_at, reminded_at, extended_at
    FROM assignments
"""
_ASSIGNED = """
    SELECT p.assignment_id, p.person_id, p.due_at, p.remind_at, s.id, s.state, s.begun_at,
           s.ended_at
    FROM assigned_people p
    LEFT JOIN sittings s ON s.assignment_id = p.assignment_id AND s.person_id = p.person_id
"""
# What came after the last moment at which it could counts for nothing; an exam ends by itself.
_ANSWERS = f"""
    SELECT a.person_id, a.case_id, a.position, a.choices, a.verdict, a.answered_at
    FROM sittings s
    JOIN assignments t ON t.id = s.assignment_id
    JOIN assigned_people p ON p.assignment_id = t.id AND p.person_id = s.person_id
    JOIN sitting_items i ON i.sitting_id = s.id
    JOIN answers a
        ON a.person_id = s.person_id AND a.post_id = i.post_id AND a.position = i.position
    WHERE t.id = ? AND (
        t.mode = 'exam' OR a.answered_at <= {LAST_MOMENT})
"""  # noqa: S608 - ours


class Assignments:
    """Reads about assignments."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, assignment_id: int) -> Assignment | None:
        """The assignment of this number."""
        found = await self._several("WHERE id = ?", assignment_id)
        return found[0] if found else None

    async def of_cohort(self, cohort_id: int) -> list[Assignment]:
        """All of a cohort, the latest first."""
        return await self._several("WHERE cohort_id = ? ORDER BY id DESC", cohort_id)

    async def to_open(self, now: int, limit: int) -> list[Assignment]:
        """Those that members are to be told of now."""
        return await self._several(
            "WHERE opened_at IS NULL AND cancelled_at IS NULL AND opens_at <= ?"
            " ORDER BY opens_at LIMIT ?",
            now,
            limit,
        )

    async def to_close(self, by: int, limit: int) -> list[Assignment]:
        """Those in which nothing more may be handed in, and all that was is graded."""
        return await self._several(
            "WHERE opened_at IS NOT NULL AND closed_at IS NULL AND cancelled_at IS NULL"
            " AND closes_at <= ? AND NOT EXISTS (SELECT 1 FROM sittings s"
            " WHERE s.assignment_id = assignments.id AND (s.state IN ('open', 'paused')"
            " OR s.state = 'handed_in' AND s.score IS NULL)) ORDER BY closes_at LIMIT ?",
            by,
            limit,
        )

    async def counting(self) -> list[tuple[int, str]]:
        """The cases that count in assignments that are not over, each with its assignment's id."""
        rows = await self._database.rows(
            """
            SELECT c.assignment_id, c.case_id
            FROM assignments t JOIN assignment_cases c ON c.assignment_id = t.id
            WHERE t.closed_at IS NULL AND t.cancelled_at IS NULL AND c.dropped_at IS NULL
            """
        )
        return [(row["assignment_id"], row["case_id"]) for row in rows]

    async def to_be_told(self, assignment_id: int, limit: int) -> list[int]:
        """Members of its cohort who do not have it to do yet."""
        rows = await self._database.rows(
            """
            SELECT m.person_id
            FROM assignments t JOIN cohort_people m ON m.cohort_id = t.cohort_id
            WHERE t.id = ? AND m.role = 'member' AND NOT EXISTS (
                SELECT 1 FROM assigned_people p
                WHERE p.assignment_id = t.id AND p.person_id = m.person_id)
            LIMIT ?
            """,
            (assignment_id, limit),
        )
        return [row["person_id"] for row in rows]

    async def assigned_before(self, cohort_id: int) -> frozenset[str]:
        """The ids of all cases that a cohort ever had to do."""
        rows = await self._database.rows(
            """
            SELECT DISTINCT c.case_id FROM assignments t
            JOIN assignment_cases c ON c.assignment_id = t.id
            WHERE t.cohort_id = ? AND t.cancelled_at IS NULL
            """,
            (cohort_id,),
        )
        return frozenset(row["case_id"] for row in rows)

    async def draft(self, person_id: int) -> str | None:
        """What an educator is about to assign, as it was written down."""
        row = await self._database.row(
            "SELECT document FROM assignment_drafts WHERE person_id = ?", (person_id,)
        )
        return None if row is None else str(row["document"])

    async def cases(self, assignment_id: int) -> list[AssignedCase]:
        """Its cases, in their order, those that were dropped too."""
        rows = await self._database.rows(
            """
            SELECT a.place, a.case_id, s.content, a.dropped_at
            FROM assignment_cases a JOIN snapshots s ON s.digest = a.snapshot
            WHERE a.assignment_id = ? ORDER BY a.place
            """,
            (assignment_id,),
        )
        return [AssignedCase(*row) for row in rows]

    async def people(self, assignment_id: int) -> list[AssignedPerson]:
        """Who has it to do, and how far they are."""
        return await self._assigned("WHERE p.assignment_id = ?", assignment_id)

    async def assigned(self, assignment_id: int, person_id: int) -> AssignedPerson | None:
        """How far a person is in it; None where they do not have it to do."""
        where = "WHERE p.assignment_id = ? AND p.person_id = ?"
        found = await self._assigned(where, assignment_id, person_id)
        return found[0] if found else None

    async def of_person(self, person_id: int) -> list[AssignedPerson]:
        """All that a person has or had to do, the latest first."""
        where = "WHERE p.person_id = ? ORDER BY p.assignment_id DESC"
        return await self._assigned(where, person_id)

    async def to_remind(self, now: int, limit: int) -> list[AssignedPerson]:
        """Who may have to be reminded, the longest due first."""
        where = "WHERE p.remind_at IS NOT NULL AND p.remind_at <= ? ORDER BY p.remind_at LIMIT ?"
        return await self._assigned(where, now, limit)

    async def held_back(self, person_id: int) -> HeldBack:
        """The cases that a person is to meet in an assignment or a live round alone."""
        rows = await self._database.rows(HELD_BACK, (person_id,))
        return HeldBack.of(rows)

    async def answers(self, assignment_id: int) -> list[AssignedAnswer]:
        """What members answered in it, as far as it came in time; dropped cases too."""
        rows = await self._database.rows(_ANSWERS + "ORDER BY a.id", (assignment_id,))
        return [_answer(row) for row in rows]

    async def _several(self, where: str, *values: object) -> list[Assignment]:
        rows = await self._database.rows(_ASSIGNMENT + where, values)
        return [Assignment(**{**dict(row), "late": bool(row["late"])}) for row in rows]

    async def _assigned(self, where: str, *values: object) -> list[AssignedPerson]:
        rows = await self._database.rows(_ASSIGNED + where, values)
        return [AssignedPerson(*row) for row in rows]


def _answer(row: Row) -> AssignedAnswer:
    return AssignedAnswer(**{**dict(row), "choices": tuple(json.loads(row["choices"]))})
