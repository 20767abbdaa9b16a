"""What the members of a cohort came to in what was assigned: read for reports, beside all else."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from storage.assignment_facts import LAST_MOMENT
from storage.background_work import beside
from storage.connection import reading
from storage.database import Database


class MemberResult(Struct, frozen=True):
    """How far a member is in an assignment; times are UTC milliseconds.

    ``begun_at`` is None where they have not begun. Of ``questions`` they ``answered`` so many in
    time, and so many ``right``; dropped cases are in neither. ``finished_at``: when they were done
    with all, or handed an exam in.
    """

    assignment_id: int
    person_id: int
    due_at: int
    begun_at: int | None
    questions: int
    answered: int
    right: int
    last_at: int | None
    finished_at: int | None


class QuestionCount(Struct, frozen=True):
    """How some people answered a question; ``choices`` maps a choice's place to its answers."""

    right: int
    choices: Mapping[int, int]


class CohortReport(Struct, frozen=True):
    """What there is to report of a cohort.

    ``questions`` counts named members who finished, of assignments that are closed and which they
    had joined before, by assignment, case and position. ``active`` are the people who answered
    anything assigned in the span of time that was asked for.
    """

    members: list[MemberResult]
    questions: Mapping[tuple[int, str, int], QuestionCount]
    active: frozenset[int] = frozenset()


# What came after the last moment at which it could counts for nothing; an exam ends by itself.
_WORK = """
    CREATE TEMP TABLE work AS
    SELECT t.id AS assignment_id, s.id AS sitting_id, s.person_id, t.closed_at,
               count(*) AS questions, count(a.id) AS answered,
               coalesce(sum(a.verdict = 'correct'), 0) AS right, max(a.answered_at) AS last_at,
               CASE t.mode
                   WHEN 'exam' THEN iif(s.state = 'handed_in', s.ended_at, NULL)
                   ELSE iif(count(*) = count(a.id), max(a.answered_at), NULL)
               END AS finished_at
        FROM assignments t
        JOIN assigned_people p ON p.assignment_id = t.id
        JOIN sittings s ON s.assignment_id = t.id AND s.person_id = p.person_id
        JOIN sitting_items i ON i.sitting_id = s.id
        JOIN posts o ON o.id = i.post_id
        JOIN assignment_cases c
            ON c.assignment_id = t.id AND c.case_id = o.case_id AND c.dropped_at IS NULL
        LEFT JOIN answers a
            ON a.person_id = s.person_id AND a.post_id = i.post_id AND a.position = i.position
            AND (t.mode = 'exam' OR a.answered_at <= {last})
        WHERE {of} AND t.cancelled_at IS NULL
        GROUP BY s.id
"""
_MEMBERS = """
    SELECT p.assignment_id, p.person_id, p.due_at, s.begun_at, coalesce(w.questions, 0),
           coalesce(w.answered, 0), coalesce(w.right, 0), w.last_at, w.finished_at
    FROM assignments t
    JOIN assigned_people p ON p.assignment_id = t.id
    LEFT JOIN sittings s ON s.assignment_id = t.id AND s.person_id = p.person_id
    LEFT JOIN work w ON w.sitting_id = s.id
    WHERE {of} AND t.cancelled_at IS NULL
"""
_OF_COHORT, _OF_ASSIGNMENT = "t.cohort_id = :cohort_id", "t.id = :assignment_id"
# CROSS JOIN: in this order, which SQLite would not find by itself.
_QUESTIONS = """
    SELECT w.assignment_id, o.case_id, i.position, a.choices, a.verdict, count(*) AS answers
    FROM work w
    CROSS JOIN cohort_people m ON m.cohort_id = :cohort_id AND m.person_id = w.person_id
        AND m.role = 'member' AND m.named AND m.joined_at < w.closed_at
    CROSS JOIN sitting_items i ON i.sitting_id = w.sitting_id
    CROSS JOIN posts o ON o.id = i.post_id
    CROSS JOIN assignment_cases c
        ON c.assignment_id = w.assignment_id AND c.case_id = o.case_id AND c.dropped_at IS NULL
    CROSS JOIN answers a
        ON a.person_id = w.person_id AND a.post_id = i.post_id AND a.position = i.position
    WHERE w.finished_at IS NOT NULL AND w.closed_at IS NOT NULL
    GROUP BY w.assignment_id, o.case_id, i.position, a.choices, a.verdict
"""
_ACTIVE = """
    SELECT DISTINCT s.person_id
    FROM assignments t
    JOIN sittings s ON s.assignment_id = t.id
    JOIN sitting_items i ON i.sitting_id = s.id
    JOIN answers a
        ON a.person_id = s.person_id AND a.post_id = i.post_id AND a.position = i.position
    WHERE t.cohort_id = :cohort_id AND t.cancelled_at IS NULL
        AND s.begun_at < :before AND coalesce(s.ended_at, :since) >= :since
        AND a.answered_at >= :since AND a.answered_at < :before
"""
_RIGHT = f"""
    SELECT t.id, a.case_id, a.position, sum(a.verdict = 'correct') AS right, count(*) AS answers
    FROM assignments t
    CROSS JOIN cohort_people m ON m.cohort_id = t.cohort_id
        AND m.role = 'member' AND m.named AND m.joined_at < t.closed_at
    CROSS JOIN assigned_people p ON p.assignment_id = t.id AND p.person_id = m.person_id
    CROSS JOIN sittings s ON s.assignment_id = t.id AND s.person_id = m.person_id
    CROSS JOIN sitting_items i ON i.sitting_id = s.id
    CROSS JOIN answers a
        ON a.person_id = s.person_id AND a.post_id = i.post_id AND a.position = i.position
        AND (t.mode = 'exam' OR a.answered_at <= {LAST_MOMENT})
    WHERE t.cohort_id = :cohort_id AND t.closed_at IS NOT NULL
    GROUP BY t.id, a.case_id, a.position
"""  # noqa: S608 - ours


