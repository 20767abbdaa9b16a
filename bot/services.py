"""What a bot works with: routes, rules and jobs share it, and python-telegram-bot hands it on."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from msgspec import Struct
from telegram import Update
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.base.change_listeners import Changes
from bot.base.clock import Clock
from bot.base.compared_clock import ComparedClock
from bot.base.i18n import Languages
from bot.base.ids import TimedIds
from bot.base.mailbox import Mailbox
from bot.base.systemd import more_time
from bot.base.user_error import UserError
from bot.base.wrong_guesses import WrongGuesses
from bot.settings import Settings
from bot.telegram.administrators import Rights
from bot.telegram.batches import Arrival
from content.library import Library
from content.reckoned_items import Reckoned
from storage.errors import DamagedDatabaseError, ForeignDatabaseError, StorageError
from storage.lock import DatabaseInUseError, sole_use
from storage.outcome import Outcome
from storage.store import Store

log = logging.getLogger(__name__)

_LOCKED_TRIES = 4  # each waits for the lock as long as any write does


class Outcomes:
    """What came of each update under way: routes leave it, and intake collects it.

    An update is done only when its Outcome or its error lies here; python-telegram-bot's
    ``process_update`` itself returns None whatever happens.
    """

    def __init__(self) -> None:
        self._left: dict[int, Outcome | Exception | None] = {}

    def open(self, update_id: int) -> None:
        """Nothing is left yet."""
        self._left[update_id] = None

    def put(self, update_id: int, outcome: Outcome) -> None:
        """Leave what an update came to. Two Outcomes add up; an error is not painted over."""
        match self._left[update_id]:
            case Outcome() as earlier:
                self._left[update_id] = earlier + outcome
            case None:
                self._left[update_id] = outcome

    def fail(self, update_id: int, error: Exception) -> None:
        """Leave the error that handling an update ended in; the first one counts."""
        if not isinstance(self._left[update_id], Exception):
            self._left[update_id] = error

    def collect(self, update_id: int) -> Outcome | Exception | None:
        """Take what was left; None where nothing was."""
        return self._left.pop(update_id)


class ItemPageAsked(Struct, frozen=True):
    """A page of items that somebody wants: what its button sends back, and in place of which
    message of theirs; None: as a new one.
    """

    person_id: int
    page: str
    message_id: int | None = None


class LookupAsked(Struct, frozen=True):
    """References of a draft that its author has just given by their numbers."""

    person_id: int
    draft_id: int


@dataclass(slots=True)
class Services:
    """Everything that routes, rules and jobs share. ``arrival`` is that of the batch in hand.

    ``library`` is replaced as a whole, and never while a batch is worked on. ``bot_username`` and
    ``rights`` are known once Telegram has answered for the first time. ``reload_requests``: who
    wants the cases read again, and is told whatever comes of it. ``reckoned_items``: what item
    analysis came to last. ``live``: which live rounds have changed. No value, hence no Struct,
    which has no room for what is known later.
    """

    settings: Settings
    clock: Clock
    store: Store
    library: Library
    languages: Languages
    outcomes: Outcomes
    arrival: Arrival
    bot_username: str = ""
    rights: Rights = field(init=False)
    post_ids: TimedIds = field(default_factory=TimedIds)
    flag_ids: TimedIds = field(default_factory=TimedIds)
    sitting_ids: TimedIds = field(default_factory=TimedIds)
    cohort_ids: TimedIds = field(default_factory=TimedIds)
    assignment_ids: TimedIds = field(default_factory=TimedIds)
    card_ids: TimedIds = field(default_factory=TimedIds)
    round_ids: TimedIds = field(default_factory=TimedIds)
    draft_ids: TimedIds = field(default_factory=TimedIds)
    reload_requests: Mailbox[int] = field(default_factory=Mailbox)
    item_requests: Mailbox[ItemPageAsked] = field(default_factory=Mailbox)
    reckoned_items: Reckoned | None = None
    lookups: Mailbox[LookupAsked] = field(default_factory=Mailbox)
    live: Changes = field(default_factory=Changes)
    wrong_codes: WrongGuesses = field(default_factory=WrongGuesses)


Bot = ExtBot[None]
App = Application[Bot, "Context", dict[Any, Any], dict[Any, Any], Services, None]


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], Services]):
    """A callback context that knows its update's id."""

    update_id: int

    @classmethod
    def from_update(cls, update: object, application: App) -> "Context":
        """Make the context of one update."""
        context = super().from_update(update, application)
        context.update_id = cast("Update", update).update_id
        return context

    @property
    def services(self) -> Services:
        """The shared services."""
        return self.bot_data

    def leave(self, outcome: Outcome) -> None:
        """Leave what the update came to; intake commits it."""
        self.bot_data.outcomes.put(self.update_id, outcome)


CONTEXT_TYPES = ContextTypes(context=Context)


class BotError(UserError):
    """The bot cannot run; the message says why and what to do."""


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
        raise unusable(settings, error) from error


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


def unusable(settings: Settings, error: Exception) -> BotError:
    """That the database cannot be used, why, and what to do."""
    match error:
        case DamagedDatabaseError():
            advice = " Restore the last backup: morning-report restore FILE."
        case ForeignDatabaseError() | DatabaseInUseError():
            advice = ""  # it is in the error
        case _:
            advice = " What to do, `morning-report doctor` says."
    return BotError(f"The database {settings.database} cannot be used: {error}.{advice}")
