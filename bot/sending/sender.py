"""Sending what is owed: from the outbox, in order, within the limits, until Telegram has it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.logs import place_of
from bot.base.shutdown import STORAGE_PAUSE_S, Stop
from bot.sending.back_off import BackOff
from bot.sending.chat_queues import ChatQueues
from bot.sending.delivery import Deliverer, Delivery, TokenRevokedError
from bot.sending.rate_limits import Limiter
from bot.telegram.bot_api import MOST_AT_ONCE
from storage.errors import RejectedError, StorageError
from storage.facts import PersonLeft
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import About, Outcome
from storage.settlements import Moved, Postponed, Refused, Sent, Settlement
from storage.store import Store

log = logging.getLogger(__name__)

_BROADCASTS = 16  # of these at most: where Telegram is slow, a broadcast would take all
LAST_CALLS_S = 3.0  # the system's seconds that calls under way are given when asked to stop


class SendingListeners(Struct, frozen=True):
    """Who hears of results that are on disk: of all, and of what was refused for good."""

    settled: Callable[[Sequence[Delivery]], None]
    refused: Callable[[OwedRow, str], Awaitable[None]]


class Sender:
    """Takes rows from the outbox and settles each by what Telegram says.

    A chat has one call under way at a time, and the next only after the result of the last is on
    disk: so a crash repeats at most one message per chat.
    """

    def __init__(
        self,
        deliverer: Deliverer,
        store: Store,
        clock: Clock,
        stop: Stop,
        listeners: SendingListeners,
    ) -> None:
        self._deliverer = deliverer
        self._store = store
        self._clock = clock
        self._stop = stop
        self._listeners = listeners
        self._queues = ChatQueues()
        self.limiter = Limiter(clock.monotonic())
        """What sending keeps to: Telegram's pace, unless another is put here before the start."""
        self._last_id = 0
        # In which queue each row under way stands: the chat may get a new id meanwhile.
        self._queue_of: dict[int, int] = {}
        self._calls: set[asyncio.Task[None]] = set()
        self._broadcasts = 0  # of the calls under way
        self._results: asyncio.Queue[Delivery] = asyncio.Queue()
        self._something = asyncio.Event()
        self._back_off = BackOff()
        self._failure: BaseException | None = None

    @property
    def in_flight(self) -> frozenset[int]:
        """The rows being sent, or sent and not yet settled."""
        return self._queues.busy

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._something.set()

    def moved(self, chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup; storage knows."""
        self._queues.follow(chat_id, new_chat_id)
        self.wake()

    async def run(self) -> None:
        """Send until asked to stop. Raises TokenRevokedError."""
        settling = asyncio.create_task(self._settle_results())
        settling.add_done_callback(self._ended)
        try:
            while not self._stop and self._failure is None:
                self._something.clear()
                until = None
                try:
                    await self._take_in()
                    until = await self._send_what_may_go()
                except StorageError as error:
                    log.error("The outbox cannot be read (%s); trying again.", error)
                    await self._stop.pause(STORAGE_PAUSE_S)
                    self._something.set()
                await self._idle(until)
        finally:
            await self._finish(settling)
        if self._failure is not None:
            raise self._failure

    async def _take_in(self) -> None:
        for waiting in await self._store.outbox.waiting(self._last_id):
            self._queues.add(waiting)
            self._last_id = waiting.id

    async def _send_what_may_go(self) -> float | None:
        """Begin as many calls as the limits allow now; tells when to look again without news."""
        now, free = self._clock.monotonic(), self._free_calls()
        broadcasts = _BROADCASTS - self._broadcasts
        chosen: dict[int, int] = {}
        while (
            len(chosen) < free
            and now >= self._back_off.wait_until_s
            and self.limiter.delay(now) == 0
            and (waiting := self._queues.next(now, people_alone=broadcasts <= 0)) is not None
        ):
            wait = self.limiter.chat_delay(waiting.chat_id, now)
            if wait > 0:
                self._queues.pause(waiting.chat_id, now + wait)
            else:
                self.limiter.begin()
                chosen[waiting.id] = waiting.chat_id
                broadcasts -= waiting.broadcast
        # By the same ``now`` as the decisions: nothing can fall between them and the wait.
        later = self._next_chance(free - len(chosen), now)
        if chosen:
            await self._begin(chosen)
        return later

    def _free_calls(self) -> int:
        """How many calls may begin now, for all that is known of Telegram."""
        if self._back_off.nobody_is_served:
            # The next try is decided by what came of the last.
            return 1 - len(self._queue_of)
        return MOST_AT_ONCE - len(self._calls)

    def _next_chance(self, free: int, now: float) -> float | None:
        """When something may go that may not go now; None where only news can change that."""
        if free <= 0:
            return None
        hold = max(self._back_off.wait_until_s - now, self.limiter.delay(now))
        if hold > 0:
            return now + hold if self._queues else None
        return self._queues.wakes_at()

    async def _begin(self, chosen: dict[int, int]) -> None:
        try:
            rows = await self._store.outbox.begin(list(chosen), self._clock.now())
        except StorageError:
            for chat_id in chosen.values():
                self.limiter.call_off()
                self._queues.pause(chat_id, self._clock.monotonic() + STORAGE_PAUSE_S)
            raise
        for row in rows:
            self._queue_of[row.id] = chosen.pop(row.id)
            self._broadcasts += row.broadcast
            call = asyncio.create_task(self._call(row))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
            call.add_done_callback(self._ended)
        for chat_id in chosen.values():
            # No longer owed: replaced by a newer edit, or its person is gone. The next one may go.
            self.limiter.call_off()
            self._queues.done(chat_id)
            self._something.set()

    async def _call(self, row: OwedRow) -> None:
        try:
            delivery = await self._deliverer.deliver(row)
        except StorageError as error:
            log.error("A figure cannot be read (%s); trying again.", error)
            delivery = Delivery(row, Postponed(row.id, done_perhaps=False), pause_s=STORAGE_PAUSE_S)
        except TokenRevokedError:
            raise
        except Exception as error:
            # A call that cannot be made, or its answer not be read, must not hold up its chat.
            log.exception("A call of %s could not be made.", row.method)
            refused = Refused(row.id, place_of(error), done_perhaps=True)
            delivery = Delivery(row, refused)
        finally:
            self._broadcasts -= row.broadcast
            self.limiter.end(row.chat_id, self._clock.monotonic())
        await self._results.put(delivery)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failure = error
        self._something.set()

    async def _idle(self, until: float | None) -> None:
        """Wait until there is something new or the time has come."""
        sleep = None if until is None else max(0.0, until - self._clock.monotonic())
        within = None if sleep is None else self._clock.real(sleep)
        await self._stop.or_news(self._something, within)

    async def _settle_results(self) -> None:
        """Record results as they come; those that come together share a commit."""
        while True:
            deliveries = [await self._results.get()]
            while not self._results.empty():
                deliveries.append(self._results.get_nowait())
            await self._record(deliveries)
            for delivery in deliveries:
                self._go_on(delivery)
                self._results.task_done()
            self._something.set()

    async def _record(self, deliveries: Sequence[Delivery]) -> None:
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

    def _go_on(self, delivery: Delivery) -> None:
        """What a settled result means for the chat and for the rest."""
        row, now = delivery.row, self._clock.monotonic()
        queue = self._queue_of.pop(row.id)
        self._back_off.note(delivery, now)
        match delivery.settlement:
            case Refused(error=error):
                log.warning("Telegram refused %s for good: %s", row.method, error)
                self._queues.done(queue)
            case Sent():
                self._queues.done(queue)
            case Moved(_, _, new_chat_id):
                self._queues.move(queue, new_chat_id)
            case Postponed():
                self._queues.pause(queue, now + delivery.pause_s)

    async def _finish(self, settling: asyncio.Task[None]) -> None:
        """Let calls under way end, and record what came of them."""
        if self._calls:
            await asyncio.wait(self._calls, timeout=LAST_CALLS_S)
        for call in list(self._calls):
            call.cancel()
        try:
            async with asyncio.timeout(1):
                await self._results.join()
        except TimeoutError:
            log.warning("Some results could not be recorded; those messages may be sent again.")
        settling.cancel()
