"""What erasing comes to beyond the rows themselves: a mark, and no bytes left on the disk.

SQLite overwrites what is deleted (``secure_delete``), but first in the write-ahead log: the old
pages stay in the file until the log is carried over, and in the log until it is cut off. That
needs an instant in which nobody reads what was before, hence it is tried until it succeeds.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from storage.chat_facts import NameHidden
from storage.connection import translated
from storage.database import Statement
from storage.facts import Fact, PersonForgotten

ERASING = PersonForgotten | NameHidden

_MARK = """
    INSERT OR REPLACE INTO erased_people
    SELECT erased_mark(value, ?), ? FROM meta WHERE key = 'pseudonym_key'
"""
NOTE = "INSERT INTO erasures (erased_at) VALUES (?)"
"""Something was erased at a time (UTC milliseconds): see to it that no bytes of it are left."""

# The last words to somebody who was erased bear their id until they are sent.
_LAST_WORDS_OWED = """
    SELECT EXISTS (
        SELECT 1 FROM outbox WHERE chat_id > 0 AND chat_id NOT IN (SELECT id FROM people)
    )
"""


def erased(facts: Iterable[Fact], now: int) -> Iterator[Statement]:
    """What is noted where something is erased; ``now`` is UTC milliseconds."""
    found = [fact for fact in facts if isinstance(fact, ERASING)]
    if people := [(fact.person_id, now) for fact in found if isinstance(fact, PersonForgotten)]:
        yield _MARK, people
    if found:
        yield NOTE, [(now,)]


def wiped_upto(path: Path) -> int | None:
    """Carry the log over and cut it off; the last of the erasures that are over by that.

    None where nothing is to be done; 0 where it is to be tried again: somebody reads there, or
    writes this very moment, or the last words are not sent yet. Raises StorageError.
    """
    with (
        translated(),
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection,
    ):
        (last,) = connection.execute("SELECT max(id) FROM erasures").fetchone()
        if last is None:
            return None
        (owed,) = connection.execute(_LAST_WORDS_OWED).fetchone()
        # Most of the work while others write; to cut the log off they must wait for the rest.
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return 0 if owed or busy else int(last)
