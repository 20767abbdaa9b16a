"""Taking over changed cases while the bot is at work."""

import asyncio
import logging
from contextlib import aclosing
from functools import partial

from bot.base.logs import place_of
from bot.base.shutdown import STORAGE_PAUSE_S
from bot.features.library.take_over import Failed, Found, TakeOver
from bot.features.publishing.settle_publication import after_reading
from bot.jobs.job_context import JobContext
from bot.jobs.watch_files import changes
from content.candidate import Broken, Sound, read_candidate
from content.file_state import file_state
from storage.errors import StorageError
from storage.ledger import Entry

log = logging.getLogger(__name__)

_LOOK_EVERY_S = 2.0  # the system's; an author who leaves a file for so long has paused to think


class Reloader:
    """Reads the cases again where they changed or somebody asks, and puts them in place.

    Under the lock that intake holds too: what is worked on in one go sees one library.
    """

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._services = context.services
        self._stop = context.stop
        self._folders = context.services.settings.case_folders
        self._seen = context.services.library.read_from
        self._judge = TakeOver(context.services, self._folders)

    async def watch(self) -> None:
        """Leave word of changed files until asked to stop, if that is wanted."""
        if not self._services.settings.watch:
            return
        look = partial(file_state, *self._folders)
        async with aclosing(changes(self._stop, look, _LOOK_EVERY_S)) as news:
            async for _ in news:
                self._services.reload_requests.news.set()

    async def run(self) -> None:
        """Work until asked to stop."""
        requests = self._services.reload_requests
        while not self._stop:
            await self._stop.or_news(requests.news, None)
            askers = frozenset(requests.take())
            try:
                await self._look(askers)
            except StorageError as error:
                log.error("Changed cases must wait: the database failed (%s).", error)
                requests.ask(*askers)
                await self._stop.pause(STORAGE_PAUSE_S)
            except Exception:
                # The cases in use are sound: nothing else may suffer from this.
                log.exception("What became of the cases cannot be told.")

    async def _look(self, askers: frozenset[int]) -> None:
        """Read the cases if there is reason to. Raises StorageError."""
        if not (askers or await self._services.store.publications.is_news()) and (
            await asyncio.to_thread(file_state, *self._folders) == self._seen
        ):
            return
        found = await self._found()
        if found is None:
            return
        async with self._context.working:
            outcome = await self._judge.tell(found, askers)
            outcome += await after_reading(self._services, found)
            entry = Entry(outcome)
            await self._services.store.ledger.commit([entry], self._services.clock.now())
            self._judge.settle(found)
        match found:
            case Sound(library):
                self._seen = library.read_from
            case Broken(_, read_from):
                self._seen = read_from
        self._context.committed([entry])

    async def _found(self) -> Found | None:
        """What lies in the folders, read in a thread of its own; None if asked to stop."""
        in_use, today, stop = self._services.library, self._services.clock.latest_day(), self._stop
        try:
            return await asyncio.to_thread(
                read_candidate,
                in_use,
                *self._folders,
                today=today,
                needed=lambda: not stop,
            )
        except Exception as error:
            log.exception("The cases could not be read again.")
            return Failed(place_of(error))
