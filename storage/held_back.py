"""Which cases come to a person by nothing else: they are assigned, or in a live round."""

from collections.abc import Sequence
from sqlite3 import Row

from msgspec import Struct


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
