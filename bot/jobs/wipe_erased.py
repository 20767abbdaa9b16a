"""After somebody was erased: no bytes of theirs stay on the disk, as soon as nobody reads there."""

import asyncio
import logging
from collections.abc import Sequence

from bot.base.shutdown import Stop
from bot.services import Services
from storage.erasing import ERASING
from storage.errors import RejectedError, StorageError
from storage.ledger import Entry

log = logging.getLogger(__name__)

# The system's seconds between tries, and between looks for what an earlier start left undone.
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_LOOK_S = 60 * 60.0


class ErasedWiper:
    """Tries after each erasure until it succeeds."""

    def __init__(self, services: Services, stop: Stop) -> None:
        self._services = services
        self._stop = stop
        self._news = asyncio.Event()

    def note(self, entries: Sequence[Entry]) -> None:
        """Something was committed: perhaps that somebody was erased."""
        if any(isinstance(fact, ERASING) for entry in entries for fact in entry.outcome.facts):
            self._news.set()

    async def run(self) -> None:
        """Work until asked to stop."""
        pause = _FIRST_PAUSE_S
        while not self._stop:
            self._news.clear()
            done = await self._try()
            await self._stop.or_news(self._news, _LOOK_S if done else pause)
            pause = _FIRST_PAUSE_S if done else min(2 * pause, _LONGEST_PAUSE_S)

    async def _try(self) -> bool:
        try:
            return await self._services.store.wipe(self._services.clock.now())
        except (StorageError, RejectedError) as error:
            log.warning("What was erased could not be wiped from the disk yet: %s", error)
            return False
