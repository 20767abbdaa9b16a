"""The connections to the one database file: a writer behind a lock, and a reader."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.errors import DamagedDatabaseError, RejectedError, StorageError
from storage.inserting import Parameters, insert
from storage.open_file import OpenFile

Statement = tuple[str, Sequence[Parameters] | None]
"""SQL, and the parameters of each row for which it is to be run; None: once, without any."""

Result = TypeVar("Result")

# FULL: a commit that was reported is on the disk, whatever happens next. WAL: readers never wait.
# wal_autocheckpoint: pages that change with every vote are carried over less often; 16 MB of log.
# secure_delete: what a person had erased is overwritten, not merely unlinked.
_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA busy_timeout = 5000;
"""

_FAILURE_LASTS = 60.0  # the system's seconds; tries are at most some seconds apart


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


class Transaction:
    """The writer connection, for as long as one transaction lasts.

    Every method raises StorageError or RejectedError.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; returns the number of rows it changed."""
        return await self._done(lambda connection: connection.execute(sql, parameters).rowcount)

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query, seen from inside the transaction."""
        return await self._done(partial(_rows, sql, parameters))

    async def _done(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        with translated():
            return await self._connection.run(work)


def _write(file: OpenFile, statements: Sequence[Statement], connection: sqlite3.Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        for sql, rows in statements:
            if rows is None:
                connection.execute(sql)
            else:
                insert(connection, sql, rows)
        _commit(file, connection)
    except BaseException:
        connection.rollback()
        raise


def _commit(file: OpenFile, connection: sqlite3.Connection) -> None:
    file.ensure_there()
    connection.execute("COMMIT")


def _rows(sql: str, parameters: Parameters, connection: sqlite3.Connection) -> list[sqlite3.Row]:
    return connection.execute(sql, parameters).fetchall()


class Database:
    """One SQLite file. Open it with :meth:`open`; close it with :meth:`close`."""

    def __init__(self, file: OpenFile, writer: Connection, reader: Connection) -> None:
        self._file = file
        self._writer = writer
        self._reader = reader
        self._lock = asyncio.Lock()
        self._failed_at: float | None = None  # when a write did; None: the last one succeeded

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Open the file, making it and its folder where they are missing. Raises StorageError."""
        with translated():
            _make(path)
            writer = await _connect(path)
            try:
                reader = await _connect(path)
            except BaseException:
                await writer.close()
                raise
        return cls(OpenFile.now_at(path), writer, reader)

    @property
    def takes(self) -> bool:
        """Whether what was last written was taken.

        Whoever must write tries again, so that a failure of which no more is heard is over.
        """
        return self._failed_at is None or time.monotonic() - self._failed_at > _FAILURE_LASTS

    @contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except StorageError:
            self._failed_at = time.monotonic()
            raise
        else:
            self._failed_at = None

    async def close(self) -> None:
        """Close both connections, after any transaction under way."""
        async with self._lock:
            await self._wholly(self._close())

    async def _close(self) -> None:
        try:
            await self._reader.close()
        finally:
            await self._writer.close()

    async def write(self, statements: Callable[[], Sequence[Statement]]) -> None:
        """Run statements in a transaction of their own, in one hop to the database's thread.

        They are asked for once the writer is held. Raises StorageError or RejectedError, and the
        errors of ``statements`` as they are. Cancelled meanwhile, it goes through all the same.
        """
        async with self._lock:
            with self._noting_failure():
                await self._wholly(self._writer.run(partial(_write, self._file, statements())))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the writer from BEGIN to COMMIT; roll back when the body raises.

        Raises StorageError or RejectedError, and the body's own errors as they are. Cancelled, it
        is rolled back as well, unless the COMMIT has begun: that goes through.
        """
        async with self._lock:
            try:
                transaction = Transaction(self._writer)
                with self._noting_failure():
                    await transaction.execute("BEGIN IMMEDIATE")
                    yield transaction
                    await self._wholly(self._writer.run(partial(_commit, self._file)))
            except BaseException:
                # In the writer's thread, hence after whatever a cancelled body left running
                # there; and nothing where no transaction is open.
                await self._wholly(self._writer.rollback())
                raise

    async def _wholly(self, work: Coroutine[Any, Any, None]) -> None:
        """Bring work to its end however often cancelled: half-begun, it would block the rest."""
        running = asyncio.ensure_future(work)
        cancelled: asyncio.CancelledError | None = None
        while not running.done():
            try:
                await asyncio.wait((running,))
            except asyncio.CancelledError as error:
                cancelled = error
        if cancelled is not None:
            running.exception()  # it counts as seen
            raise cancelled
        with translated():
            running.result()

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query, as of the last commit. Raises StorageError."""
        (rows,) = await self.several((sql, parameters))
        return rows

    async def several(self, *queries: tuple[str, Parameters]) -> list[list[sqlite3.Row]]:
        """The rows of each query, in one hop to the reader's thread. Raises StorageError."""
        with translated():
            return await self._reader.run(
                lambda connection: [_rows(sql, given, connection) for sql, given in queries]
            )

    async def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query, or None. Raises StorageError."""
        rows = await self.rows(sql, parameters)
        return rows[0] if rows else None


def _make(path: Path) -> None:
    """Make the folder, and the file where there is none: learners' answers are for its owner alone.

    Also a trial: aiosqlite's thread outlives a connection that cannot be opened, and complains to
    the terminal when the event loop is gone before it.
    """
    make_folder(path)
    with suppress(OSError):  # SQLite says what is wrong
        path.touch(mode=0o600)
    sqlite3.connect(path).close()


def make_folder(path: Path) -> None:
    """Make the folder that a file is to lie in. Raises StorageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot make the folder {path.parent}: {error.strerror}") from error


def _set_up(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.executescript(_PRAGMAS)


async def _connect(path: Path) -> Connection:
    connection = Connection(partial(sqlite3.connect, path, isolation_level=None), 64)
    await connection
    try:
        await connection.run(_set_up)
    except BaseException:
        await connection.close()
        raise
    return connection
