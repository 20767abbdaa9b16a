"""Numbered steps from an empty file to today's schema.

Whatever steps are missing are applied together with their records in one transaction, so a crash
leaves all of it or nothing. Steps are never changed once released; a new need is a new step.
"""

from collections.abc import Iterable, Iterator, Sequence

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
    m0007_erasing,
    m0008_answers,
    m0009_asking,
    m0010_refusals,
    m0011_namings,
    m0012_figures,
    m0013_copies,
    m0014_directing,
    m0015_finding,
    m0016_practice,
    m0017_sittings,
    m0018_educators,
    m0019_items,
    m0020_live,
    m0021_writing,
    m0022_sent_files,
    m0023_publishing,
    m0024_signatures,
    m0025_draft_pictures,
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
    Migration(7, "erasing", m0007_erasing.STATEMENTS),
    Migration(8, "answers", m0008_answers.STATEMENTS),
    Migration(9, "asking", m0009_asking.STATEMENTS),
    Migration(10, "refusals", m0010_refusals.STATEMENTS),
    Migration(11, "namings", m0011_namings.STATEMENTS),
    Migration(12, "figures", m0012_figures.STATEMENTS),
    Migration(13, "copies of polls", m0013_copies.STATEMENTS),
    Migration(14, "directing", m0014_directing.STATEMENTS),
    Migration(15, "finding", m0015_finding.STATEMENTS),
    Migration(16, "practice", m0016_practice.STATEMENTS),
    Migration(17, "sittings", m0017_sittings.STATEMENTS),
    Migration(18, "educators", m0018_educators.STATEMENTS),
    Migration(19, "items", m0019_items.STATEMENTS),
    Migration(20, "live rounds", m0020_live.STATEMENTS),
    Migration(21, "writing", m0021_writing.STATEMENTS),
    Migration(22, "sent files", m0022_sent_files.STATEMENTS),
    Migration(23, "publishing", m0023_publishing.STATEMENTS),
    Migration(24, "signatures", m0024_signatures.STATEMENTS),
    Migration(25, "pictures of drafts", m0025_draft_pictures.STATEMENTS),
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
    version = await _version(database)
    if version > newest:
        raise ForeignDatabaseError(
            f"the database is at version {version}, but this program knows only up to {newest};"
            " install the newer program, or use another database"
        )
    goal = newest if upto is None else upto
    missing = [step for step in MIGRATIONS if version < step.version <= goal]
    if not missing:
        return version
    await database.write(lambda: [(_RECORD, None), *_statements(missing, now)])
    return missing[-1].version


async def _version(database: Database) -> int:
    """The last step that was applied; 0 where none ever was."""
    if not await database.rows("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'"):
        return 0
    (row,) = await database.rows("SELECT coalesce(max(version), 0) FROM migrations")
    return int(row[0])


def _statements(steps: Iterable[Migration], now: int) -> Iterator[Statement]:
    for step in steps:
        yield from ((statement, None) for statement in step.statements)
        yield "INSERT INTO migrations VALUES (?, ?, ?)", [(step.version, step.name, now)]
