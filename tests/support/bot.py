"""The real bot, for tests: in this process, or in one of its own that can be killed."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

from bot.app import ANSWER_WITHIN_S, serve
from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.sandbox.server import SandboxServer
from bot.settings import Secret, Settings
from tests.support.library import two_cases
from tests.support.sandbox import Person

ROOT = Path(__file__).parents[2]
TOKEN = "7007:a-made-up_token"


def loaded_at_start(modules: set[str]) -> set[str]:
    """Which of these are loaded by a bot that has only started."""
    said = subprocess.run(
        [sys.executable, "-c", "import bot.app, sys; print(*sys.modules)"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return modules & {*said.stdout.decode().split()}


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """Settings of a bot at a sandbox, with its database in ``folder``; no .env is read.

    Cases are not watched unless a test is about that: they would be read twice by each bot.
    """
    return Settings(
        token=Secret(TOKEN),
        api_url=url,
        database=folder / "bot.db",
        **{"watch": False, **more},
    )


def two_case_settings(
    server: SandboxServer, folder: Path, clock: Clock, *admins: Person, **more: Any
) -> Settings:
    """The same with two cases and no others, of a bot that these administer."""
    return settings_for(
        server.url,
        folder,
        clock=clock,
        admins=frozenset(person.id for person in admins),
        content=two_cases(folder / "library"),
        shipped_cases=False,
        **more,
    )


@asynccontextmanager
async def running_bot(settings: Settings, patience: float = ANSWER_WITHIN_S) -> AsyncIterator[Stop]:
    """The bot at work in this process; it is stopped, and its errors raised, at the end."""
    stop = Stop(settings.clock)
    working = asyncio.create_task(serve(settings, TOKEN, stop, patience))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await working


class BotProcess:
    """``morning-report run`` in a process of its own, with the settings given and no others."""

    started: ClassVar[set["BotProcess"]] = set()
    """Those not yet ended; whatever becomes of a test, its fixtures end them."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log

    @classmethod
    async def start(
        cls,
        url: str,
        folder: Path,
        log: Path | None = None,
        /,
        *arguments: str,
        **environment: str,
    ) -> "BotProcess":
        """Start it in ``folder``, where its log is too; nothing is awaited but the process."""
        ours = {
            "MORNING_REPORT_TOKEN": TOKEN,
            "MORNING_REPORT_API_URL": url,
            "MORNING_REPORT_DATABASE": str(folder / "bot.db"),
            "MORNING_REPORT_WATCH": "off",
        }
        outside = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
        path = log or folder / f"bot-{secrets.token_hex(4)}.log"
        with path.open("wb") as output:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "bot", "run", *arguments),
                cwd=folder,
                env={**outside, "PYTHONPATH": str(ROOT), **ours, **environment},
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )
        bot = cls(process, path)
        cls.started.add(bot)
        return bot

    @property
    def pid(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.returncode is None

    def has_said(self, words: str) -> bool:
        """Whether its log holds these words by now."""
        return words in self._log.read_text("utf-8")

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self.alive:
            self._process.kill()
        await self._process.wait()
        self.started.discard(self)

    async def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to end; returns its exit code and all that it printed."""
        self._process.send_signal(number)
        return await self.finished()

    async def finished(self) -> tuple[int, str]:
        """Wait for it to end by itself; returns its exit code and all that it printed."""
        async with asyncio.timeout(60):
            code = await self._process.wait()
        self.started.discard(self)
        return code, self._log.read_text("utf-8")
