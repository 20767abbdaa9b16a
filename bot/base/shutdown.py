"""How a program, and its long-running parts, are told to end."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

from bot.base.clock import Clock

T = TypeVar("T")

STORAGE_PAUSE_S: Final = 2.0
"""For how long a part pauses where the database fails: seconds of the clock."""


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
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(real_s):
                await self._event.wait()
        return bool(self)

    async def or_news(self, news: asyncio.Event, within: float | None) -> None:
        """Wait for news, the stop, or this many of the system's seconds (None: no bound)."""
        waiting = asyncio.ensure_future(news.wait())
        stopping = asyncio.ensure_future(self._event.wait())
        await asyncio.wait({waiting, stopping}, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
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


# With the last calls of sending this stays under the five seconds that are promised.
_SHUTDOWN_S = 4.5  # the system's seconds between a signal and the end


def supervise(program: Callable[[Stop], Awaitable[None]], clock: Clock) -> None:
    """Run ``program`` to its end. A first signal asks it to stop; time or a second one ends it."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_supervised(program, clock))


async def _supervised(program: Callable[[Stop], Awaitable[None]], clock: Clock) -> None:
    stop = Stop(clock)
    hurry = asyncio.Event()

    def signalled() -> None:
        if stop:
            hurry.set()
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, signalled)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(signalled))
    running = asyncio.ensure_future(program(stop))
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        hurrying = asyncio.ensure_future(hurry.wait())
        await asyncio.wait(
            {running, hurrying}, timeout=_SHUTDOWN_S, return_when=asyncio.FIRST_COMPLETED
        )
        hurrying.cancel()
    if not running.done():
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        return
    running.result()
