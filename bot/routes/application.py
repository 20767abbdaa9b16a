"""python-telegram-bot's Application: made, connected to Telegram, and taken down."""

import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import httpx
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder

from bot.base.shutdown import Stop
from bot.routes import add_handlers
from bot.services import CONTEXT_TYPES, App, Services
from bot.telegram import api
from bot.telegram.administrators import Rights
from bot.telegram.api import MOST_AT_ONCE
from bot.telegram.proxy import LOOPBACK, proxy_for
from bot.telegram.transport import Transport

log = logging.getLogger(__name__)


@asynccontextmanager
async def connected(services: Services, token: str, stop: Stop) -> AsyncIterator[App]:
    """The Application without python-telegram-bot's updater, once Telegram has answered.

    Asked to stop before that, it is given all the same, to be let go. Raises InvalidToken,
    StorageError, ForeignDatabaseError, UserError.
    """
    application = build(services, token)
    try:
        await _initialised(application, stop)
        if not stop:
            services.bot_username = application.bot.username
            ask = partial(api.call, application.bot)
            services.rights = Rights(ask, services.clock, application.bot.id)
            await services.store.claim(application.bot.id)
        yield application
    finally:
        await application.shutdown()
        # Only a finished initialisation is undone by shutdown.
        await application.bot.shutdown()


def build(services: Services, token: str) -> App:
    """The Application with all handlers; nothing is sent yet. Raises UserError."""
    url = services.settings.api_url
    address = urlsplit(url)
    # A proxy that the environment names is for the world outside.
    own_machine = address.hostname in LOOPBACK
    # One context for both: to read the machine's certificates takes a while. A server on this
    # machine without TLS needs none; a context without any trusts nobody.
    if own_machine and address.scheme == "http":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        context = httpx.create_ssl_context(trust_env=not own_machine)
    proxy = None if own_machine else proxy_for(url)
    request = Transport(MOST_AT_ONCE + 16, context, proxy)
    polling = Transport(2, context, proxy)
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
    add_handlers(application)
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
            await stop.pause(api.wait_of(error))
        except TelegramError as error:
            if pause == 1.0:
                log.warning("Telegram cannot be reached (%s); trying again.", error.message)
            await stop.pause(pause)
            pause = min(30.0, pause * 2)
        else:
            return
