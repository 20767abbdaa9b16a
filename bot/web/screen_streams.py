"""What stands on the screens of live rounds, computed once at each change for all that show it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Final

import msgspec

from bot.features.live.screen import open_round, screen_of
from bot.features.live.screen_values import Screen
from bot.services import Services
from storage.errors import StorageError
from storage.live_rounds import ENDED

MOST_OF_A_ROUND: Final = 200
MOST_OF_ALL: Final = 1000
"""Screens open at once."""
_PAUSE_S: Final = 0.25
"""Real seconds between two states: votes come in crowds, and nobody reads faster."""
_BEAT_S: Final = 15.0
"""Real seconds after which a quiet stream says that it lives; the page waits three times as long.

So often it is also looked whether a state that was told is still so.
"""
_BEAT: Final = b"event: beat\ndata:\n\n"
_BEGIN: Final = b"retry: 1000\n\n"
log = logging.getLogger(__name__)


class Showing:
    """One round on all its screens."""

    def __init__(self, services: Services, token: str, round_id: int) -> None:
        self._services = services
        self._token = token
        self._round_id = round_id
        self._event = b""
        self._newer = asyncio.Event()  # set once there is more to tell than ``_event``
        self._over = False
        self.screen: Screen | None = None
        self.screens = 0

    async def follow(self) -> None:
        """Keep what is told equal to the round, until that is over."""
        now = asyncio.get_running_loop().time
        try:
            with self._services.live.listening(self._round_id) as news:
                while not self._over:
                    news.clear()
                    began_s = now()
                    await self._look()
                    try:
                        async with asyncio.timeout(_BEAT_S):
                            await news.wait()
                    except TimeoutError:
                        continue
                    await asyncio.sleep(began_s + _PAUSE_S - now())
        finally:
            self.end()

    async def _look(self) -> None:
        try:
            found = await screen_of(self._services, self._token)
        except StorageError as error:
            log.warning("What a live round's screens show could not be read: %s", error)
            return
        if found is None:
            self._over = True
        elif found != self.screen:
            self.screen = found
            self._event = b"data: " + msgspec.json.encode(found) + b"\n\n"
            self._over = found.state == ENDED
            self._newer.set()
            self._newer = asyncio.Event()

    def end(self) -> None:
        """Let all its screens go, once they have what was told last."""
        self._over = True
        self._newer.set()

    async def events(self) -> AsyncIterator[bytes]:
        """What one screen is told from now on; one that reads slowly misses states in between."""
        yield _BEGIN
        told = b""
        while True:
            newer = self._newer
            if self._event is not told:
                told = self._event
                yield told
            elif self._over:
                return
            else:
                try:
                    async with asyncio.timeout(_BEAT_S):
                        await newer.wait()
                except TimeoutError:
                    yield _BEAT


class ScreenStreams:
    """All rounds that somebody looks at."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._showings: dict[str, Showing] = {}
        self._following: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    async def screen(self, token: str) -> Screen | None:
        """What the screen of this token shows; None: there is none, or the round is over.

        Raises StorageError.
        """
        showing = self._showings.get(token)
        found = showing.screen if showing is not None else None
        # One that is over costs no more than one that never was: nobody tells them apart by it.
        if found is None and await open_round(self._services, token) is not None:
            found = await screen_of(self._services, token)
        return None if found is None or found.state == ENDED else found

    async def showing(self, token: str) -> Showing | None:
        """The round of this token, to be watched; None as above. Raises StorageError."""
        if (known := self._showings.get(token)) is not None:
            return known
        round_id = await open_round(self._services, token)
        return None if round_id is None else Showing(self._services, token, round_id)

    def has_room(self, showing: Showing) -> bool:
        """Whether one more screen may open."""
        every = sum(each.screens for each in self._showings.values())
        return not self._closing and showing.screens < MOST_OF_A_ROUND and every < MOST_OF_ALL

    @contextmanager
    def watched(self, token: str, showing: Showing) -> Iterator[Showing]:
        """One more screen, as long as it is there. The first begins to follow, the last ends it."""
        showing = self._showings.setdefault(token, showing)  # where two were first at once
        if not showing.screens:
            self._following[token] = asyncio.create_task(showing.follow())
        showing.screens += 1
        try:
            yield showing
        finally:
            showing.screens -= 1
            if not showing.screens:
                del self._showings[token]
                self._following.pop(token).cancel()

    def close(self) -> None:
        """Let all screens go, and take no others."""
        self._closing = True
        for showing in self._showings.values():
            showing.end()
