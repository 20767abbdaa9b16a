"""A server that answers python-telegram-bot as a test wants it to, and bots that ask it."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple, TypedDict

from telegram import Bot
from telegram.request import BaseRequest

TOKEN = "7007:a-made-up_token"
CERTIFICATE = Path(__file__).parent / "own_machine.pem"
"""Of 127.0.0.1, made for tests by itself, with its key: nobody trusts it."""
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
OK = b'{"ok":true,"result":true}'


class Patience(TypedDict):
    """Seconds that parts of a call may take, as python-telegram-bot names them."""

    read_timeout: float
    write_timeout: float
    connect_timeout: float
    pool_timeout: float


SHORT: Patience = {
    "read_timeout": 0.2,
    "write_timeout": 0.2,
    "connect_timeout": 0.2,
    "pool_timeout": 0.2,
}

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


class Asked(NamedTuple):
    """A request as it came: its first line, its headers by small names, its body."""

    line: str
    headers: dict[str, str]
    body: bytes


class Server:
    """Says what a test wants said, and notes what it was asked.

    ``connections`` counts all that were opened, ``ended`` those that are over.
    """

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.connections = self.ended = 0
        self.answer: Answer = saying(OK)
        self.url = ""
        self._news = asyncio.Condition()
        self._over = asyncio.Event()
        self._serving: set[asyncio.Task[None] | None] = set()

    async def heard(self, number: int) -> None:
        """Wait until this many requests came."""
        await self._until(lambda: len(self.asked) >= number)

    async def left(self, number: int) -> None:
        """Wait until this many connections are over."""
        await self._until(lambda: self.ended >= number)

    async def _until(self, so: Callable[[], bool]) -> None:
        async with asyncio.timeout(20), self._news:
            await self._news.wait_for(so)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side has enough."""
        self.connections += 1
        self._serving.add(asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                line, *rest = head.decode().rstrip().split("\r\n")
                headers = {k.lower(): v for k, _, v in (one.partition(": ") for one in rest)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                async with self._news:
                    self.asked.append(Asked(line, headers, body))
                    self._news.notify_all()
                await self.answer(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            async with self._news:
                self.ended += 1
                self._news.notify_all()

    async def silence(self, _writer: asyncio.StreamWriter) -> None:
        """An answer that does not come before the test is over."""
        await self._over.wait()

    async def close(self) -> None:
        """Let all connections end."""
        self._over.set()
        if self._serving:
            async with asyncio.timeout(20):
                await asyncio.wait({one for one in self._serving if one is not None})


def saying(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> Answer:
    """An answer whose stated length may differ from what is sent."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        size = len(body) if length is None else length
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *headers, "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()
        if size != len(body):
            writer.close()

    return answer


async def abort(writer: asyncio.StreamWriter) -> None:
    """The connection is reset."""
    writer.transport.abort()


async def nonsense(writer: asyncio.StreamWriter) -> None:
    """Something that is no HTTP."""
    writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
    writer.close()


@asynccontextmanager
async def answering(certificate: Path | None = None) -> AsyncIterator[Server]:
    """The server at a port of its own; unless told otherwise it says yes."""
    server, tls = Server(), None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", ssl=tls)
    server.url = f"http{'s' if tls else ''}://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield server
    listening.close()
    await server.close()


def bot_at(url: str, way: BaseRequest) -> Bot:
    return Bot(TOKEN, f"{url}/bot", request=way, get_updates_request=way)
