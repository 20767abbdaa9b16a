"""A disk that is full, a database that is read-only or locked: nothing is lost, and it is said."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, closing, suppress
from pathlib import Path

import aiosqlite
import pytest

from bot.app import attend
from bot.base.shutdown import Stop
from bot.features.library.first_reading import read_library
from bot.sandbox.server import SandboxServer
from bot.services import equipped
from bot.settings import Settings
from tests.support.bot import TOKEN
from tests.support.database import query
from tests.support.sandbox import SandboxClient
from tests.support.trouble import (
    PATIENCE_S,
    answers,
    arrive,
    ask,
    explained,
    repeats,
    settled,
    unconfirmed,
    until,
)

MOST_PAGES = 1_073_741_823
"""SQLite's own limit."""


@asynccontextmanager
async def bot_with_writer(settings: Settings) -> AsyncIterator[aiosqlite.Connection]:
    """The bot at work, and its connection for writing, to meddle with."""
    async with equipped(settings, read_library(settings)) as services:
        stop = Stop(settings.clock)
        working = asyncio.create_task(attend(services, TOKEN, stop, PATIENCE_S))
        try:
            yield services.store._database._writer
        finally:
            stop.set()
            await working


class Disk:
    """What goes wrong with the disk, and its end."""

    def __init__(self, kind: str, writer: aiosqlite.Connection, path: Path) -> None:
        self._kind, self._writer, self._path = kind, writer, path
        self._held = ExitStack()

    async def fail(self) -> None:
        """From now on nothing can be written."""
        match self._kind:
            case "full":
                await asyncio.to_thread(_fill, self._path)
                await self._writer.execute("PRAGMA max_page_count = 1")
            case "read-only":
                await self._writer.execute("PRAGMA query_only = ON")
            case "locked":
                await self._writer.execute("PRAGMA busy_timeout = 50")
                other = sqlite3.connect(self._path, isolation_level=None)
                self._held.enter_context(closing(other)).execute("BEGIN EXCLUSIVE")

    async def mend(self) -> None:
        """All is well again."""
        self._held.close()
        await self._writer.execute(f"PRAGMA max_page_count = {MOST_PAGES}")
        await self._writer.execute("PRAGMA query_only = OFF")


def _fill(path: Path) -> None:
    """Use up every free page of the file: its size is the least that SQLite can be held to."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE filling (bytes BLOB)")
        connection.execute("PRAGMA max_page_count = 1")
        with suppress(sqlite3.OperationalError):
            while True:
                connection.execute("INSERT INTO filling VALUES (zeroblob(3000))")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("full", "database or disk is full"),
        ("read-only", "attempt to write a readonly database"),
        ("locked", "database is locked"),
    ],
)
async def test_what_cannot_be_written_is_neither_confirmed_nor_lost(
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    kind: str,
    said: str,
) -> None:
    """A vote while nothing can be written: the log says why, tries are few, and it counts once."""
    async with bot_with_writer(settings) as writer:
        learner = await arrive(sandbox)
        poll = await ask(learner)
        await settled(settings.database)
        disk = Disk(kind, writer, settings.database)
        await disk.fail()
        before = (await sandbox.traffic(polling=True))[-1]
        await learner.vote(poll, [1])

        async def told() -> bool:
            return caplog.text.count(f"The database failed ({said})") >= 3

        await until(told)
        assert (unconfirmed(server) > 0, answers(settings.database)) == (True, [])
        calls = await sandbox.traffic(after=before["seq"], polling=True)
        seconds = (calls[-1]["time"] - before["time"]) / 1000
        assert len(calls) <= 3 + seconds / 2
        await disk.mend()
        await explained(learner)
        await settled(settings.database)
        assert answers(settings.database) == [(learner.id, "association", "[1]")]
        assert await repeats(learner) == 0
    assert query(settings.database, "PRAGMA integrity_check") == [("ok",)]
    assert query(settings.database, "SELECT * FROM set_aside") == []
