"""Recording what came of calls, for as long as that takes, and telling who has to hear of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.shutdown import STORAGE_PAUSE_S
from bot.sending.delivery import Delivery
from storage.errors import RejectedError, StorageError
from storage.facts import PersonLeft
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import About, Outcome
from storage.settlements import Refused, Sent, Settlement
from storage.store import Store

log = logging.getLogger(__name__)


class SendingListeners(Struct, frozen=True):
    """Who hears of what is on disk: of all results; of what was refused for good; of who left."""

    settled: Callable[[Sequence[Delivery]], None]
    refused: Callable[[OwedRow, str], Awaitable[None]]
    committed: Callable[[Sequence[Entry]], None]


class ResultRecorder:
    """Writes results down before anybody hears of them."""

    def __init__(self, store: Store, clock: Clock, listeners: SendingListeners) -> None:
        self._store = store
        self._clock = clock
        self._listeners = listeners

    async def record(self, deliveries: Sequence[Delivery]) -> None:
        """Commit results. While the database fails nothing is lost, only not yet written."""
        now = self._clock.now()
        try:
            await self._settle([delivery.settlement for delivery in deliveries])
        except RejectedError:
            for delivery in deliveries:
                await self._settle_alone(delivery)
        if gone := [
            Entry(Outcome((PersonLeft(d.row.chat_id, now),))) for d in deliveries if d.gone
        ]:
            await self._patiently(lambda: self._store.ledger.commit(gone, now))
            self._listeners.committed(gone)
        for delivery in deliveries:
            match delivery:
                case Delivery(row=row, settlement=Refused(error=error), gone=False):
                    await self._patiently(partial(self._listeners.refused, row, error))
                case Delivery(row=row, without_markup=str(error)) if row.about is not None:
                    mended = replace(row, about=About(row.about.post_id))
                    await self._patiently(partial(self._listeners.refused, mended, error))
        self._listeners.settled(deliveries)

    async def _settle(self, settlements: Sequence[Settlement]) -> None:
        await self._patiently(lambda: self._store.outbox.settle(settlements))

    async def _settle_alone(self, delivery: Delivery) -> None:
        """A result that cannot be kept costs its details; the call itself must be over."""
        row_id, settlement = delivery.row.id, delivery.settlement
        try:
            await self._settle([settlement])
        except RejectedError as error:
            log.error("The result of a call of %s cannot be kept: %s", delivery.row.method, error)
            over = Sent(row_id) if isinstance(settlement, Sent) else Refused(row_id, str(error))
            await self._settle([over])

    async def _patiently(self, commit: Callable[[], Awaitable[None]]) -> None:
        """Commit; again, for as long as the database fails."""
        while True:
            try:
                return await commit()
            except StorageError as error:
                log.error("Results cannot be recorded (%s); trying again.", error)
                await asyncio.sleep(self._clock.real(STORAGE_PAUSE_S))
