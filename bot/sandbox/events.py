"""Server-sent events: what changes in the world, for pages that watch."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.sandbox.live import Live

HEARTBEAT_S: Final = 15.0
"""Real seconds between comment lines that keep a quiet stream alive."""


class Events:
    """``GET /sandbox/events``."""

    def __init__(self, live: Live) -> None:
        self._live = live

    async def __call__(self, _request: Request) -> Response:
        """A stream that ends when the client leaves or the sandbox closes."""
        return StreamingResponse(
            self._stream(),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _stream(self) -> AsyncIterator[str]:
        with self._live.watching() as queue:
            yield ": welcome\n\n"
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT_S):
                        event = await queue.get()
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield f"data: {json.dumps(event)}\n\n"
