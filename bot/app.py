"""The whole bot: what it works with, and its life from start to end."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram.error import InvalidToken

from bot.at_work import work
from bot.base.compared_clock import ComparedClock
from bot.base.i18n import Languages
from bot.base.shutdown import Stop
from bot.base.systemd import more_time
from bot.base.user_error import UserError
from bot.features.library.first_reading import read_library
from bot.intake.application import connected
from bot.routes import add_routes
from bot.sending.delivery import TokenRevokedError
from bot.sending.rate_limits import TELEGRAM, Pace
from bot.services import Outcomes, Services
from bot.settings import Settings
from bot.telegram.batches import Arrival, TokenRefusedError
from bot.web.metrics import Metrics
from content.library import Library, NotNeededError, library_of
from storage.errors import DamagedDatabaseError, ForeignDatabaseError, StorageError
from storage.lock import DatabaseInUseError, sole_use
from storage.store import Store

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 15.0
_LOCKED_TRIES = 4  # each waits for the lock as long as any write does


class BotError(UserError):
    """The bot cannot run; the message says why and what to do."""


async def serve(
    settings: Settings, token: str, stop: Stop, answer_within_s: float = ANSWER_WITHIN_S
) -> None:
    """Run the bot until asked to stop. Raises BotError, OtherCopyError.

    ``answer_within_s``: the system's seconds that Telegram's answer may take.
    """
    async with equipped(settings, library_of([])) as services:
        try:
            services.library = await asyncio.to_thread(read_library, settings, lambda: not stop)
        except NotNeededError:
            return
        await attend(services, token, stop, answer_within_s)


@asynccontextmanager
async def equipped(settings: Settings, library: Library) -> AsyncIterator[Services]:
    """What a bot works with; the database is closed at the end. Raises BotError.

    Whoever holds it may put another library into it at any time.
    """
    try:
        async with _database(settings) as store:
            yield Services(
                settings,
                ComparedClock.of(settings.clock),
                store,
                library,
                Languages.load(),
                Outcomes(),
                Arrival(settings.clock.now(), fresh=False),
            )
    except (StorageError, ForeignDatabaseError) as error:
        raise _unusable(settings, error) from error


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Store]:
    """The database, for this program alone. Raises StorageError, ForeignDatabaseError."""
    with sole_use(settings.database):
        async with more_time():  # it may have to be brought up to date
            store = await _opened(settings)
        try:
            yield store
        finally:
            await store.close()


async def _opened(settings: Settings) -> Store:
    """The database, once another program lets go of it. Raises as ``_database``."""
    for _ in range(_LOCKED_TRIES):
        try:
            return await _open(settings)
        except StorageError as error:
            if "locked" not in str(error):
                raise
            log.warning("The database is locked by another program; trying again.")
            await asyncio.sleep(1)
    return await _open(settings)


async def _open(settings: Settings) -> Store:
    replicated = settings.litestream is not None
    return await Store.open(settings.database, settings.clock.now(), replicated=replicated)


async def attend(
    services: Services,
    token: str,
    stop: Stop,
    answer_within_s: float = ANSWER_WITHIN_S,
    pace: Pace = TELEGRAM,
) -> None:
    """Be the bot until asked to stop, sending no faster than ``pace``. Raises as ``serve``."""
    metrics = Metrics()
    try:
        async with (
            # Before Telegram has answered, which may take hours: whoever watches is to know.
            _on_the_web(services, metrics),
            connected(services, token, stop, add_routes) as application,
        ):
            if not stop:
                await work(application, stop, answer_within_s, pace, metrics)
    except (InvalidToken, TokenRefusedError, TokenRevokedError):
        raise BotError(
            "Telegram does not accept the token. Copy it again from BotFather (/mybots, API Token)"
            " into MORNING_REPORT_TOKEN, or into the file that MORNING_REPORT_TOKEN_FILE names."
        ) from None
    except (StorageError, ForeignDatabaseError) as error:
        raise _unusable(services.settings, error) from error


def _unusable(settings: Settings, error: Exception) -> BotError:
    match error:
        case DamagedDatabaseError():
            advice = " Restore the last backup: morning-report restore FILE."
        case ForeignDatabaseError() | DatabaseInUseError():
            advice = ""  # it is in the error
        case _:
            advice = " What to do, `morning-report doctor` says."
    return BotError(f"The database {settings.database} cannot be used: {error}.{advice}")


@asynccontextmanager
async def _on_the_web(services: Services, metrics: Metrics) -> AsyncIterator[None]:
    """A server that can be asked about the bot, where one is wanted. Raises BotError."""
    place = services.settings.listen
    if place is None:
        yield
        return
    # A bot that nobody asks anything does not carry a web server.
    from bot.web.health import Web  # noqa: PLC0415
    from bot.web.http_server import CannotListenError, HttpServer  # noqa: PLC0415

    web = Web(services, metrics)
    server = HttpServer(web.application(), place)
    try:
        await server.start()
    except CannotListenError as error:
        raise BotError(f"MORNING_REPORT_LISTEN cannot be kept: {error}.") from error
    try:
        yield
    finally:
        web.close()
        await server.stop()
