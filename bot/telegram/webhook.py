"""Updates that Telegram posts to an address of ours: each is taken once it is on record."""

import asyncio
import hashlib
import hmac
import logging
from collections import deque
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from telegram import Bot

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.base.user_error import UserError
from bot.telegram import bot_api
from bot.telegram.batches import LIMIT, Arrival, Batch, Diverted, TokenRefusedError, nobody_told
from bot.telegram.raw_updates import ALLOWED_UPDATES, RawUpdate

log = logging.getLogger(__name__)

MAX_WAITING: Final = 1000
"""Updates held at once; Telegram itself sends at most 100 at a time."""
_CONNECTIONS: Final = 100
_LOOK_S: Final = 2.0
_LOOK_AGAIN_S: Final = 20.0
"""Seconds of the clock between looks at the webhook: while a backlog is awaited, and afterwards.
Where it was taken away, it is set again before a starting copy begins to ask for updates."""


class _Posted(Struct):
    """An update in a request that waits for its answer: True once it is on record."""

    update: RawUpdate
    taken: asyncio.Future[bool]


def secret_of(token: str) -> str:
    """The secret that Telegram is to show: from the token, so that every start has the same."""
    return hmac.new(token.encode(), b"morning-report webhook", hashlib.sha256).hexdigest()


def path_of(url: str) -> str:
    """Where requests arrive: the path of the public address."""
    return urlsplit(url).path or "/"


class Webhook:
    """A source of updates. ``take`` is given what is posted; ``keep`` holds the webhook set.

    Telegram hears that an update was taken only after it is committed; until then it posts it
    again.
    """

    def __init__(self, bot: Bot, clock: Clock, stop: Stop, url: str) -> None:
        self._bot = bot
        self._clock = clock
        self._stop = stop
        self._url = url
        self._secret = secret_of(bot.token)
        self._waiting: deque[_Posted] = deque()
        self._in_hand: list[_Posted] = []
        self._news = asyncio.Event()
        self._look = asyncio.Event()
        self._caught_up = False
        self.last_contact_s: float | None = None
        self.diverted: Diverted = nobody_told

    @property
    def caught_up(self) -> bool:
        """Whether Telegram has told that nothing waits there any more."""
        return self._caught_up

    def is_secret(self, shown: str) -> bool:
        """Whether a request shows the secret that Telegram alone was told."""
        return hmac.compare_digest(shown.encode(), self._secret.encode())

    async def take(self, update: RawUpdate) -> bool:
        """Wait until an update is on record; False where it is not, and is to come again."""
        self.last_contact_s = self._clock.monotonic()
        if len(self._waiting) >= MAX_WAITING or self._stop:
            return False
        posted = _Posted(update, asyncio.get_running_loop().create_future())
        self._waiting.append(posted)
        self._news.set()
        return await posted.taken

    async def fetch(self) -> Batch | None:
        """What has been posted since; None when asked to stop."""
        self._settle(taken=False)
        while not self._waiting and not self._stop:
            self._news.clear()
            await self._stop.or_news(self._news, None)
        if self._stop:
            self._in_hand = [*self._waiting]
            self._waiting.clear()
            self._settle(taken=False)
            return None
        self._in_hand = [self._waiting.popleft() for _ in range(min(LIMIT, len(self._waiting)))]
        # Telegram posts what different people did at once, and numbers it as they did it.
        self._in_hand.sort(key=lambda each: each.update["update_id"])
        arrival = Arrival(self._clock.now(), fresh=self._caught_up)
        return Batch([each.update for each in self._in_hand], arrival, self._clock.monotonic())

    def done(self, batch: Batch) -> None:  # noqa: ARG002 - it is the one that was fetched last
        """The batch is committed: its requests are answered."""
        self._settle(taken=True)

    def _settle(self, *, taken: bool) -> None:
        for posted in self._in_hand:
            if not posted.taken.done():
                posted.taken.set_result(taken)
            if not taken:
                # It will come again, behind whatever came meanwhile.
                self._caught_up = False
                self._look.set()
        self._in_hand = []

    async def keep(self) -> None:
        """Set the webhook, and set it again where it was changed, until asked to stop.

        Raises TokenRefusedError, UserError.
        """
        await self._set()
        while not self._stop:
            self._look.clear()
            match await self._stop.unless(bot_api.call(self._bot, "getWebhookInfo", {})):
                case bot_api.Done({"url": url}) if url != self._url:
                    self._caught_up = False
                    await self.diverted()
                    await self._set()
                case bot_api.Done({"pending_update_count": count}):
                    self.last_contact_s = self._clock.monotonic()
                    self._caught_up = self._caught_up or not count
                case bot_api.BadToken():
                    raise TokenRefusedError
            pause = self._clock.real(_LOOK_AGAIN_S if self._caught_up else _LOOK_S)
            await self._stop.or_news(self._look, pause)

    async def _set(self) -> None:
        """Tell Telegram the address. Raises as ``keep``."""
        params = {
            "url": self._url,
            "secret_token": self._secret,
            "max_connections": _CONNECTIONS,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        pause = 1.0
        while not self._stop:
            match await self._stop.unless(bot_api.call(self._bot, "setWebhook", params)):
                case bot_api.Done():
                    return
                case bot_api.BadToken():
                    raise TokenRefusedError
                case bot_api.Wrong(description) | bot_api.NotAllowed(description):
                    raise UserError(
                        f"Telegram does not take the webhook's address: {description}."
                        " Mend MORNING_REPORT_WEBHOOK."
                    )
                case bot_api.TooMany(retry_after):
                    await self._stop.pause(retry_after)
                case _:
                    log.warning("The webhook could not be set; trying again.")
                    await self._stop.pause(pause)
                    pause = min(30.0, pause * 2)
