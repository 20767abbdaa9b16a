"""Connections that wait, hang or break: long polls, ordered faults, and the end of the sandbox."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.errors import ApiError

T = TypeVar("T")


class Connections:
    """Knows when a client leaves and when the sandbox closes, and can break a connection."""

    def __init__(self) -> None:
        self.closing = asyncio.Event()
        self.breaker: Callable[[tuple[str, int]], None] | None = None
        """Breaks the connection with the client at an address; the server sets it."""

    async def while_connected(self, request: Request, work: Awaitable[T]) -> T:
        """The result of the work, given up when the client leaves or the sandbox closes.

        Work that is done already at its first step is not watched over. Raises ApiError 500 when
        given up; nobody hears it but a client of a closing sandbox.
        """
        task = asyncio.ensure_future(work)
        await asyncio.sleep(0)
        if task.done():
            return task.result()
        watchers = [
            asyncio.ensure_future(_left(request)),
            asyncio.ensure_future(self.closing.wait()),
        ]
        try:
            await asyncio.wait([task, *watchers], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for watcher in watchers:
                watcher.cancel()
        if task.done():
            return task.result()
        task.cancel()
        raise ApiError(500, "Internal Server Error: restart")

    async def hold(self, request: Request, seconds: float) -> Response:
        """Say nothing for this many real seconds, or until the client leaves; then break off."""
        try:
            async with asyncio.timeout(seconds):
                await self.while_connected(request, asyncio.Event().wait())
        except (TimeoutError, ApiError):
            pass
        return await self.drop(request)

    async def drop(self, request: Request) -> Response:
        """Break the connection without an answer."""
        client = request.client
        if self.breaker is not None and client is not None:
            self.breaker((client.host, client.port))
            await _left(request)
        return Response(status_code=500)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
