"""The web server's patience: clients that are slow, or leave in the middle."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.base.listen_address import ListenAddress
from bot.web import http_server as web_server
from bot.web.http_server import HttpServer

WHOLE = b"POST / HTTP/1.1\r\nHost: bot\r\nContent-Length: 2\r\n\r\nhi"


async def _echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """Where a server with little patience listens."""
    monkeypatch.setattr(web_server, "_ARRIVES_WITHIN_S", 0.2)
    server = HttpServer(Starlette(routes=[Route("/", _echo, methods=["POST"])]), ListenAddress())
    await server.start()
    yield server.address.port
    await server.stop()


async def served(port: int) -> None:
    """Whoever asks for something gets it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(WHOLE)
    async with asyncio.timeout(60):
        await reader.readuntil(b"hi")
    writer.close()


@pytest.mark.parametrize("pieces", [(), (b"POST / HT",), (WHOLE[:-1],), (WHOLE, WHOLE[:20])])
async def test_who_does_not_finish_a_request_is_hung_up_on(
    port: int, pieces: tuple[bytes, ...]
) -> None:
    """Nothing, half a head, half a body, or half a second request: the others are served."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(60):
        for piece in pieces:
            writer.write(piece)
            if piece == WHOLE:
                assert (await reader.readuntil(b"hi")).startswith(b"HTTP/1.1 200")
        await served(port)
        assert await reader.read() == b""
    writer.close()


async def test_dripping_does_not_gain_time(port: int) -> None:
    """A byte now and then does not keep an unfinished request alive."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(ConnectionError):
        for byte in WHOLE:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0.02)
        assert await reader.read() == b""
    writer.close()


async def test_who_leaves_in_the_middle_harms_nobody(port: int) -> None:
    """Connections that break off within a request leave the server as it was."""
    for end in (5, 30, len(WHOLE) - 1):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(WHOLE[:end])
        await writer.drain()
        writer.transport.abort()
    await served(port)


async def test_it_ends_whoever_still_waits() -> None:
    """A request that is never answered, and one that never comes whole, hold up no end."""
    asked = asyncio.Event()

    async def think(_request: Request) -> PlainTextResponse:
        asked.set()
        await asyncio.Event().wait()
        return PlainTextResponse("at last")

    server = HttpServer(Starlette(routes=[Route("/", think, methods=["POST"])]), ListenAddress())
    await server.start()
    connections = [await asyncio.open_connection("127.0.0.1", server.address.port) for _ in "12"]
    for (_, writer), piece in zip(connections, (WHOLE, WHOLE[:30]), strict=True):
        writer.write(piece)
    async with asyncio.timeout(60):
        await asked.wait()
    async with asyncio.timeout(5):
        await server.stop()
    for reader, writer in connections:
        async with asyncio.timeout(60):
            assert b"at last" not in await reader.read()
        writer.close()
