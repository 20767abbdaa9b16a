"""Things to be done later, by the sandbox's clock."""

import asyncio
from collections.abc import Callable

from bot.base.clock import Clock


class Timers:
    """Everything that waits for its time; nothing happens after ``close``."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: set[asyncio.TimerHandle] = set()

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something after this many clock seconds."""

        def run() -> None:
            self._waiting.discard(handle)
            action()

        loop = asyncio.get_running_loop()
        handle = loop.call_later(max(0.0, self._clock.real(seconds)), run)
        self._waiting.add(handle)

    def close(self) -> None:
        """Call everything off."""
        for handle in self._waiting:
            handle.cancel()
        self._waiting.clear()
