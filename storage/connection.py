"""Connections to a database file, and SQLite's errors as ours."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite

from storage.errors import DamagedDatabaseError, RejectedError, StorageError
from storage.marks import know_marks

Result = TypeVar("Result")

# FULL: a commit that was reported is on the disk, whatever happens next. WAL: readers never wait.
# wal_autocheckpoint: pages that change with every vote are carried over less often; 16 MB of log.
# journal_size_limit: a log that a long reader let grow shrinks to these 16 MB when it begins anew.
# secure_delete: what a person had erased is overwritten, not merely unlinked.
_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA busy_timeout = 5000;
"""

_PATIENCE_S = 5.0  # seconds to wait for a lock; a bot that writes holds none against readers
_EVERY = 100_000  # of SQLite's own steps, so that a signal is heard in the midst of a long query


@contextmanager
def translated() -> Iterator[None]:
    """Turn SQLite's exceptions into those of errors.py, without the values involved."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError) as error:
        raise RejectedError(str(error)) from error
    except (sqlite3.ProgrammingError, OverflowError, UnicodeEncodeError) as error:
        # Their messages may quote the value that could not be bound.
        raise RejectedError(f"a value does not fit the database ({type(error).__name__})") from None
    except sqlite3.Error as error:
        # Where the machine is at fault, it is an OperationalError.
        damaged = type(error) is sqlite3.DatabaseError
        raise (DamagedDatabaseError if damaged else StorageError)(str(error)) from error
    except MemoryError as error:
        # What SQLite says where it gets no memory; the values are not to blame.
        raise StorageError("out of memory") from error


class Connection(aiosqlite.Connection):
    """A connection that can have several things done in one hop to its thread.

    What is touched of aiosqlite's inside pyproject.toml names, and bounds aiosqlite for it.
    """

    async def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Have ``work`` done with SQLite's own connection, and wait for what it returns."""
        result: Result = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return result


async def connect(path: Path, *, replicated: bool = False) -> Connection:
    """Open a connection for the bot's work; ``replicated`` as in Database.open."""
    connection = Connection(partial(sqlite3.connect, path, isolation_level=None), 64)
    await connection
    try:
        await connection.run(_set_up_replicated if replicated else _set_up)
    except BaseException:
        await connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    know_marks(connection)
    connection.create_function("stripped", 1, _stripped, deterministic=True)
    connection.executescript(_PRAGMAS)


def _stripped(picture: bytes) -> bytes:
    """A picture's file without what it holds beside its pixels."""
    # A migration alone asks for it, and pictures' formats take long to import.
    from content.metadata import stripped  # noqa: PLC0415

    return stripped(picture).data


def _set_up_replicated(connection: sqlite3.Connection) -> None:
    _set_up(connection)
    # What is brought into the file before it was copied makes the other program begin anew.
    connection.execute("PRAGMA wal_autocheckpoint = 0")


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """One view of a database that is there, for reading alone. Raises StorageError.

    Every query sees what was committed before the first; a bot at work goes on meanwhile.
    """
    address = f"{path.resolve().as_uri()}?mode=ro"
    with (
        translated(),
        closing(
            sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE_S)
        ) as connection,
    ):
        connection.row_factory = sqlite3.Row
        connection.set_progress_handler(_let_signals_through, _EVERY)
        connection.execute("BEGIN")
        yield connection


def _let_signals_through() -> int:
    """Python hears of a signal only between its own steps: here is one."""
    return 0


def make_folder(path: Path) -> None:
    """Make the folder that a file is to lie in, for its owner alone. Raises StorageError."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot make the folder {path.parent}: {error.strerror}") from error
