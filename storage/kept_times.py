"""Times on record that a wrong clock left: found from outside the bot's connections, set right.

Times of what has happened cannot lie ahead: they become the present, the latest that they can have
been. When something is due next, whoever knows the timetables derives again.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict

from storage.connection import reading
from storage.database import Database
from storage.practice_facts import folded_anew


class DueKind(StrEnum):
    """What is due again and again: a chat's case, its digest, a learner's daily case."""

    CASE = "case"
    DIGEST = "digest"
    DAILY = "daily"


class KeptDue(Struct, frozen=True):
    """When something is due next, and the JSON texts from which that follows.

    ``settings`` are a chat's, or a learner's timetable; ``quiet`` are a learner's quiet hours.
    """

    kind: DueKind
    id: int
    due: int | None
    settings: str
    quiet: str | None


class DerivedDue(Struct, frozen=True):
    """When something is due next, in place of what was on record."""

    kind: DueKind
    id: int
    was: int | None
    due: int | None


_DUES = """
    SELECT 'case', id, next_due, settings, NULL FROM chats
    WHERE gone_at IS NULL AND (next_due IS NULL OR next_due > :after)
    UNION ALL SELECT 'digest', id, digest_due, settings, NULL FROM chats
    WHERE gone_at IS NULL AND (digest_due IS NULL OR digest_due > :after)
    UNION ALL SELECT 'daily', person_id, next_due, timetable, quiet FROM daily
    WHERE next_due > :after
"""
# Unless somebody set it anew in the meantime.
_DERIVE: Final = {
    DueKind.CASE: "UPDATE chats SET next_due = :due WHERE id = :id AND next_due IS :was",
    DueKind.DIGEST: "UPDATE chats SET digest_due = :due WHERE id = :id AND digest_due IS :was",
    DueKind.DAILY: "UPDATE daily SET next_due = :due WHERE person_id = :id AND next_due IS :was",
}
_HAPPENED: Final = (
    ("answers", "answered_at"),
    ("awaited_texts", "asked_at"),
    ("chats", "gone_at"),
    ("chats", "warned_at"),
    ("erased_people", "erased_at"),
    ("erasures", "erased_at"),
    ("flags", "flagged_at"),
    ("flags", "closed_at"),
    ("item_cards", "opened_at"),
    ("item_cards", "decided_at"),
    ("item_cards", "compared_at"),
    ("marks", "marked_at"),
    ("outbox", "owed_at"),
    ("parked_answers", "received_at"),
    ("people", "met_at"),
    ("poll_attempts", "begun_at"),
    ("posts", "posted_at"),
    ("questions", "put_at"),
    ("questions", "sent_at"),
    ("questions", "closed_at"),
    ("questions", "tally_due"),
    ("questions", "untold_since"),
    ("set_aside", "at"),
    ("sittings", "begun_at"),
    ("sittings", "ended_at"),
    ("sittings", "alive_at"),
    ("roles", "asked_at"),
    ("roles", "decided_at"),
    ("signatures", "signed_at"),
    ("sent_back_cases", "sent_at"),
    ("cohorts", "made_at"),
    ("cohorts", "closed_at"),
    ("cohort_people", "joined_at"),
    ("cohort_links", "made_at"),
    ("assignment_drafts", "drafted_at"),
    ("assignments", "made_at"),
    ("assignments", "opened_at"),
    ("assignments", "closed_at"),
    ("assignments", "cancelled_at"),
    ("assignments", "reminded_at"),
    ("assignments", "extended_at"),
    ("assignment_cases", "dropped_at"),
    ("cohort_counts", "counted_at"),
    ("live_rounds", "since"),
    ("live_rounds", "heard_at"),
    ("live_rounds", "panel_due"),
    ("live_rounds", "echo_due"),
    ("live_rounds", "ended_at"),
    ("live_people", "joined_at"),
    ("live_votes", "voted_at"),
    ("role_links", "made_at"),
    ("drafts", "made_at"),
    ("drafts", "changed_at"),
    ("drafts", "warned_at"),
    ("draft_messages", "sent_at"),
    ("published_cases", "published_at"),
    ("published_cases", "withdrawn_at"),
    ("publications", "asked_at"),
    ("unknown_polls", "seen_at"),
    ("updates", "handled_at"),
)
# An open question is open from now on, for as long as it was to be. One that was closed by hand
# since then is over all the same.
_REOPEN = """
    UPDATE questions SET closes_at = :now + closes_at - coalesce(sent_at, put_at)
    WHERE closed_at IS NULL AND coalesce(sent_at, put_at) > :latest AND closes_at > :latest
"""
# An exam that began then has the time that it was to have, from now on.
_RESTART = """
    UPDATE sittings SET
        deadline = :now + deadline - begun_at, warn_at = :now + warn_at - begun_at
    WHERE state = 'open' AND begun_at > :latest
"""
# What was folded from such answers is folded anew, from the times that they have now.
_FOLD_ANEW = folded_anew("SELECT person_id FROM answers WHERE answered_at > :latest")


def kept_dues(path: Path, after: int) -> list[KeptDue]:
    """What is due next later than ``after``, or in a chat never. Raises StorageError."""
    with reading(path) as connection:
        rows = connection.execute(_DUES, {"after": after})
        return [KeptDue(DueKind(kind), *row) for kind, *row in rows]


def lying_ahead(path: Path, latest: int) -> dict[str, int]:
    """How many times of what has happened are later than that, by table. Raises StorageError."""
    found: dict[str, int] = {}
    with reading(path) as connection:
        for table, column in _HAPPENED:
            sql = f"SELECT count(*) FROM {table} WHERE {column} > ?"  # noqa: S608 - named above
            (rows,) = connection.execute(sql, (latest,)).fetchone()
            if rows:
                found[table] = found.get(table, 0) + rows
    return found


async def set_right(
    database: Database, derived: Sequence[DerivedDue], tables: Sequence[str], now: int, latest: int
) -> None:
    """Write what was derived again; in these tables, let nothing have happened after ``latest``.

    Raises StorageError.
    """
    times = {"now": now, "latest": latest}
    happened = [
        f"UPDATE {table} SET {column} = :now WHERE {column} > :latest"  # noqa: S608 - named above
        for table, column in _HAPPENED
        if table in tables
    ]
    if "questions" in tables:
        happened.insert(0, _REOPEN)
    if "sittings" in tables:
        happened.insert(0, _RESTART)
    if "answers" in tables:
        happened[:0] = _FOLD_ANEW
    dues = [(_DERIVE[one.kind], [asdict(one)]) for one in derived]
    await database.write(lambda: [*dues, *((sql, [times]) for sql in happened)])
