"""The loop that brings parked votes home."""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence

from bot.base.logs import place_of
from bot.base.shutdown import STORAGE_PAUSE_S, Stop
from bot.intake.administrator_alerts import AdministratorAlerts
from bot.intake.poll_matching import TELL_AFTER_MS, match_vote
from bot.services import Services
from storage.errors import StorageError
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.polls import ParkedAnswer

log = logging.getLogger(__name__)


class UnmatchedVotes:
    """Looks at the parked votes whenever there is news, and now and then without.

    ``working`` is the lock that intake holds too; ``in_flight`` tells which sends may still be
    answered; ``committed`` is called after each commit.
    """

    def __init__(
        self,
        services: Services,
        working: asyncio.Lock,
        stop: Stop,
        in_flight: Callable[[], Collection[int]],
        committed: Callable[[Sequence[Entry]], None],
    ) -> None:
        self._services = services
        self._working = working
        self._stop = stop
        self._in_flight = in_flight
        self._committed = committed
        self._news = asyncio.Event()
        self._failed: set[int] = set()
        self._alerts = AdministratorAlerts(
            services.settings.admins, services.languages.choose(None, None)
        )

    def wake(self) -> None:
        """A vote was parked, or a poll became known."""
        self._news.set()

    async def run(self) -> None:
        """Work until asked to stop."""
        while not self._stop:
            self._news.clear()
            try:
                for parked in await self._services.store.polls.parked():
                    if parked.update_id not in self._failed and not self._stop:
                        await self._try(parked)
            except StorageError as error:
                log.error("Parked votes must wait: the database failed (%s).", error)
                await self._stop.pause(STORAGE_PAUSE_S)
            else:
                await self._wait()

    async def _try(self, parked: ParkedAnswer) -> None:
        """Handle a parked vote if its time has come. Raises StorageError."""
        async with self._working:
            if not await self._services.store.polls.is_parked(parked.update_id):
                return  # its person was forgotten meanwhile
            try:
                outcome = await match_vote(self._services, parked, self._in_flight)
                if outcome is None:
                    return
                entry = await self._commit(outcome)
            except StorageError:
                raise
            except Exception as error:
                # It stays parked: a later version of the program may know what to do with it.
                log.exception("A parked vote cannot be handled.")
                self._failed.add(parked.update_id)
                now = self._services.clock.now()
                told = self._alerts.about("poll_answer", place_of(error), now)
                entry = await self._commit(Outcome(owed=told))
        self._committed([entry])

    async def _commit(self, outcome: Outcome) -> Entry:
        entry = Entry(outcome)
        await self._services.store.ledger.commit([entry], self._services.clock.now())
        return entry

    async def _wait(self) -> None:
        """Until there is news; and once a minute, for those who should be told."""
        await self._stop.or_news(self._news, self._services.clock.real(TELL_AFTER_MS / 1000))
