"""What systemd hears of the bot, at a real socket: it is ready, it needs time, its loop turns."""

import asyncio
import os
import socket
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.base.systemd import tell
from bot.sandbox.server import SandboxServer
from storage.errors import ForeignDatabaseError, StorageError
from storage.inspection import NEWEST, identify
from tests.support.bot import BotProcess
from tests.support.sandbox import SandboxClient
from tests.support.trouble import arrive, until

BEAT = "WATCHDOG=1"
EVERY_S = 0.1
WATCHED = {"WATCHDOG_USEC": str(round(2 * EVERY_S * 1_000_000))}
SILENCE_S = 10 * EVERY_S


class Manager:
    """Listens as systemd does."""

    def __init__(self, path: Path) -> None:
        self.environment = {"NOTIFY_SOCKET": str(path)}
        self.heard: list[str] = []
        self.last_at = time.monotonic()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)

    def listen(self) -> None:
        """From now on, in the loop."""
        asyncio.get_running_loop().add_reader(self._socket, self._hear)

    def _hear(self) -> None:
        self.heard.append(self._socket.recv(4096).decode())
        self.last_at = time.monotonic()

    async def hears(self, words: str, times: int = 1) -> None:
        """Wait until it heard this so often."""

        async def so_often() -> bool:
            return self.heard.count(words) >= times

        await until(so_often)

    async def hears_nothing(self) -> None:
        """Wait until it was left alone for far longer than from one beat to the next."""

        async def silent() -> bool:
            return time.monotonic() - self.last_at > SILENCE_S

        await until(silent)

    def close(self) -> None:
        """Nobody listens any more."""
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()


@pytest.fixture
async def manager(tmp_path: Path) -> AsyncIterator[Manager]:
    """Systemd, as far as it listens."""
    made = Manager(tmp_path / "notify")
    made.listen()
    yield made
    made.close()


async def test_the_bot_is_ready_before_its_database_is_and_asks_for_time(
    server: SandboxServer, manager: Manager, tmp_path: Path
) -> None:
    """However long the database takes to be opened, the start does not count as failed."""
    database = tmp_path / "bot.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")  # nothing can be migrated yet
        bot = await BotProcess.start(server.url, tmp_path, **WATCHED, **manager.environment)
        await manager.hears("EXTEND_TIMEOUT_USEC=30000000")
        await manager.hears(BEAT, 3)
        other.execute("ROLLBACK")

    async def up_to_date() -> bool:
        return await asyncio.to_thread(_version, database) == NEWEST

    await until(up_to_date)
    assert manager.heard[0] == "READY=1"
    code, output = await bot.end()
    assert (code, "Traceback" in output) == (0, False)


def _version(database: Path) -> int:
    try:
        return identify(database).version
    except (StorageError, ForeignDatabaseError):
        return 0  # it is not made yet


async def test_a_loop_that_hangs_is_heard_by_its_silence(
    server: SandboxServer, sandbox: SandboxClient, manager: Manager, tmp_path: Path
) -> None:
    """Nobody reads the log: once its pipe is full the loop waits, though the process lives."""
    log = tmp_path / "log"
    os.mkfifo(log)
    pipe = os.open(log, os.O_RDWR | os.O_NONBLOCK)
    bot = await BotProcess.start(server.url, tmp_path, log, **WATCHED, **manager.environment)
    await arrive(sandbox)
    with suppress(BlockingIOError):
        while True:
            os.write(pipe, b" " * 4096)
    await sandbox.fault("500", "getUpdates")  # which is worth a line
    await manager.hears_nothing()
    assert bot.alive
    heard = len(manager.heard)
    asyncio.get_running_loop().add_reader(pipe, os.read, pipe, 65536)
    await manager.hears(BEAT, manager.heard.count(BEAT) + 10)
    assert set(manager.heard[heard:]) == {BEAT}
    await bot.kill()
    asyncio.get_running_loop().remove_reader(pipe)
    os.close(pipe)


async def test_without_systemd_nothing_is_told(
    server: SandboxServer, sandbox: SandboxClient, manager: Manager, tmp_path: Path
) -> None:
    """Nor is a heart heard that is not asked for: by nobody, or of another process."""
    for environment in ({}, {**WATCHED, "WATCHDOG_PID": "1"}):
        bot = await BotProcess.start(
            server.url, tmp_path, **environment, **(manager.environment if environment else {})
        )
        await arrive(sandbox)
        assert (await bot.end())[0] == 0
    assert BEAT not in manager.heard
    assert manager.heard[0] == "READY=1"


@pytest.mark.parametrize("address", ["@morning-report-test", "nobody-there"])
def test_an_address_may_lie_in_no_folder_and_nobody_be_there(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that begin with @ are Linux's own; where nobody listens, nothing happens."""
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as other:
        if address.startswith("@"):
            other.bind(f"\0{address[1:]}")
            other.settimeout(20)
        tell("READY=1")
        assert not address.startswith("@") or other.recv(100) == b"READY=1"