class CohortResults:
    """Reads about how cohorts did."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, cohort_id: int, since: int, before: int) -> CohortReport:
        """All that a cohort came to so far, and who was active in a span (UTC milliseconds).

        Much of it may have to be read, so nobody waits meanwhile. Raises StorageError.
        """
        return await beside(_read, self._database.path, cohort_id, since, before)

    async def of_assignment(self, assignment_id: int) -> list[MemberResult]:
        """How far each of those is who has it to do. Raises StorageError."""
        return await beside(_read_one, self._database.path, assignment_id)

    async def right_of_named(self, cohort_id: int) -> dict[tuple[int, str, int], tuple[int, int]]:
        """How many answers of named members were right, and how many there were, to each question
        of what is closed: by assignment, case and position. Raises StorageError.
        """
        return await beside(_read_right, self._database.path, cohort_id)


def _read_right(path: Path, cohort_id: int) -> dict[tuple[int, str, int], tuple[int, int]]:
    with reading(path) as connection:
        rows = connection.execute(_RIGHT, {"cohort_id": cohort_id})
        return {(*which,): (right, answers) for *which, right, answers in rows}


def _read_one(path: Path, assignment_id: int) -> list[MemberResult]:
    wanted = {"assignment_id": assignment_id}
    with reading(path) as connection:
        return _members(connection, _OF_ASSIGNMENT, wanted)


def _members(
    connection: sqlite3.Connection, of: str, wanted: Mapping[str, int]
) -> list[MemberResult]:
    connection.execute(_WORK.format(of=of, last=LAST_MOMENT), wanted)
    return [MemberResult(*row) for row in connection.execute(_MEMBERS.format(of=of), wanted)]


def _read(path: Path, cohort_id: int, since: int, before: int) -> CohortReport:
    wanted = {"cohort_id": cohort_id, "since": since, "before": before}
    with reading(path) as connection:
        members = _members(connection, _OF_COHORT, wanted)
        right: defaultdict[tuple[int, str, int], int] = defaultdict(int)
        choices: defaultdict[tuple[int, str, int], dict[int, int]] = defaultdict(dict)
        for *which, chosen, verdict, answers in connection.execute(_QUESTIONS, wanted):
            question = (which[0], which[1], which[2])
            right[question] += answers if verdict == "correct" else 0
            for choice in json.loads(chosen):
                choices[question][choice] = choices[question].get(choice, 0) + answers
        active = frozenset(row[0] for row in connection.execute(_ACTIVE, wanted))
    counts = {question: QuestionCount(right[question], choices[question]) for question in choices}
    return CohortReport(members, counts, active)
