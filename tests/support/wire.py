"""A wire between the bot and the sandbox that can be slow, and can be cut."""

import asyncio
import random
import socket
import struct
from contextlib import suppress

_RESET = struct.pack("ii", 1, 0)
"""Told to linger for no time, a socket that is closed resets its connection."""
_CHUNK = 16 * 1024


class Wire:
    """A relay of TCP connections to a port of this machine.

    ``delay`` is the most seconds that a piece of data is held up, each way; ``fragility`` is how
    likely a piece ends in a reset connection instead. ``cuts`` counts connections that were reset.
    """

    def __init__(self, port: int, dice: random.Random) -> None:
        self.delay = 0.0
        self.fragility = 0.0
        self.cuts = 0
        self._port = port
        self._dice = dice
        self._server: asyncio.Server | None = None
        self._pairs: set[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = set()

    @property
    def url(self) -> str:
        """Where to connect to instead of the port."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        """Listen on a port of its own."""
        self._server = await asyncio.start_server(self._relay, "127.0.0.1")

    async def close(self) -> None:
        """Stop listening, and end what is connected."""
        self.mend()
        if self._server is not None:
            self._server.close()
            for pair in [*self._pairs]:
                _reset(pair)
            await self._server.wait_closed()

    def mend(self) -> None:
        """From now on it only relays."""
        self.delay = self.fragility = 0.0

    def cut(self) -> None:
        """Reset every connection there is now, whatever is under way."""
        for pair in [*self._pairs]:
            self.cuts += 1
            _reset(pair)

    async def _relay(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            far, on = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            back.transport.abort()
            return
        pair = back, on
        self._pairs.add(pair)
        ways = [asyncio.create_task(self._carry(near, on, pair))]
        ways += [asyncio.create_task(self._carry(far, back, pair))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._pairs.discard(pair)
            for way in ways:
                way.cancel()
            for end in pair:
                end.close()

    async def _carry(
        self,
        source: asyncio.StreamReader,
        target: asyncio.StreamWriter,
        pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter],
    ) -> None:
        with suppress(OSError):
            while data := await source.read(_CHUNK):
                if self.delay:
                    await asyncio.sleep(self._dice.uniform(0, self.delay))
                if self._dice.random() < self.fragility:
                    self.cuts += 1
                    _reset(pair)
                    return
                target.write(data)
                await target.drain()


def _reset(pair: tuple[asyncio.StreamWriter, asyncio.StreamWriter]) -> None:
    for end in pair:
        connection = end.get_extra_info("socket")
        with suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        end.transport.abort()
