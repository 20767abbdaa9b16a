"""Fetching updates by long polling, and confirming those that were committed."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Bot

from bot import api
from bot.clock import Clock
from bot.context import Arrival
from bot.stopping import Stop
from bot.updates import ALLOWED_UPDATES, RawUpdate

log = logging.getLogger(__name__)

LIMIT = 100  # the most that getUpdates returns at once
LONG_POLL = 30  # seconds
FRESH_WITHIN = 5_000  # ms; a longer wait in a backlog would distort the time an answer took
_LONGEST_PAUSE = 30.0  # seconds between tries while Telegram cannot be reached
_OTHER_COPY_PAUSE = 5.0  # seconds


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates as Telegram gave them, oldest first."""

    updates: Sequence[RawUpdate]
    arrival: Arrival


class Fetcher:
    """Asks for updates one batch at a time. Asking again confirms what :meth:`done` was told."""

    def __init__(self, bot: Bot, clock: Clock, stop: Stop) -> None:
        self._bot = bot
        self._clock = clock
        self._stop = stop
        self._offset: int | None = None
        self._empty_at: int | None = None
        self._failures = 0

    async def fetch(self) -> Batch | None:
        """The next batch; None after trouble (already waited out) or when asked to stop.

        Raises TokenRefusedError.
        """
        params = {
            "timeout": LONG_POLL,
            "limit": LIMIT,
            "allowed_updates": list(ALLOWED_UPDATES),
        } | ({} if self._offset is None else {"offset": self._offset})
        began = self._clock.now()
        asking = asyncio.ensure_future(
            api.call(self._bot, "getUpdates", params, timeout=self._clock.real(LONG_POLL) + 15)
        )
        stopping = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if not asking.done():
            asking.cancel()
            return None
        reply = asking.result()
        if not isinstance(reply, api.Done):
            await self._trouble(reply)
            return None
        self._failures = 0
        return self._received(reply.result, began)

    def done(self, batch: Batch) -> None:
        """Everything in the batch is committed: the next fetch may confirm it.

        The last id in Telegram's order is what confirms, not the highest: after a quiet week ids
        may start again lower, and a needlessly high offset would forget updates unseen.
        """
        if batch.updates:
            self._offset = batch.updates[-1]["update_id"] + 1
        else:
            # Confirmed. Without an offset, ids that start again lower are not passed over.
            self._offset = None

    def _received(self, result: object, began: int) -> Batch:
        now = self._clock.now()
        updates = [
            update
            for update in (result if isinstance(result, list) else [])
            if isinstance(update, dict) and isinstance(update.get("update_id"), int)
        ]
        if now - began > self._clock.speed * 1000:
            # It had to wait, so there was no backlog when it was asked.
            self._empty_at = now
        fresh = self._empty_at is not None and now - self._empty_at <= FRESH_WITHIN
        if len(updates) < LIMIT:
            self._empty_at = now
        return Batch(updates, Arrival(now, fresh))

    async def _trouble(self, reply: api.Reply) -> None:
        # What was waiting at Telegram meanwhile is a backlog.
        self._empty_at = None
        self._failures += 1
        pause = min(_LONGEST_PAUSE, 2.0 ** min(self._failures - 1, 5))
        match reply:
            case api.BadToken():
                raise TokenRefusedError
            case api.Taken(description):
                pause = _OTHER_COPY_PAUSE
                if self._failures == 1:
                    log.warning(
                        "Telegram refuses to hand out updates: %s. Another copy of this bot seems"
                        " to run, or a webhook is set; trying again until it is gone.",
                        description,
                    )
            case api.TooMany(retry_after):
                pause = retry_after
            case _:
                if self._failures == 1:
                    why = getattr(reply, "description", "no answer")
                    log.warning("No updates from Telegram (%s); trying again.", why)
        await self._stop.pause(pause)
