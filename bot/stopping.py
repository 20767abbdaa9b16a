"""How long-running parts are told to end."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from bot.clock import Clock

T = TypeVar("T")


class Stop:
    """Set once; parts look at it between pieces of work and wake from their waits by it."""

    def __init__(self, clock: Clock) -> None:
        self._event = asyncio.Event()
        self._clock = clock

    def set(self) -> None:
        """Ask everybody to finish what is in hand."""
        self._event.set()

    def __bool__(self) -> bool:
        return self._event.is_set()

    async def wait(self) -> None:
        """Return once asked to stop."""
        await self._event.wait()

    async def pause(self, seconds: float) -> None:
        """Wait for this many of the clock's seconds, or until asked to stop."""
        await self.within(self._clock.real(seconds))

    async def within(self, real_s: float) -> bool:
        """Wait for this many of the system's seconds; whether asked to stop meanwhile."""
        with suppress(TimeoutError):
            async with asyncio.timeout(real_s):
                await self._event.wait()
        return bool(self)

    async def or_news(self, news: asyncio.Event, within: float | None) -> None:
        """Wait for news, the stop, or this many of the system's seconds (None: no bound)."""
        hearing = asyncio.ensure_future(news.wait())
        stopping = asyncio.ensure_future(self._event.wait())
        await asyncio.wait({hearing, stopping}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        hearing.cancel()
        stopping.cancel()

    async def unless(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result of ``work``; None where the stop came first, and the work was cancelled."""
        working = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._event.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            working.cancel()
            stopping.cancel()
            await asyncio.wait({working, stopping})
