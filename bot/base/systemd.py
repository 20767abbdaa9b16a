"""What systemd is told where it started the program: that it works, and that its loop turns.

The protocol is one datagram for each message, and stable; see sd_notify(3).
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_MORE_S = 30  # for what may take long; asked for again before it is over
_ASKED_EVERY_S = 10.0


@asynccontextmanager
async def watched() -> AsyncIterator[None]:
    """The program is ready now, and its loop turns for as long as the body lasts.

    Systemd hears of a loop that hangs by hearing nothing any more.
    """
    tell("READY=1")
    async with _telling("WATCHDOG=1", _heartbeat_s()):
        yield


@asynccontextmanager
async def more_time() -> AsyncIterator[None]:
    """The body may take long, an end that is asked for meanwhile included."""
    async with _telling(f"EXTEND_TIMEOUT_USEC={_MORE_S * 1_000_000}", _ASKED_EVERY_S):
        yield


def tell(words: str) -> None:
    """Tell systemd, where it listens; never waits."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = f"\0{address[1:]}"  # a name that lies in no folder
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.setblocking(False)
        way.sendto(words.encode(), address)


def _heartbeat_s() -> float | None:
    """Half of what may pass between two; None where nobody counts."""
    allowed, pid = os.environ.get("WATCHDOG_USEC", ""), os.environ.get("WATCHDOG_PID")
    if not allowed.isdigit() or pid not in (None, str(os.getpid())):
        return None
    return int(allowed) / 2_000_000


@asynccontextmanager
async def _telling(words: str, every_s: float | None) -> AsyncIterator[None]:
    """Tell it at once, and again and again until the body is done."""
    telling = None if every_s is None else asyncio.create_task(_tell_each(words, every_s))
    try:
        yield
    finally:
        if telling is not None:
            telling.cancel()


async def _tell_each(words: str, every_s: float) -> None:
    while True:
        tell(words)
        await asyncio.sleep(every_s)
