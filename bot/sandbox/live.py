"""What changes, as it changes, for pages that watch."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.sandbox.wire import Json

BACKLOG: Final = 1000
"""Events kept for a watcher that does not read; one that falls further behind is let go."""


class Live:
    """Tells every watcher of every change, numbered from 1."""

    def __init__(self) -> None:
        self._seq = 0
        self._watchers: set[asyncio.Queue[Json | None]] = set()

    def tell(
        self,
        kind: str,
        chat_id: int | None = None,
        message_id: int | None = None,
        **details: int | str,
    ) -> None:
        """Announce a change. Never waits."""
        self._seq += 1
        event = {"seq": self._seq, "kind": kind, "chat_id": chat_id, "message_id": message_id}
        for watcher in tuple(self._watchers):
            if watcher.qsize() < BACKLOG:
                watcher.put_nowait(event | details)
            else:
                self._watchers.discard(watcher)
                watcher.put_nowait(None)

    @contextmanager
    def watching(self) -> Iterator[asyncio.Queue[Json | None]]:
        """A queue of events from now on; None in it means that no more will come."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    def close(self) -> None:
        """Let every watcher go."""
        for watcher in self._watchers:
            watcher.put_nowait(None)
        self._watchers.clear()
