"""Jobs beside a bot's services, without a bot around them: what they commit, and their pauses."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.jobs.job_context import JobContext
from bot.services import Services
from storage.ledger import Entry
from tests.storage.samples import NOW
from tests.support.services import services_with_cases


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with a new database and six cases of two questions each, at ``NOW``."""
    async with services_with_cases(tmp_path, NOW) as services:
        yield services


class NotedStop(Stop):
    """Pauses are noted, and over at once; as many as ``most`` of them, and all is to stop."""

    def __init__(self, most: int = 1000) -> None:
        super().__init__(Clock())
        self.paused: list[float] = []
        self.most = most

    async def pause(self, seconds: float) -> None:
        """Of the clock's seconds."""
        self.paused.append(seconds)
        if len(self.paused) == self.most:
            self.set()
        await asyncio.sleep(0)


class Work:
    """A job at work: its context, and what it has committed."""

    def __init__(self, services: Services, stop: NotedStop | None = None) -> None:
        self.stop = NotedStop() if stop is None else stop
        self.working = asyncio.Lock()
        self.committed: list[Entry] = []
        self.context = JobContext(services, self.working, self.stop, self.committed.extend)

    @asynccontextmanager
    async def going_on(self, run: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
        """The job runs meanwhile; then it ends within a bound."""
        running = asyncio.create_task(run())
        try:
            yield
        finally:
            self.stop.set()
            async with asyncio.timeout(30):
                await running

    def told(self, person_id: int) -> list[str]:
        """What somebody was told, in order."""
        calls = (call for entry in self.committed for call in entry.outcome.owed)
        return [str(call.params.get("text", "")) for call in calls if call.chat_id == person_id]


async def until(condition: Callable[[], object]) -> None:
    """Wait for a condition, with a bound."""
    async with asyncio.timeout(30):
        while True:
            if condition():
                return
            await asyncio.sleep(0.001)
