"""Fetching updates by long polling, and confirming those that were committed."""

import asyncio
import logging
from collections.abc import Callable

from telegram import Bot

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.telegram import bot_api
from bot.telegram.batches import LIMIT, Arrival, Batch, OtherCopyError, TokenRefusedError
from bot.telegram.raw_updates import ALLOWED_UPDATES, RawUpdate, is_id

log = logging.getLogger(__name__)

LONG_POLL_S = 30  # seconds
FRESH_WITHIN_S = 5.0  # the system's seconds; longer in a backlog would distort an answer's time
_LONGEST_PAUSE_S = 30.0  # seconds between tries while Telegram cannot be reached
_OTHER_COPY_PAUSE_S = 5.0  # seconds
# Of two copies both are refused in turn: the younger gives way.
YOUNG_S = 60.0  # seconds
_CONFLICTS = 3
_OTHER_COPY = (
    "Another copy of this bot fetches its updates. Stop that one first; two copies with one token"
    " would take each other's updates."
)


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
        self._offset: int | None = None
        self._drained_at: float | None = None  # when nothing more waited; None: it may be a lot
        self._caught_up = False
        self._failures = 0
        self._said: type[bot_api.Reply] | None = None
        self._began = clock.monotonic()
        self._conflicts = 0
        self.last_contact_s: float | None = None
        """When Telegram last answered as it should, by the clock's monotonic."""
        self.asked = asyncio.Event()
        """Set once the first question is answered, or will not be."""

    @property
    def caught_up(self) -> bool:
        """Whether nothing that Telegram took long ago can still be waiting there."""
        return self._caught_up

    async def fetch(self) -> Batch | None:
        """The next batch; None after trouble (already waited out) or when asked to stop.

        Raises TokenRefusedError, OtherCopyError.
        """
        began, drained_at = self._clock.monotonic(), self._drained_at
        self._drained_at = None
        # After a break an answer at once tells what is backlog, and what comes from then on.
        reply = await self._stop.unless(self._ask(0 if drained_at is None else LONG_POLL_S))
        self.asked.set()
        if reply is None:
            return None
        self._told(reply)
        updates = _updates(reply)
        # Until done() says so: what has come is not yet on record, and more may be behind it.
        self._caught_up = updates == [] and self._caught_up
        if updates is None:
            await self._trouble(reply)
            return None
        if self._said not in (None, bot_api.TooMany):
            log.info("Telegram gives updates again.")
        self._failures, self._said = 0, None
        self.last_contact_s = self._clock.monotonic()
        fresh = drained_at is not None and self._clock.real(began - drained_at) <= FRESH_WITHIN_S
        return Batch(updates, Arrival(self._clock.now(), fresh), self._clock.monotonic())

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
        if len(batch.updates) < LIMIT:
            self._drained_at = batch.read_at
            self._caught_up = True

    async def _ask(self, wait: int) -> bot_api.Reply:
        params = {"timeout": wait, "limit": LIMIT, "allowed_updates": list(ALLOWED_UPDATES)}
        if self._offset is not None:
            params["offset"] = self._offset
        timeout = self._clock.real(wait) + self._answer_within_s
        return await bot_api.call(self._bot, "getUpdates", params, timeout=timeout)

    async def _trouble(self, reply: bot_api.Reply) -> None:
        self._failures += 1
        pause = min(_LONGEST_PAUSE_S, 2.0 ** min(self._failures - 1, 5))
        news, self._said = type(reply) is not self._said, type(reply)
        match reply:
            case bot_api.BadToken():
                raise TokenRefusedError
            case bot_api.Taken(description):
                pause = _OTHER_COPY_PAUSE_S
                self._conflicts += 1
                young = self._clock.monotonic() - self._began < YOUNG_S
                if young and self._conflicts >= _CONFLICTS:
                    raise OtherCopyError(_OTHER_COPY)
                if news:
                    log.warning(
                        "Telegram refuses to hand out updates: %s. Another copy of this bot seems"
                        " to run, or a webhook is set; trying again until it is gone.",
                        description,
                    )
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
