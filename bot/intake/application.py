"""python-telegram-bot's Application, which takes updates to routes: made, connected, taken down."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import cast
from urllib.parse import urlsplit

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder

from bot.base.shutdown import Stop
from bot.services import CONTEXT_TYPES, App, Services
from bot.telegram import bot_api
from bot.telegram.administrators import Rights
from bot.telegram.aiohttp_request import AiohttpRequest
from bot.telegram.bot_api import MOST_AT_ONCE
from bot.telegram.proxy import LOOPBACK, proxy_for

log = logging.getLogger(__name__)


@asynccontextmanager
async def connected(
    services: Services, token: str, stop: Stop, add_routes: Callable[[App], None]
) -> AsyncIterator[App]:
    """The Application without python-telegram-bot's updater, once Telegram has answered.

    Asked to stop before that, it is given all the same, to be let go. Raises InvalidToken,
    StorageError, ForeignDatabaseError, UserError.
    """
    application = build(services, token)
    add_routes(application)
    try:
        await _initialised(application, stop)
        if not stop:
            services.bot_username = application.bot.username
            ask = partial(bot_api.call, application.bot)
            services.rights = Rights(ask, services.clock, application.bot.id)
            await services.store.claim(application.bot.id)
        yield application
    finally:
        await application.shutdown()
        # Only a finished initialisation is undone by shutdown.
        await application.bot.shutdown()


def build(services: Services, token: str) -> App:
    """The Application without its routes; nothing is sent yet. Raises UserError."""
    url = services.settings.api_url
    address = urlsplit(url)
    # A proxy that the environment names is for the world outside.
    own_machine = address.hostname in LOOPBACK
    proxy = None if own_machine else proxy_for(url)
    heard = services.clock.heard
    request = AiohttpRequest(MOST_AT_ONCE + 16, proxy, heard)
    polling = AiohttpRequest(2, proxy, heard)
    builder = (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{url}/bot")
        .base_file_url(f"{url}/file/bot")
        .request(request)
        .get_updates_request(polling)
        .updater(None)
        .job_queue(None)
        .context_types(CONTEXT_TYPES)
    )
    # python-telegram-bot would make the bot_data itself; ours is made already.
    application = cast(App, builder.build())
    application.bot_data = services
    return application


async def _initialised(application: App, stop: Stop) -> None:
    """Wait until Telegram can be reached, or until asked to stop. Raises InvalidToken."""
    pause = 1.0
    while not stop:
        try:
            await stop.unless(application.initialize())
        except InvalidToken:
            raise
        except RetryAfter as error:
            await stop.pause(bot_api.wait_of(error))
        except TelegramError as error:
            if pause == 1.0:
                log.warning("Telegram cannot be reached (%s); trying again.", error.message)
            await stop.pause(pause)
            pause = min(30.0, pause * 2)
        else:
            return
