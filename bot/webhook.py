"""Updates that Telegram posts to an address of ours: each is taken once it is on record."""

import asyncio
import hashlib
import hmac
import json
import logging
from collections import deque
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from telegram import Bot

from bot import api
from bot.batches import LIMIT, Batch, TokenRefusedError
from bot.clock import Clock
from bot.context import Arrival
from bot.stopping import Stop
from bot.updates import ALLOWED_UPDATES, RawUpdate, is_id

log = logging.getLogger(__name__)

MAX_BODY: Final = 1024 * 1024
"""Bytes; Telegram's updates are far smaller."""
MAX_WAITING: Final = 1000
"""Updates held at once; Telegram itself sends at most 100 at a time."""
_CONNECTIONS: Final = 100
_HEADER: Final = "x-telegram-bot-api-secret-token"
_LOOK: Final = 2.0
_LOOK_AGAIN: Final = 60.0
"""Seconds of the clock between looks at the webhook: while a backlog is awaited, and afterwards."""


class WebhookLostError(Exception):
    """Another program has taken the webhook away; the message says what to do."""


@dataclass(slots=True)
class _Posted:
    """An update in a request that waits for its answer: True once it is on record."""

    update: RawUpdate
    taken: asyncio.Future[bool]


def secret_of(token: str) -> str:
    """The secret that Telegram is to show: from the token, so that every start has the same."""
    return hmac.new(token.encode(), b"morning-report webhook", hashlib.sha256).hexdigest()


class Webhook:
    """A source of updates. Its ``receive`` answers requests; ``keep`` holds the webhook set.

    A request is answered with 200 only after its update is committed; until then Telegram sends
    it again.
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

    @property
    def path(self) -> str:
        """Where requests arrive: the path of the public address."""
        return urlsplit(self._url).path or "/"

    @property
    def caught_up(self) -> bool:
        """Whether Telegram has told that nothing waits there any more."""
        return self._caught_up

    async def receive(self, request: Request) -> Response:
        """Take an update, or say why not; the answer waits until the update is on record."""
        shown = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret.encode()):
            return PlainTextResponse("the secret is wrong or missing", 403)
        body = await _bounded(request)
        if body is None:
            return PlainTextResponse("too large for an update", 413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("not JSON", 400)
        if not isinstance(update, dict) or not is_id(update.get("update_id")):
            return PlainTextResponse("not an update", 400)
        if len(self._waiting) >= MAX_WAITING or self._stop:
            return _later()
        posted = _Posted(update, asyncio.get_running_loop().create_future())
        self._waiting.append(posted)
        self._news.set()
        return PlainTextResponse("") if await posted.taken else _later()

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
        """Set the webhook, and watch over it until asked to stop.

        Raises TokenRefusedError, WebhookLostError.
        """
        if not await self._set():
            return
        while not self._stop:
            self._look.clear()
            match await self._stop.unless(api.call(self._bot, "getWebhookInfo", {})):
                case api.Done({"url": url}) if url != self._url:
                    raise WebhookLostError(_lost(bool(url)))
                case api.Done({"pending_update_count": count}):
                    self._caught_up = self._caught_up or not count
                case api.BadToken():
                    raise TokenRefusedError
            pause = self._clock.real(_LOOK_AGAIN if self._caught_up else _LOOK)
            await self._stop.or_news(self._look, pause)

    async def _set(self) -> bool:
        """Tell Telegram the address; False when asked to stop first."""
        params = {
            "url": self._url,
            "secret_token": self._secret,
            "max_connections": _CONNECTIONS,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        pause = 1.0
        while not self._stop:
            match await self._stop.unless(api.call(self._bot, "setWebhook", params)):
                case api.Done():
                    return True
                case api.BadToken():
                    raise TokenRefusedError
                case api.Wrong(description) | api.NotAllowed(description):
                    raise WebhookLostError(
                        f"Telegram does not take the webhook's address: {description}."
                        " Mend MORNING_REPORT_WEBHOOK."
                    )
                case api.TooMany(retry_after):
                    await self._stop.pause(retry_after)
                case _:
                    log.warning("The webhook could not be set; trying again.")
                    await self._stop.pause(pause)
                    pause = min(30.0, pause * 2)
        return False


def _lost(elsewhere: bool) -> str:
    what = "set to another address" if elsewhere else "removed"
    return (
        f"The bot's webhook was {what}: another copy of this bot seems to run. Stop one of the two;"
        " to make this one take over, start it again with --take-over."
    )


async def _bounded(request: Request) -> bytes | None:
    """The body, or None where it is too large."""
    if int(request.headers.get("content-length", 0)) > MAX_BODY:
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _later() -> Response:
    return PlainTextResponse("not now", 503, headers={"Retry-After": "2"})
