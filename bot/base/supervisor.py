"""Running a program until it is done or told to stop, by Ctrl-C or SIGTERM."""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable

from bot.base.clock import Clock
from bot.base.shutdown import Stop

# With the courier's last calls this stays under the five seconds that are promised.
_PATIENCE = 4.5  # the system's seconds between a signal and the end of patience


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
            {running, hurrying}, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        hurrying.cancel()
    if not running.done():
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        return
    running.result()
