"""The real bot, for tests: in this process, or in one of its own that can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import PATIENCE, serve
from bot.settings import Settings
from bot.stopping import Stop

TOKEN = "7007:a-made-up_token"


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """Settings of a bot at a sandbox, with its database in ``folder``; no .env is read."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        api_url=url,
        database=folder / "bot.db",
        **more,
    )


@asynccontextmanager
async def running_bot(settings: Settings, patience: float = PATIENCE) -> AsyncIterator[Stop]:
    """The bot at work in this process; it is stopped, and its errors raised, at the end."""
    stop = Stop(settings.clock)
    working = asyncio.create_task(serve(settings, TOKEN, stop, patience))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(10):
            await working


class BotProcess:
    """``morning-report run`` in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, url: str, folder: Path, **environment: str) -> "BotProcess":
        """Start it; nothing is awaited but the process itself."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env={
                    **os.environ,
                    "MORNING_REPORT_TOKEN": TOKEN,
                    "MORNING_REPORT_API_URL": url,
                    "MORNING_REPORT_DATABASE": str(folder / "bot.db"),
                    **environment,
                },
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
        )

    @property
    def alive(self) -> bool:
        """Whether it has not ended by itself."""
        return self._process.returncode is None

    async def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        await self._process.communicate()

    async def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """Ask it to end; returns its exit code and all that it printed."""
        self._process.send_signal(number)
        return await self.finished()

    async def finished(self) -> tuple[int, str]:
        """Wait for it to end by itself; returns its exit code and all that it printed."""
        async with asyncio.timeout(15):
            output, _ = await self._process.communicate()
        return self._process.returncode or 0, output.decode()
