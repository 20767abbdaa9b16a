"""The whole bot: its life from start to end, and its parts, wired together and set to work."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from telegram.error import InvalidToken

from bot.base.shutdown import Stop
from bot.features.library import apply_decisions
from bot.features.library.first_reading import read_library
from bot.features.live import note_changes
from bot.files.file_process import FileProcess
from bot.intake.application import connected
from bot.intake.diverted_updates import DivertedUpdates
from bot.intake.intake import Intake, IntakeListeners
from bot.intake.unmatched_votes import UnmatchedVotes
from bot.jobs.check_database import check_database
from bot.jobs.due_jobs_loop import DueJobsLoop
from bot.jobs.exam_time import give_time_back, note_at_work
from bot.jobs.fetch_files import FileFetcher
from bot.jobs.item_alarms import look_for_alarms
from bot.jobs.job_context import JobContext
from bot.jobs.look_up_references import ReferenceLookup
from bot.jobs.publish_cases import CasePublisher
from bot.jobs.reckon_items import ItemReckoner
from bot.jobs.reload_cases import Reloader
from bot.jobs.retention import tidy_daily
from bot.jobs.watch_clock import watch_clock
from bot.jobs.wipe_erased import ErasedWiper
from bot.routes import add_routes
from bot.routes.command_menu import register
from bot.sending.delivery import Deliverer, Delivery, FileSources, TokenRevokedError
from bot.sending.rate_limits import TELEGRAM, Limiter, Pace
from bot.sending.record_results import SendingListeners
from bot.sending.rejections import Rejections
from bot.sending.sender import Sender
from bot.services import App, BotError, Services, equipped, unusable
from bot.settings import Settings
from bot.telegram.batches import TokenRefusedError
from bot.telegram.long_polling import Fetcher
from bot.telegram.starting_copy import StartingCopy, ThisCopy
from bot.telegram.webhook import Webhook
from bot.web.observer import Observer
from content.figure_bytes import FigureBytes, FiguresOnDisk
from content.library import Library, NotNeededError, library_of
from storage.chat_facts import ChatMoved
from storage.errors import ForeignDatabaseError, StorageError
from storage.ledger import Entry
from storage.lock import last_at_work
from storage.poll_facts import AnswerParked, UnknownPollSeen

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 15.0


async def serve(
    settings: Settings,
    token: str,
    stop: Stop,
    answer_within_s: float = ANSWER_WITHIN_S,
    read: Callable[[Settings, Callable[[], bool], FigureBytes], Library] = read_library,
) -> None:
    """Run the bot until asked to stop. Raises BotError, OtherCopyError.

    ``answer_within_s``: the system's seconds that Telegram's answer may take. ``read`` reads the
    cases while they are needed.
    """
    async with equipped(settings, library_of([])) as services:
        # Beside the database: the system's own folder for such files is often in its memory.
        with FiguresOnDisk(settings.database.parent) as figures:
            try:
                cases = asyncio.to_thread(read, settings, lambda: not stop, figures)
                services.library = await cases
            except NotNeededError:
                return
            await attend(services, token, stop, answer_within_s)


async def attend(
    services: Services,
    token: str,
    stop: Stop,
    answer_within_s: float = ANSWER_WITHIN_S,
    pace: Pace = TELEGRAM,
) -> None:
    """Be the bot until asked to stop, sending no faster than ``pace``. Raises as ``serve``."""
    try:
        async with (
            # Before Telegram has answered, which may take hours: whoever watches is to know.
            _on_the_web(services) as observer,
            connected(services, token, stop, add_routes) as application,
        ):
            if not stop:
                await work(application, stop, answer_within_s, pace, observer)
    except (InvalidToken, TokenRefusedError, TokenRevokedError):
        raise BotError(
            "Telegram does not accept the token. Copy it again from BotFather (/mybots, API Token)"
            " into MORNING_REPORT_TOKEN, or into the file that MORNING_REPORT_TOKEN_FILE names."
        ) from None
    except (StorageError, ForeignDatabaseError) as error:
        raise unusable(services.settings, error) from error


@asynccontextmanager
async def _on_the_web(services: Services) -> AsyncIterator[Observer]:
    """A server that can be asked about the bot, where one is wanted, and what is to be told of it.

    Raises BotError.
    """
    address = services.settings.listen
    if address is None:
        yield Observer()
        return
    # A bot that nobody asks anything carries neither a web server nor metrics.
    from bot.web.health import Web  # noqa: PLC0415
    from bot.web.http_server import CannotListenError, HttpServer  # noqa: PLC0415
    from bot.web.metrics import Metrics  # noqa: PLC0415

    web = Web(services, Metrics())
    server = HttpServer(web.application(), address)
    try:
        await server.start()
    except CannotListenError as error:
        raise BotError(f"MORNING_REPORT_LISTEN cannot be kept: {error}.") from error
    log.info("The web server listens on %s", server.address)
    try:
        yield web.metrics
    finally:
        web.close()
        await server.stop()


async def work(
    application: App,
    stop: Stop,
    answer_within_s: float,
    pace: Pace,
    observer: Observer,
) -> None:
    """Go on until asked to stop, once no other copy is at work.

    Raises StorageError, OtherCopyError, TokenRefusedError, TokenRevokedError.
    """
    services: Services = application.bot_data
    polling = Fetcher(application.bot, services.clock, stop, answer_within_s, observer.answered)
    await _alone(application, polling, stop)
    await give_time_back(services)
    await apply_decisions.load(services)
    working = asyncio.Lock()
    file_process = FileProcess()
    files = FileSources(services.store.figures, file_process, services.store.outbox)
    deliverer = Deliverer(application.bot, files, services.clock, answer_within_s, observer.called)

    def committed(entries: Sequence[Entry]) -> None:
        observer.committed(entries, services.clock.now() - services.arrival.received_at)
        sender.wake()
        for told in (due_jobs, wiper, publisher, file_fetcher):
            told.note(entries)
        facts = [fact for entry in entries for fact in entry.outcome.facts]
        apply_decisions.note(services, facts)
        note_changes.note(services, facts)
        for fact in facts:
            match fact:
                case AnswerParked() | UnknownPollSeen():
                    unmatched_votes.wake()
                case ChatMoved(chat_id=chat_id, new_chat_id=new_chat_id):
                    sender.moved(chat_id, new_chat_id)

    def settled(deliveries: Sequence[Delivery]) -> None:
        observer.settled(deliveries, services.clock.now())
        if any(delivery.row.poll is not None for delivery in deliveries):
            unmatched_votes.wake()

    rejections = Rejections(services, working, committed)
    sender = Sender(
        deliverer,
        services.store,
        services.clock,
        stop,
        SendingListeners(settled, rejections.tell, committed),
    )
    sender.limiter = Limiter(services.clock.monotonic(), pace)
    unmatched_votes = UnmatchedVotes(services, working, stop, lambda: sender.in_flight, committed)
    url = services.settings.webhook
    source = Webhook(application.bot, services.clock, stop, url) if url else polling
    source.diverted = DivertedUpdates(services, committed).tell
    context = JobContext(services, working, stop, committed)
    due_jobs = DueJobsLoop(context, lambda: source.caught_up)
    intake = Intake(application, source, working, stop, IntakeListeners(committed, observer.called))
    reloader = Reloader(context)
    publisher = CasePublisher(context)
    file_fetcher = FileFetcher(context, application.bot)
    wiper = ErasedWiper(services, stop)
    observer.source = source
    parts = [
        intake.run(),
        sender.run(),
        unmatched_votes.run(),
        due_jobs.run(),
        reloader.run(),
        *((source.keep(),) if isinstance(source, Webhook) else ()),
        reloader.watch(),
        publisher.run(),
        file_fetcher.run(),
        *((wiper.run(),) if services.settings.litestream is None else ()),
        *_looking_after(context),
        stop.unless(register(application.bot, services.languages, services.settings.admins, stop)),
    ]
    log.info("@%s is at work", services.bot_username)
    try:
        async with file_process, asyncio.TaskGroup() as tasks:
            for part in parts:
                tasks.create_task(part)
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


async def _alone(application: App, looking: Fetcher, stop: Stop) -> None:
    """Return once no other copy is at work. Raises OtherCopyError, TokenRefusedError."""
    services: Services = application.bot_data
    at_work_at = last_at_work(services.settings.database)
    this = ThisCopy(
        services.settings.webhook,
        await services.store.polls.has_posts(),
        None if at_work_at is None else services.clock.now() - at_work_at,
        services.store.ledger.handled,
    )
    await StartingCopy(application.bot, looking, this, services.clock, stop).wait()


def _looking_after(context: JobContext) -> Iterator[Coroutine[Any, Any, None]]:
    """What goes on beside all else, and is told of nothing."""
    services, stop = context.services, context.stop
    yield tidy_daily(services, stop)
    yield watch_clock(context)
    yield check_database(context)
    yield note_at_work(services, stop)
    yield ItemReckoner(context).run()
    yield ReferenceLookup(context).run()
    yield look_for_alarms(context)
