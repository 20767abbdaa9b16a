"""Who was erased after a backup was made: a restored backup must not bring them back."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from storage.backups import sync
from storage.connection import reading
from storage.database import Database
from storage.erasing import forgetting
from storage.marks import mark
from storage.migrations import migrate

_KEEP = "INSERT OR REPLACE INTO erased_people VALUES (?, ?)"
# Where a person's id stands, by table; earlier versions had fewer.
PEOPLE = {
    "people": "id",
    "answers": "person_id",
    "draft_answers": "person_id",
    "posts": "person_id",
    "parked_answers": "person_id",
    "set_aside": "person_id",
    "shown_names": "person_id",
    "named_people": "person_id",
    "daily": "person_id",
    "flags": "person_id",
    "awaited_texts": "person_id",
    "sent_files": "person_id",
    "marks": "person_id",
    "preferences": "person_id",
    "confidences": "person_id",
    "cards": "person_id",
    "folded": "person_id",
    "paused_objectives": "person_id",
    "sittings": "person_id",
    "roles": "person_id",
    "signatures": "person_id",
    "sent_back_cases": "person_id",
    "cohort_people": "person_id",
    "assigned_people": "person_id",
    "assignment_drafts": "person_id",
    "item_card_messages": "person_id",
    "live_people": "person_id",
    "live_votes": "person_id",
    "drafts": "person_id",
    "draft_messages": "person_id",
    "published_cases": "person_id",
    "publications": "person_id",
    "chats": "added_by",
}


class ErasedSince(Struct, frozen=True):
    """What the database that a backup is to replace knows of who was erased since.

    ``people``: those of them whom the backup knows. ``marks``: of all people erased there, with
    times, as far as they mean something in the backup. ``doubt``: why there may be more, or None.
    """

    people: frozenset[int] = frozenset()
    marks: Mapping[str, int] = {}
    doubt: str | None = None


def erased_since(backup: Path, replaced: Path) -> ErasedSince:
    """Look at both. Raises StorageError where one cannot be read."""
    with reading(replaced) as connection:
        if (marks := _marks(connection)) is None:
            return ErasedSince(doubt="an earlier version made the database that it replaces")
        secret = _secret(connection)
    with reading(backup) as connection:
        before = _marks(connection)
        same = _secret(connection) == secret
        known = _people(connection)
    since = {name for name, at in marks.items() if not same or (before or {}).get(name) != at}
    people = {one for one in known if secret is not None and mark(secret, one) in since}
    doubt = None
    if not same:
        doubt = "the database that it replaces is not the one that it was made of"
    elif before is None:
        doubt = "an earlier version made it"
    return ErasedSince(frozenset(people), marks if same else {}, doubt)


def _marks(connection: sqlite3.Connection) -> dict[str, int] | None:
    """When people were erased, by their marks; None where no marks are kept yet."""
    if "erased_people" not in _tables(connection):
        return None
    return dict(connection.execute("SELECT mark, erased_at FROM erased_people").fetchall())


def _secret(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("SELECT value FROM meta WHERE key = 'pseudonym_key'").fetchone()
    return None if row is None else str(row["value"])


def _people(connection: sqlite3.Connection) -> frozenset[int]:
    there = _tables(connection)
    queries = (
        f"SELECT {column} AS id FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - named above
        for table, column in PEOPLE.items()
        if table in there
    )
    return frozenset(row["id"] for row in connection.execute(" UNION ".join(queries)))


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return frozenset(row["name"] for row in connection.execute(sql))


async def erase_again(copied: Path, since: ErasedSince, now: int, *, keep: bool = False) -> None:
    """Erase in a verified copy of a backup, which nobody else uses; and let it keep the marks.

    The copy is brought up to date for that. With ``keep`` nobody is erased, and their marks are let
    go. ``now`` is UTC milliseconds. Raises StorageError.
    """
    database = await Database.open(copied)
    try:
        await migrate(database, now)
        again = [] if keep else forgetting(since.people, now)
        secret = await database.row("SELECT value FROM meta WHERE key = 'pseudonym_key'")
        theirs = {mark(secret["value"], one) for one in since.people} if secret else set()
        kept = [one for one in since.marks.items() if not (keep and one[0] in theirs)]
        await database.write(lambda: [*again, (_KEEP, kept)])
    finally:
        await database.close()
    sync(copied)
