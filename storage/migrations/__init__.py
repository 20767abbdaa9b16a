"""Numbered steps from an empty file to today's schema.

Each step is applied together with its record in one transaction, so a crash leaves either both or
neither. Steps are never changed once released; a new need is a new step.
"""

from collections.abc import Sequence
from functools import partial

from msgspec import Struct

from storage.database import Database, Statement
from storage.errors import ForeignDatabaseError
from storage.migrations import (
    m0001_start,
    m0002_chats,
    m0003_flags,
    m0004_lookups,
    m0005_texts,
    m0006_fewer_indexes,
)


class Migration(Struct, frozen=True):
    """One step: its number, a name for people, and its statements in order."""

    version: int
    name: str
    statements: Sequence[str]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "start", m0001_start.STATEMENTS),
    Migration(2, "chats", m0002_chats.STATEMENTS),
    Migration(3, "flags", m0003_flags.STATEMENTS),
    Migration(4, "look-ups", m0004_lookups.STATEMENTS),
    Migration(5, "texts", m0005_texts.STATEMENTS),
    Migration(6, "fewer indexes", m0006_fewer_indexes.STATEMENTS),
)

_RECORD = """
    CREATE TABLE IF NOT EXISTS migrations (
        version INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        applied_at INTEGER NOT NULL
    ) STRICT
"""


async def migrate(database: Database, now: int, upto: int | None = None) -> int:
    """Bring the database to version ``upto`` (the newest, unless given); returns its version.

    ``now`` is UTC milliseconds. Raises ForeignDatabaseError when a later version of the project
    has been at work here: an older one must not guess what its tables mean.
    """
    newest = MIGRATIONS[-1].version
    await database.write(lambda: [(_RECORD, None)])
    rows = await database.rows("SELECT coalesce(max(version), 0) FROM migrations")
    version = int(rows[0][0])
    if version > newest:
        raise ForeignDatabaseError(
            f"the database is at version {version}, but this program knows only up to {newest};"
            " install the newer program, or use another database"
        )
    for step in MIGRATIONS:
        if version < step.version <= (newest if upto is None else upto):
            await database.write(partial(_statements, step, now))
            version = step.version
    return version


def _statements(step: Migration, now: int) -> list[Statement]:
    record = (step.version, step.name, now)
    return [
        *((statement, None) for statement in step.statements),
        ("INSERT INTO migrations VALUES (?, ?, ?)", [record]),
    ]
