"""Fetching updates by long polling, and confirming those that were committed."""

import logging
from collections.abc import Callable

from msgspec.structs import replace
from telegram import Bot

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.telegram import bot_api
from bot.telegram.batches import LIMIT, Arrival, Batch, Diverted, TokenRefusedError, nobody_told
from bot.telegram.raw_updates import ALLOWED_UPDATES, RawUpdate, is_id

log = logging.getLogger(__name__)

LONG_POLL_S = 30  # seconds
FRESH_WITHIN_S = 5.0  # the system's seconds; longer in a backlog would distort an answer's time
_LONGEST_PAUSE_S = 30.0  # seconds between tries while Telegram cannot be reached
_REFUSED_PAUSE_S = 0.5  # seconds
_WEBHOOK_PAUSE_S = 5.0  # seconds
_TOLD_EVERY_S = 3600.0  # seconds between two lines about another copy


class Fetcher:
    """Asks for updates one batch at a time. Asking again confirms what :meth:`done` was told.

    ``answer_within_s`` is how many of the system's seconds an answer may take beyond the long poll;
    ``told`` is given every answer.
    """

    def __init__(
        self,
        bot: Bot,
        clock: Clock,
        stop: Stop,
        answer_within_s: float,
        told: Callable[[bot_api.Reply], None] = lambda _: None,
    ) -> None:
        self._bot = bot
        self._clock = clock
        self._stop = stop
        self._answer_within_s = answer_within_s
        self._told = told
        self._first: Batch | None = None
        self._offset: int | None = None
        self._drained_at: float | None = None  # when nothing more waited; None: it may be a lot
        self._caught_up = False
        self._failures = 0
        self._said: type[bot_api.Reply] | None = None
        self._refusal_told_at = -_TOLD_EVERY_S
        self.last_contact_s: float | None = None
        """When Telegram last answered as it should, by the clock's monotonic."""
        self.diverted: Diverted = nobody_told

    @property
    def caught_up(self) -> bool:
        """Whether nothing that Telegram took long ago can still be waiting there."""
        return self._caught_up

    def begin_with(self, batch: Batch) -> None:
        """Give this first: what a look has found already."""
        self._first = batch

    async def fetch(self) -> Batch | None:
        """The next batch; None after trouble (already waited out) or when asked to stop.

        Raises TokenRefusedError.
        """
        if self._first is not None:
            batch, self._first = self._first, None
            return batch
        began, drained_at = self._clock.monotonic(), self._drained_at
        self._drained_at = None
        # After a break an answer at once tells what is backlog, and what comes from then on.
        found = await self.look(0 if drained_at is None else LONG_POLL_S)
        # Until done() says so: what has come is not yet on record, and more may be behind it.
        self._caught_up = isinstance(found, Batch) and not found.updates and self._caught_up
        if isinstance(found, bot_api.UpdatesTaken):
            await self._refused(found)
        if not isinstance(found, Batch):
            return None
        fresh = drained_at is not None and self._clock.real(began - drained_at) <= FRESH_WITHIN_S
        return replace(found, arrival=replace(found.arrival, fresh=fresh))

    async def look(self, wait_s: int) -> Batch | bot_api.UpdatesTaken | None:
        """Ask once, and wait so long for a first update: a batch, or the refusal of a second copy.

        None after trouble (already waited out) or when asked to stop. Raises TokenRefusedError.
        """
        reply = await self._stop.unless(self._ask(wait_s))
        if reply is None:
            return None
        self._told(reply)
        if isinstance(reply, bot_api.UpdatesTaken):
            return reply
        updates = _updates(reply)
        if updates is None:
            await self._trouble(reply)
            return None
        if self._said not in (None, bot_api.TooMany):
            log.info("Telegram gives updates again.")
        self._failures, self._said = 0, None
        self.last_contact_s = self._clock.monotonic()
        at_once = wait_s == 0
        return Batch(updates, Arrival(self._clock.now(), fresh=False), self.last_contact_s, at_once)

    def done(self, batch: Batch) -> None:
        """Everything in the batch is committed: the next fetch may confirm it.

        The last id in Telegram's order is what confirms, not the highest: after a quiet week ids
        may start again lower, and a needlessly high offset would forget updates unseen.
        """
        if batch.updates:
            offset = batch.updates[-1]["update_id"] + 1
            if offset == self._offset:
                # They came again all the same, so it is the highest after all.
                offset = max(update["update_id"] for update in batch.updates) + 1
            self._offset = offset
        else:
            # Confirmed. Without an offset, ids that start again lower are not passed over.
            self._offset = None
        # Asked twice within half a second, by whomever, Telegram gives one however many wait.
        one_of_many = batch.at_once and len(batch.updates) == 1
        if len(batch.updates) < LIMIT and not one_of_many:
            self._drained_at = batch.read_at
            self._caught_up = True

    async def _ask(self, wait_s: int) -> bot_api.Reply:
        params = {"timeout": wait_s, "limit": LIMIT, "allowed_updates": list(ALLOWED_UPDATES)}
        if self._offset is not None:
            params["offset"] = self._offset
        timeout = self._clock.real(wait_s) + self._answer_within_s
        return await bot_api.call(self._bot, "getUpdates", params, timeout=timeout)

    async def _refused(self, refusal: bot_api.UpdatesTaken) -> None:
        """Stay at work: who else asks is a starting copy, which is refused next, and ends."""
        if refusal.by_webhook:
            await self.diverted()
            await self._stop.pause(_WEBHOOK_PAUSE_S)
            return
        now = self._clock.monotonic()
        if now - self._refusal_told_at >= _TOLD_EVERY_S:
            self._refusal_told_at = now
            log.warning(
                "Another copy of this bot asks for its updates too (%s). This one stays at work;"
                " end the other.",
                refusal.description,
            )
        await self._stop.pause(_REFUSED_PAUSE_S)

    async def _trouble(self, reply: bot_api.Reply) -> None:
        self._failures += 1
        pause = min(_LONGEST_PAUSE_S, 2.0 ** min(self._failures - 1, 5))
        news, self._said = type(reply) is not self._said, type(reply)
        match reply:
            case bot_api.BadToken():
                raise TokenRefusedError
            case bot_api.TooMany(retry_after):
                pause = retry_after
            case _:
                if news:
                    why = getattr(reply, "description", "not a list of updates")
                    log.warning("No updates from Telegram (%s); trying again.", why)
        await self._stop.pause(pause)


def _updates(reply: bot_api.Reply) -> list[RawUpdate] | None:
    """The updates of a reply, without what has no usable id; None where nothing is of use."""
    if not isinstance(reply, bot_api.Done) or not isinstance(reply.result, list):
        return None
    updates = [
        update
        for update in reply.result
        if isinstance(update, dict) and is_id(update.get("update_id"))
    ]
    return updates if updates or not reply.result else None
