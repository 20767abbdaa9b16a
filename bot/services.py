"""What routes, rules and jobs share, and what python-telegram-bot hands to a route."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from msgspec import Struct
from telegram import Update
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.base.clock import Clock
from bot.base.i18n import Languages
from bot.base.ids import TimedIds
from bot.base.wrong_guesses import WrongGuesses
from bot.settings import Settings
from bot.telegram.administrators import Rights
from bot.telegram.batches import Arrival
from content.library import Library
from content.reckoned_items import Reckoned
from storage.facts import Fact, PersonForgotten, PersonLeft
from storage.live_facts import RoundFact
from storage.outcome import Outcome
from storage.store import Store


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


class ReloadRequests:
    """Where a watcher or an administrator leaves word; kept in memory, as every start reads anew.

    ``news`` is set whenever there is word.
    """

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self._askers: set[int] = set()

    def changed(self) -> None:
        """Files have changed."""
        self.news.set()

    def ask(self, *person_ids: int) -> None:
        """These people want the cases read again, and to be told of it whatever comes of it."""
        self._askers.update(person_ids)
        self.news.set()

    def take(self) -> frozenset[int]:
        """Whoever asked since the last time."""
        self.news.clear()
        askers, self._askers = frozenset(self._askers), set()
        return askers


class ItemPageAsked(Struct, frozen=True):
    """A page of items that somebody wants: what its button sends back, and in place of which
    message of theirs; None: as a new one.
    """

    page: str
    message_id: int | None = None


class ItemReckoning:
    """What item analysis came to last, and where word is left that it is wanted anew.

    Kept in memory, as it is reckoned in seconds. ``news`` is set whenever there is word.
    """

    def __init__(self) -> None:
        self.latest: Reckoned | None = None
        self.news = asyncio.Event()
        self._askers: dict[int, ItemPageAsked] = {}

    def ask(self, person_id: int, asked: ItemPageAsked) -> None:
        """This person wants a page of it, the last that they asked for."""
        self._askers[person_id] = asked
        self.news.set()

    def take(self) -> Mapping[int, ItemPageAsked]:
        """Whoever asked since the last time, by person."""
        self.news.clear()
        askers, self._askers = self._askers, {}
        return askers


class LiveChanges:
    """Where it is left that live rounds have changed, for the screens that show them."""

    def __init__(self) -> None:
        self._listening: dict[asyncio.Event, int] = {}

    def note(self, facts: Iterable[Fact]) -> None:
        """These were committed."""
        changed: set[int] = set()
        for fact in facts:
            if isinstance(fact, RoundFact):
                changed.add(fact.round_id)
            elif isinstance(fact, PersonForgotten | PersonLeft):
                # Where they were, perhaps nobody knows any more.
                changed.update(self._listening.values())
        for round_id in changed:
            self.changed(round_id)

    def changed(self, round_id: int) -> None:
        """Something of this round is no longer as it was."""
        for news, listened in self._listening.items():
            if listened == round_id:
                news.set()

    @contextmanager
    def listening(self, round_id: int) -> Iterator[asyncio.Event]:
        """Set at each change of this round; whoever listens clears it."""
        news = asyncio.Event()
        self._listening[news] = round_id
        try:
            yield news
        finally:
            del self._listening[news]


class LookupAsked(Struct, frozen=True):
    """References of a draft that its author has just given by their numbers."""

    person_id: int
    draft_id: int


class ReferenceLookups:
    """Where a rule leaves word that references are to be looked up; kept in memory, as what was
    read of them is shown at once. ``news`` is set whenever there is word.
    """

    def __init__(self) -> None:
        self.news = asyncio.Event()
        self._asked: dict[LookupAsked, None] = {}

    def ask(self, asked: LookupAsked) -> None:
        """Look these up, once however often it is asked."""
        self._asked[asked] = None
        self.news.set()

    def take(self) -> tuple[LookupAsked, ...]:
        """What was asked since the last time."""
        self.news.clear()
        asked, self._asked = tuple(self._asked), {}
        return asked


@dataclass(slots=True)
class Services:
    """Everything that routes, rules and jobs share. ``arrival`` is that of the batch in hand.

    ``library`` is replaced as a whole, and never while a batch is worked on. ``bot_username`` and
    ``rights`` are known once Telegram has answered for the first time. No value, hence no Struct,
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
    reload_requests: ReloadRequests = field(default_factory=ReloadRequests)
    items: ItemReckoning = field(default_factory=ItemReckoning)
    live: LiveChanges = field(default_factory=LiveChanges)
    lookups: ReferenceLookups = field(default_factory=ReferenceLookups)
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
