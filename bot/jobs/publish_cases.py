"""Writing the files of cases that authors publish, and taking away those that they withdraw.

Files are written in a thread, under no lock: a slow disk holds nobody up. What is owed is on record
before and after; at a start it is gone on with, for what is done twice is done once.
"""

import asyncio
import logging
from collections.abc import Sequence

from bot.base.shutdown import STORAGE_PAUSE_S
from bot.features.publishing.settle_publication import after_writing, do_file
from bot.jobs.job_context import JobContext
from storage.errors import StorageError
from storage.ledger import Entry
from storage.publication_facts import PublicationAsked
from storage.publications import Publication

log = logging.getLogger(__name__)

_AT_ONCE = 20


class CasePublisher:
    """Does what is owed to files of cases, one after the other."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._services = context.services
        self._stop = context.stop
        self._news = asyncio.Event()
        self._news.set()  # something may be owed since before the start

    def note(self, entries: Sequence[Entry]) -> None:
        """Something was committed: it may be a publication."""
        facts = (fact for entry in entries for fact in entry.outcome.facts)
        if any(isinstance(fact, PublicationAsked) for fact in facts):
            self._news.set()

    async def run(self) -> None:
        """Work until asked to stop."""
        while not self._stop:
            await self._stop.or_news(self._news, None)
            self._news.clear()
            if self._stop:
                return
            try:
                await self._serve()
            except StorageError as error:
                log.error("Publishing must wait: the database failed (%s).", error)
                self._news.set()
                await self._stop.pause(STORAGE_PAUSE_S)
            except Exception:
                # It must not stop the bot; it is tried again at the next start, or with another.
                log.exception("A case could not be published.")

    async def _serve(self) -> None:
        """Raises StorageError."""
        publications = self._services.store.publications
        while not self._stop and (owed := await publications.owed(_AT_ONCE)):
            for one in owed:
                await self._do(one)
        if await publications.is_news():
            self._services.reload_requests.news.set()

    async def _do(self, one: Publication) -> None:
        kept = await self._services.store.figures.get(one.figures.values())
        if await self._services.store.publications.of_case(one.case_id) is None:
            return  # its author had themselves erased, and its pictures are gone
        figures = {path: kept[sha].content for path, sha in one.figures.items() if sha in kept}
        folder = self._services.settings.content
        result = await asyncio.to_thread(do_file, folder, one, figures)
        async with self._context.working:
            await self._context.commit(await after_writing(self._services, one, result))
