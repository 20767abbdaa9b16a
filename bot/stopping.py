"""How long-running parts are told to end."""

import asyncio

from bot.clock import Clock


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
        try:
            async with asyncio.timeout(self._clock.real(seconds)):
                await self._event.wait()
        except TimeoutError:
            pass
