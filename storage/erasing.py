"""What erasing comes to beyond the rows themselves: a mark, and no bytes left on the disk.

SQLite overwrites what is deleted (``secure_delete``), but first in the write-ahead log: the old
pages stay in the file until the log is carried over, and in the log until it is cut off. That
needs an instant in which nobody reads what was before, hence it is tried until it succeeds.

Nor does it clear what its pages left behind when they were split: of some sixty ids one stays
readable in unused space. To write the whole file anew is the way to be rid of that.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from storage.background_work import beside
from storage.chat_facts import NameHidden
from storage.connection import translated
from storage.database import Database, Statement
from storage.facts import Fact, PersonForgotten
from storage.parameters import parameters
from storage.time_units import HOUR_MS

ERASING = PersonForgotten | NameHidden

_MARK = """
    INSERT OR REPLACE INTO erased_people
    SELECT erased_mark(value, ?), ? FROM meta WHERE key = 'pseudonym_key'
"""
NOTE = "INSERT INTO erasures (erased_at) VALUES (?)"
"""Something was erased at a time (UTC milliseconds): see to it that no bytes of it are left."""

OVER = (
    "DELETE FROM erasures WHERE id <= :file",
    "UPDATE erasures SET in_log = 0 WHERE id <= :log AND in_log",
)
"""What is noted when bytes are gone; the parameters are the fields of Wiped."""

# bytes, up to which the whole file is written anew at once: that takes a quarter of a second, for
# which votes wait. A larger one is when somebody's erasure is that many milliseconds old.
_SMALL = 16_000_000
_WHOLE_AFTER_MS = 20 * HOUR_MS

# How often it is tried beside a bot, and the seconds between: its reads and writes take moments.
_TRIES = 40
_PAUSE_S = 0.25

_WAITING = "SELECT max(id), min(erased_at), coalesce(max(in_log), 0) FROM erasures"
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


def forgetting(people: Iterable[int], now: int) -> list[Statement]:
    """What erases people whom nobody asked to be, but who must go; ``now`` is UTC milliseconds."""
    facts = [PersonForgotten(person_id) for person_id in people]
    values = [parameters(fact) for fact in facts]
    return [*((sql, values) for sql in PersonForgotten.STATEMENTS), *erased(facts, now)]


class Wiped(Struct, frozen=True):
    """How far the bytes of what was erased are gone.

    ``done``: nothing is left to be tried soon. Of erasures up to ``log`` nothing is in the log any
    more, of those up to ``file`` nothing is anywhere.
    """

    done: bool
    log: int = 0
    file: int = 0


async def wipe(database: Database, now: int, *, whole: bool = False) -> bool:
    """Leave no bytes of what was erased in file and log; False: to be tried again soon.

    ``now`` is UTC milliseconds; ``whole``: of a large file too everything, at once. Raises
    StorageError.
    """
    wiped = await beside(_wipe, database.path, now, whole)
    if wiped.log:
        over = [(sql, [asdict(wiped)]) for sql in OVER]
        await database.write(lambda: over)
    return wiped.done


async def wipe_apart(path: Path, now: int) -> bool:
    """The same for a database on which a bot may be at work that cannot do it itself.

    Tries for some seconds. Raises StorageError.
    """
    database = await Database.open(path, replicated=True)
    try:
        for _ in range(_TRIES):
            if await wipe(database, now, whole=True):
                return True
            await asyncio.sleep(_PAUSE_S)
        return False
    finally:
        await database.close()


def _wipe(path: Path, now: int, everything: bool) -> Wiped:
    """It does not wait where somebody reads what was before, or writes this very moment."""
    with (
        translated(),
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection,
    ):
        last, oldest, waiting = connection.execute(_WAITING).fetchone()
        small = _size(connection) <= _SMALL
        whole = last is not None and (everything or small or now - oldest >= _WHOLE_AFTER_MS)
        if not (waiting or whole):
            return Wiped(done=True)
        # Asked first: what is owed from now on belongs to those who come back.
        (last_words,) = connection.execute(_LAST_WORDS_OWED).fetchone()
        # Not written anew while somebody reads: each try would make the log longer by a file.
        if not _cut_off(connection) or last_words:
            return Wiped(done=False)
        if small:
            # No copy of it elsewhere on the disk; a large one goes by way of a temporary file.
            connection.execute("PRAGMA temp_store = MEMORY")
        if whole and not (_written_anew(connection) and _cut_off(connection)):
            return Wiped(done=False)
        return Wiped(done=True, log=last, file=last if whole else 0)


def _size(connection: sqlite3.Connection) -> int:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (bytes_each,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages * bytes_each)


def _written_anew(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _cut_off(connection: sqlite3.Connection) -> bool:
    """Carry the log over into the file and make it empty; whether that succeeded."""
    # Most of the work while others write; for the rest they must wait.
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
