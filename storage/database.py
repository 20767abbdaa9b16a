"""The connections to the one database file: a writer behind a lock, and a reader."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from storage.background_work import beside
from storage.connection import Connection, Result, connect, make_folder, translated
from storage.damage import damaged_tables
from storage.errors import DamagedDatabaseError, DamagedPartError, StorageError
from storage.open_file import OpenFile

Parameters = Sequence[Any] | Mapping[str, Any]
Statement = tuple[str, Sequence[Parameters] | None]
"""SQL, and the parameters of each row for which it is to be run; None: once, without any."""

_FAILURE_LASTS_S = 60.0  # the system's seconds; tries are at most some seconds apart


class Transaction:
    """The writer connection, for as long as one transaction lasts.

    Every method raises StorageError or RejectedError.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; returns the number of rows it changed."""
        return await self._done(lambda connection: connection.execute(sql, parameters).rowcount)

    async def write(self, statements: Sequence[Statement]) -> None:
        """Run statements in one hop to the database's thread."""
        await self._done(partial(_run, statements))

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query, seen from inside the transaction."""
        return await self._done(partial(_rows, sql, parameters))

    async def _done(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        with translated():
            return await self._connection.run(work)


def _write(file: OpenFile, statements: Sequence[Statement], connection: sqlite3.Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        _run(statements, connection)
        _commit(file, connection)
    except BaseException:
        connection.rollback()
        raise


def _run(statements: Sequence[Statement], connection: sqlite3.Connection) -> None:
    for sql, rows in statements:
        if rows is None:
            connection.execute(sql)
        else:
            connection.executemany(sql, rows)


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
        self.damage_met = asyncio.Event()
        """Set where a read or a write came upon damage, however far that goes."""

    @classmethod
    async def open(cls, path: Path, *, replicated: bool = False) -> "Database":
        """Open the file, making it and its folder where they are missing. Raises StorageError.

        ``replicated``: another program copies the log, and alone brings it into the file.
        """
        opening = asyncio.ensure_future(cls._open(path, replicated=replicated))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            # Half-way, its threads would outlive the event loop, and complain to the terminal.
            with suppress(StorageError):
                await (await opening).close()
            raise

    @classmethod
    async def _open(cls, path: Path, *, replicated: bool) -> "Database":
        with translated():
            _make(path)
            writer = await connect(path, replicated=replicated)
            try:
                reader = await connect(path, replicated=replicated)
            except BaseException:
                await writer.close()
                raise
        return cls(OpenFile.now_at(path), writer, reader)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

    def ensure_there(self) -> None:
        """Raise StorageError where the file or its log was taken away."""
        self._file.ensure_there()

    @property
    def takes(self) -> bool:
        """Whether what was last written was taken.

        Whoever must write tries again, so that a failure of which no more is heard is over.
        """
        return self._failed_at is None or time.monotonic() - self._failed_at > _FAILURE_LASTS_S

    @contextmanager
    def _noting_failure(self) -> Iterator[None]:
        try:
            yield
        except StorageError:
            self._failed_at = time.monotonic()
            raise
        else:
            self._failed_at = None

    @asynccontextmanager
    async def _judged(self) -> AsyncIterator[None]:
        """Where damage is met, look how far it goes: raises DamagedPartError if not far."""
        try:
            yield
        except DamagedDatabaseError as error:
            raise await self._verdict(error) from None

    async def _verdict(self, met: DamagedDatabaseError) -> Exception:
        self.damage_met.set()
        try:
            tables = await beside(damaged_tables, self.path)
        except DamagedDatabaseError as error:
            return error
        except StorageError:
            return met
        return DamagedPartError(f"damaged: {', '.join(sorted(tables)) or 'a part of the database'}")

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
                async with self._judged():
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
                    async with self._judged():
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
        async with self._judged():
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
