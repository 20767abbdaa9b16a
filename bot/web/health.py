"""The bot's own small web server: health, metrics, live rounds' screens, and the webhook if any."""

import json
import logging
from collections.abc import Mapping
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.base.listen_address import HEALTH, METRICS, READINESS
from bot.services import Services
from bot.telegram.raw_updates import is_id
from bot.telegram.webhook import Webhook, path_of
from bot.web.live_screen import LiveScreen
from bot.web.metrics import CONTENT_TYPE, Metrics
from storage.errors import StorageError
from storage.outbox import Backlog

MAX_BODY: Final = 1024 * 1024
"""Bytes; Telegram's updates are far smaller."""
_SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the name, not the secret
log = logging.getLogger(__name__)

# Telegram answers a long poll within 30 seconds; a webhook is looked at every minute.
_CONTACT_WITHIN_S = 90.0  # the clock's seconds


class Web:
    """Answers requests about one bot, and takes updates where they come by webhook."""

    def __init__(self, services: Services, metrics: Metrics) -> None:
        self.services = services
        self.metrics = metrics
        self._live = LiveScreen(services)

    def application(self) -> Starlette:
        """What a server serves."""
        routes = [
            Route(HEALTH, self._healthz),
            Route(READINESS, self._readyz),
            Route(METRICS, self._metrics),
            *self._live.routes(),
        ]
        if url := self.services.settings.webhook:
            routes.append(Route(path_of(url), self._receive, methods=["POST"]))
        application = Starlette(routes=routes)
        # It would name an address here, which is another in front of a proxy.
        application.router.redirect_slashes = False
        return application

    def close(self) -> None:
        """Let go of those that would stay: the server is about to stop."""
        self._live.close()

    async def _receive(self, request: Request) -> Response:
        """Take an update from Telegram, or say why not; the answer waits until it is on record."""
        webhook = self.metrics.source
        if not isinstance(webhook, Webhook):
            return _not_now()
        if not webhook.is_secret(request.headers.get(_SECRET_HEADER, "")):
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
        if await webhook.take(update):
            return PlainTextResponse("")
        return _not_now()

    async def _healthz(self, _request: Request) -> Response:
        """Whether the program lives; one that cannot answer is to be started again."""
        return JSONResponse({"alive": True})

    async def _readyz(self, _request: Request) -> Response:
        """Whether learners are served now: Telegram gives, and the database takes."""
        ready = self._ready(await self._backlog())
        return JSONResponse(ready, 200 if all(ready.values()) else 503)

    def _ready(self, backlog: Backlog | None) -> Mapping[str, bool]:
        source = self.metrics.source
        heard = None if source is None else source.last_contact_s
        now = self.services.clock.monotonic()
        return {
            "telegram": heard is not None and now - heard < _CONTACT_WITHIN_S,
            "database": backlog is not None and self.services.store.takes,
            "cases": len(self.services.library.cases) > 0,
        }

    async def _metrics(self, _request: Request) -> Response:
        """For Prometheus."""
        backlog = await self._backlog()
        if backlog is None:
            return Response("the database failed", 503)
        now = self.services.clock.now()
        ready = self._ready(backlog)
        text = self.metrics.text(backlog, len(self.services.library.cases), ready, now)
        return Response(text, media_type=CONTENT_TYPE)

    async def _backlog(self) -> Backlog | None:
        try:
            return await self.services.store.outbox.backlog()
        except StorageError as error:
            log.warning("The outbox could not be counted: %s", error)
            return None


def _not_now() -> Response:
    return PlainTextResponse("not now", 503, headers={"Retry-After": "2"})


async def _bounded(request: Request) -> bytes | None:
    """The body, or None where it is too large."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
