"""The whole bot, wired in one place."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import cast
from urllib.parse import urlsplit

from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot import api
from bot.adoption import Adoption
from bot.batches import TokenRefusedError
from bot.context import CONTEXT_TYPES, App, Arrival, Services
from bot.courier import MOST_AT_ONCE, Courier, Listeners
from bot.delivery import Carrier, TokenRevokedError
from bot.deposits import Deposits
from bot.fetching import Fetcher
from bot.handlers import add_handlers
from bot.i18n import Languages
from bot.intake import Intake
from bot.limits import TELEGRAM, Limiter, Pace
from bot.refusals import Refusals
from bot.registration import register
from bot.reloading import Reloader, case_folders
from bot.settings import Settings
from bot.stopping import Stop
from bot.timekeeping import Timekeeper
from bot.usecases.chats.rights import Rights
from content.library import Library, load_library
from storage.chat_facts import ChatMoved
from storage.errors import ForeignDatabaseError, StorageError
from storage.facts import AnswerParked, UnknownPollSeen
from storage.ledger import Entry
from storage.store import DAY, Store

log = logging.getLogger(__name__)

PATIENCE = 15.0
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class BotError(Exception):
    """The bot cannot run; the message says why and what to do."""


async def serve(settings: Settings, token: str, stop: Stop, patience: float = PATIENCE) -> None:
    """Run the bot until asked to stop. Raises BotError.

    ``patience``: the system's seconds that an answer from Telegram may take.
    """
    async with equipped(settings, read_library(settings)) as services:
        await attend(services, token, stop, patience)


@asynccontextmanager
async def equipped(settings: Settings, library: Library) -> AsyncIterator[Services]:
    """What a bot works with; the database is closed at the end. Raises BotError.

    Whoever holds it may put another library into it at any time.
    """
    try:
        store = await Store.open(settings.database, settings.clock.now())
    except (StorageError, ForeignDatabaseError) as error:
        raise _unusable(settings, error) from error
    try:
        yield Services(
            settings,
            settings.clock,
            store,
            library,
            Languages.load(),
            Deposits(),
            Arrival(settings.clock.now(), fresh=False),
        )
    finally:
        await store.close()


async def attend(
    services: Services, token: str, stop: Stop, patience: float = PATIENCE, pace: Pace = TELEGRAM
) -> None:
    """Be the bot until asked to stop, sending no faster than ``pace``. Raises BotError."""
    try:
        async with _application(services, token, stop) as application:
            if not stop:
                await _work(application, stop, patience, pace)
    except (InvalidToken, TokenRefusedError, TokenRevokedError):
        raise BotError(
            "Telegram does not accept the token. Copy it again from BotFather (/mybots, API Token)"
            " into MORNING_REPORT_TOKEN, or into the file that MORNING_REPORT_TOKEN_FILE names."
        ) from None
    except (StorageError, ForeignDatabaseError) as error:
        raise _unusable(services.settings, error) from error


def _unusable(settings: Settings, error: Exception) -> BotError:
    return BotError(f"The database {settings.database} cannot be used: {error}.")


def read_library(settings: Settings) -> Library:
    """The shipped cases and the residency's own; broken files are named, and left out."""
    library = load_library(*case_folders(settings))
    for problem in library.problems:
        log.warning("%s", problem)
    log.info("%d cases", len(library.cases))
    return library


@asynccontextmanager
async def _application(services: Services, token: str, stop: Stop) -> AsyncIterator[App]:
    """python-telegram-bot's Application without its updater, initialised and shut down."""
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
    """The Application with all handlers; nothing is sent yet."""
    url = services.settings.api_url
    # A proxy that the environment names is for the world outside.
    own_machine = urlsplit(url).hostname in _LOOPBACK
    request = HTTPXRequest(
        connection_pool_size=MOST_AT_ONCE + 16,
        httpx_kwargs={"trust_env": not own_machine},
    )
    polling = HTTPXRequest(connection_pool_size=2, httpx_kwargs={"trust_env": not own_machine})
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


async def _work(application: App, stop: Stop, patience: float, pace: Pace) -> None:
    services: Services = application.bot_data
    working = asyncio.Lock()
    carrier = Carrier(application.bot, services.store.figures, services.clock, patience)

    def committed(entries: Sequence[Entry]) -> None:
        courier.wake()
        timekeeper.hear(entries)
        for fact in (fact for entry in entries for fact in entry.outcome.facts):
            match fact:
                case AnswerParked() | UnknownPollSeen():
                    adoption.wake()
                case ChatMoved(chat_id=chat_id, new_chat_id=new_chat_id):
                    courier.moved(chat_id, new_chat_id)

    def polls_settled() -> None:
        adoption.wake()

    refusals = Refusals(services, working, committed)
    listeners = Listeners(polls_settled, refusals.tell)
    courier = Courier(carrier, services.store, services.clock, stop, listeners)
    courier.limiter = Limiter(services.clock.monotonic(), pace)
    adoption = Adoption(services, working, stop, lambda: courier.in_flight, committed)
    fetcher = Fetcher(application.bot, services.clock, stop, patience)
    timekeeper = Timekeeper(services, working, stop, lambda: fetcher.caught_up, committed)
    intake = Intake(application, fetcher, working, stop, committed)
    reloader = Reloader(services, working, stop, committed)
    log.info("@%s is at work", services.bot_username)
    try:
        async with asyncio.TaskGroup() as tasks:
            for part in (intake.run(), courier.run(), adoption.run(), timekeeper.run()):
                tasks.create_task(part)
            tasks.create_task(_tidy_daily(services, stop))
            tasks.create_task(reloader.watch())
            tasks.create_task(reloader.run())
            registering = register(
                application.bot, services.languages, services.settings.admins, stop
            )
            tasks.create_task(stop.unless(registering))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


async def _tidy_daily(services: Services, stop: Stop) -> None:
    while not stop:
        try:
            await services.store.tidy(services.clock.now())
        except StorageError as error:
            log.warning("What has served its time could not be deleted: %s", error)
        await stop.pause(DAY / 1000)
