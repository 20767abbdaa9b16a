"""The connections to the one database file: a writer behind a lock, and a reader."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from storage.errors import RejectedError, StorageError

Parameters = Sequence[Any] | Mapping[str, Any]

# FULL: a commit that was reported is on the disk, whatever happens next. WAL: readers never wait.
_PRAGMAS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000;
"""


@contextmanager
def _translated() -> Iterator[None]:
    """Turn SQLite's exceptions into the two kinds of errors.py, without the values involved."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError) as error:
        raise RejectedError(str(error)) from error
    except (sqlite3.ProgrammingError, OverflowError, UnicodeEncodeError) as error:
        # Their messages may quote the value that could not be bound.
        raise RejectedError(f"a value does not fit the database ({type(error).__name__})") from None
    except sqlite3.Error as error:
        raise StorageError(str(error)) from error


class Transaction:
    """The writer connection, for as long as one transaction lasts."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; returns the number of rows it changed."""
        async with self._connection.execute(sql, parameters) as cursor:
            return cursor.rowcount

    async def executemany(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for each row, in a single hop to the database's thread."""
        async with self._connection.executemany(sql, rows):
            pass

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query, seen from inside the transaction."""
        return list(await self._connection.execute_fetchall(sql, parameters))


class Database:
    """One SQLite file. Open it with :meth:`open`; close it with :meth:`close`."""

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = writer
        self._reader = reader
        self._lock = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Open the file, making it and its folder where they are missing. Raises StorageError."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"cannot make the folder {path.parent}: {error.strerror}") from error
        with _translated():
            writer = await _connect(path)
            try:
                reader = await _connect(path)
            except BaseException:
                await writer.close()
                raise
        return cls(writer, reader)

    async def close(self) -> None:
        """Close both connections, after any transaction under way."""
        async with self._lock:
            await self._reader.close()
            await self._writer.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """Hold the writer from BEGIN to COMMIT; roll back when the body raises.

        Raises StorageError or RejectedError. A cancelled body is rolled back as well.
        """
        async with self._lock:
            with _translated():
                try:
                    await self._wholly("BEGIN IMMEDIATE")
                    yield Transaction(self._writer)
                    await self._wholly("COMMIT")
                except BaseException:
                    if self._writer.in_transaction:
                        await self._wholly("ROLLBACK")
                    raise

    async def _wholly(self, sql: str) -> None:
        """Run a statement to its end even if cancelled: one half-begun would block the rest."""

        async def run() -> None:
            async with self._writer.execute(sql):
                pass

        running = asyncio.ensure_future(run())
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            await running
            raise

    async def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """All rows of a query, as of the last commit. Raises StorageError."""
        with _translated():
            return list(await self._reader.execute_fetchall(sql, parameters))

    async def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row of a query, or None. Raises StorageError."""
        rows = await self.rows(sql, parameters)
        return rows[0] if rows else None


async def _connect(path: Path) -> aiosqlite.Connection:
    connection = await aiosqlite.connect(path, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        for pragma in filter(str.strip, _PRAGMAS.split(";")):
            await connection.execute(pragma)
    except BaseException:
        await connection.close()
        raise
    return connection
