"""Hearing that something has changed."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Changes:
    """Where it is left that something has changed, by its id, for all who listen just then."""

    def __init__(self) -> None:
        self._listening: dict[asyncio.Event, int] = {}

    def changed(self, changed_id: int) -> None:
        """Something of this is no longer as it was."""
        for news, listened in self._listening.items():
            if listened == changed_id:
                news.set()

    def any_changed(self) -> None:
        """Nobody knows what of all is no longer as it was."""
        for news in self._listening:
            news.set()

    @contextmanager
    def listening(self, listened_id: int) -> Iterator[asyncio.Event]:
        """Set at each change of this; whoever listens clears it."""
        news = asyncio.Event()
        self._listening[news] = listened_id
        try:
            yield news
        finally:
            del self._listening[news]
