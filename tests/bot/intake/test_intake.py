"""Intake by itself: what is confirmed when, what is set aside, and what waits for Telegram."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Update

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.intake.intake import Intake, IntakeListeners
from bot.services import App, Services
from bot.settings import Settings
from bot.telegram import bot_api
from bot.telegram.administrators import Rights
from bot.telegram.batches import Arrival, Batch, Diverted, OtherCopyError, nobody_told
from bot.telegram.raw_updates import RawUpdate
from storage.errors import StorageError
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import NOTHING, Outcome, Toast
from tests.storage.samples import ADA, BEN, GROUP, NOW, text
from tests.support.served_chats import BOT
from tests.support.services import StillClock, commit, services_with_cases

ROOT = 99
FAST = Clock(speed=1000)


class GivenSource:
    """Hands out batches, and whatever was not done again; afterwards all is to stop."""

    def __init__(self, stop: Stop) -> None:
        self.batches: list[Batch] = []
        self.stop = stop
        self.done_with: list[Batch] = []
        self.diverted: Diverted = nobody_told
        self.last_contact_s: float | None = None
        self.caught_up = True

    async def fetch(self) -> Batch | None:
        """The first batch that is not done."""
        waiting = [one for one in self.batches if one not in self.done_with]
        if not waiting:
            self.stop.set()
        return waiting[0] if waiting else None

    def done(self, batch: Batch) -> None:
        """It is confirmed."""
        self.done_with.append(batch)


class Office:
    """Intake with a real database, where the test says what updates come to."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.stop = Stop(FAST)
        self.source = GivenSource(self.stop)
        self.rules: dict[int, Callable[[], Awaitable[Outcome | None]]] = {}
        self.handled: list[int] = []
        self.events: list[str] = []
        self.answered: list[dict[str, Any]] = []
        self.working = asyncio.Lock()
        self.heard: list[tuple[str, bot_api.Reply]] = []

    async def process_update(self, update: Update) -> None:
        """In place of all routes."""
        assert self.working.locked()
        self.handled.append(update.update_id)
        rule = self.rules.get(update.update_id)
        outcome = await rule() if rule else NOTHING
        if outcome is not None:
            self.services.outcomes.put(update.update_id, outcome)

    async def work(self, *updates: RawUpdate, came_ms_ago: int = 0) -> None:
        """Take in one batch, until it is confirmed."""
        arrival = Arrival(self.services.clock.now() - came_ms_ago, fresh=True)
        self.source.batches.append(Batch(updates, arrival, 0.0))
        application = SimpleNamespace(
            bot_data=self.services, bot=None, process_update=self.process_update
        )
        intake = Intake(
            cast("App", application),
            self.source,
            self.working,
            self.stop,
            IntakeListeners(self._committed, lambda *told: self.heard.append(told[:2])),
        )
        async with asyncio.timeout(30):
            await intake.run()

    def _committed(self, entries: Sequence[Entry]) -> None:
        assert not self.source.done_with, "nothing is confirmed before it is on record"
        numbers = [entry.update_id for entry in entries]
        self.events.append(f"committed {numbers}")


@pytest.fixture
async def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """A bot that Root administers, and whose answers to presses are noted."""
    async with services_with_cases(tmp_path, NOW) as services:
        services.settings = Settings(admins=frozenset({ROOT}), database=tmp_path / "bot.db")
        office = Office(services)

        async def call(_bot: object, method: str, params: Any, **_more: float) -> bot_api.Reply:
            assert method == "answerCallbackQuery"
            office.answered.append(params)
            return bot_api.Done(True)

        async def ask(method: str, _params: object) -> bot_api.Reply:
            assert not office.working.locked(), "nobody waits for Telegram under the lock"
            office.events.append(method)
            return bot_api.Done([{"user": {"id": ADA, "is_bot": False}}])

        services.rights = Rights(ask, services.clock, BOT)
        monkeypatch.setattr(bot_api, "call", call)
        yield office


def written(number: int, person_id: int = ADA, chat_id: int | None = None) -> RawUpdate:
    """Somebody writes."""
    chat = {"id": chat_id or person_id, "type": "supergroup" if chat_id else "private"}
    user = {"id": person_id, "is_bot": False, "first_name": "Secret"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": user, "text": "Private"}
    return {"update_id": number, "message": message}


def pressed(number: int, person_id: int = ADA) -> RawUpdate:
    """Somebody presses a button."""
    user = {"id": person_id, "is_bot": False, "first_name": "Secret"}
    query = {"id": f"query {number}", "from": user, "chat_instance": "1", "data": "next"}
    return {"update_id": number, "callback_query": query}


def voted(number: int, person_id: int, poll_id: str) -> RawUpdate:
    """Somebody takes the first choice."""
    user = {"id": person_id, "is_bot": False, "first_name": "Secret"}
    vote = {"poll_id": poll_id, "option_ids": [0], "user": user}
    return {"update_id": number, "poll_answer": vote}


def comes_to(outcome: Outcome | None) -> Callable[[], Awaitable[Outcome | None]]:
    """A rule that comes to this."""

    async def rule() -> Outcome | None:
        return outcome

    return rule


def fails_with(*errors: Exception) -> Callable[[], Awaitable[Outcome | None]]:
    """A rule that fails so, once with each, and then does what it should."""
    left = list(errors)

    async def rule() -> Outcome | None:
        if left:
            raise left.pop(0)
        return Outcome((PersonMet(ADA, "en", NOW),))

    return rule


async def texts_to(services: Services, person_id: int) -> list[str]:
    """What somebody is owed."""
    waiting = await services.store.outbox.waiting(0)
    rows = await services.store.outbox.begin([row.id for row in waiting], NOW)
    return [str(row.params["text"]) for row in rows if row.chat_id == person_id]


async def test_a_batch_is_confirmed_once_all_of_it_is_on_record(office: Office) -> None:
    """People's first updates share a commit; what one did next comes after it."""
    await office.work(pressed(1), pressed(2, BEN), pressed(3))
    assert office.events == ["committed [1, 2]", "committed [3]"]
    assert len(office.source.done_with) == 1
    assert await office.services.store.ledger.handled([1, 2, 3]) == {1, 2, 3}


async def test_what_is_on_record_is_not_handled_again(office: Office) -> None:
    """Whether it comes again later, or twice at once."""
    await office.services.store.ledger.commit([Entry(NOTHING, 1)], NOW)
    await office.work(written(1), written(2), written(2))
    assert office.handled == [2]
    assert len(office.source.done_with) == 1


async def test_a_batch_that_the_database_failed_comes_again(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """It is not the updates' fault: none is set aside, and nothing is confirmed before."""
    office.rules[1] = fails_with(StorageError("disk I/O error"), StorageError("disk I/O error"))
    await office.work(pressed(1), pressed(2, BEN))
    assert office.handled == [1, 1, 1, 2]
    assert office.events == ["committed [1, 2]"]
    assert await office.services.store.people.get(ADA) is not None
    assert await texts_to(office.services, ROOT) == []
    assert caplog.text.count("The database failed (disk I/O error)") == 2


@pytest.mark.parametrize(
    ("update", "rule", "what"),
    [
        (written(1), fails_with(ValueError("Private")), "ValueError"),
        (written(1), comes_to(None), "nothing handled it"),
        ({"update_id": 1, "message": {"message_id": "odd"}}, comes_to(NOTHING), "Error"),
        ({"update_id": 1, "poll_answer": {"poll_id": "Private"}}, comes_to(NOTHING), "ValueError"),
    ],
    ids=["a rule fails", "no route takes it", "it cannot be read", "no vote"],
)
async def test_one_bad_update_stops_nobody(
    office: Office, update: RawUpdate, rule: Callable[[], Awaitable[Outcome | None]], what: str
) -> None:
    """It is set aside, administrators hear of what kind it was, and the others are handled."""
    office.rules[1] = rule
    office.rules[2] = comes_to(Outcome((PersonMet(BEN, "en", NOW),)))
    await office.work(update, written(2, BEN))
    assert await office.services.store.ledger.handled([1, 2]) == {1, 2}
    assert await office.services.store.people.get(BEN) is not None
    (told,) = await texts_to(office.services, ROOT)
    assert what in told
    assert "Private" not in told
    assert "Secret" not in told


async def test_trouble_that_was_told_to_nobody_is_told_the_next_time(office: Office) -> None:
    """The commit failed in which administrators would have heard of it."""
    office.rules[1] = fails_with(ValueError("x"), ValueError("x"))
    office.rules[2] = fails_with(StorageError("disk I/O error"))
    await office.work(written(1), written(2, BEN))
    assert len(await texts_to(office.services, ROOT)) == 1


async def test_votes_of_a_round_are_counted_together(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each gets its own result, whatever comes between them."""
    reads: list[list[tuple[int, str]]] = []
    votes = office.services.store.votes
    read_all = votes.read

    async def read(cast: Sequence[tuple[int, str]]) -> Any:
        reads.append(list(cast))
        return await read_all(cast)

    monkeypatch.setattr(votes, "read", read)
    await office.services.store.begin_anew()
    await office.work(voted(1, ADA, "one"), written(2, BEN + 1), voted(3, BEN, "two"))
    assert reads == [[(ADA, "one"), (BEN, "two")]]
    parked = await office.services.store.polls.parked()
    assert [(one.update_id, one.person_id, one.poll_id) for one in parked] == [
        (1, ADA, "one"),
        (3, BEN, "two"),
    ]


async def test_answers_to_another_databases_posts_end_the_bot(office: Office) -> None:
    """Before anything of the batch is taken; where there are posts, nobody asks any more."""
    with pytest.raises(OtherCopyError):
        await office.work(written(1), voted(2, BEN, "one"))
    assert office.handled == []
    assert office.source.done_with == []
    await office.services.store.begin_anew()
    await office.work()
    assert office.handled == [1]
    assert len(office.source.done_with) == 2


@pytest.mark.parametrize(
    ("took_ms", "speed", "answered"),
    [
        (0, 1, True),
        (14_900, 1, True),
        (15_000, 1, True),
        (15_001, 1, False),
        (300_000, 20, True),
        (300_001, 20, False),
    ],
)
async def test_presses_are_answered_for_as_long_as_telegram_takes_it(
    office: Office, took_ms: int, speed: float, answered: bool
) -> None:
    """Fifteen seconds of the system's from when they came; they are on record in any case."""
    office.services.clock = StillClock(at=NOW, speed=speed)
    await office.work(pressed(1), came_ms_ago=took_ms)
    assert len(office.answered) == answered
    assert office.events == ["committed [1]"]


async def test_a_press_is_told_what_it_came_to(office: Office) -> None:
    """Each its own; nothing at all where there is nothing to say; nobody else is answered."""
    office.rules[1] = comes_to(Outcome(toast=Toast("Noted.")))
    office.rules[2] = comes_to(Outcome(toast=Toast("Look here!", alert=True)))
    office.rules[3] = comes_to(Outcome(toast=Toast(url="https://t.me/bot?start=x")))
    odd = pressed(6, BEN + 4)
    del odd["callback_query"]["id"]
    people = enumerate((ADA, BEN, BEN + 1, BEN + 2), 1)
    await office.work(*(pressed(n, one) for n, one in people), written(5, BEN + 3), odd)
    by_id = {one.pop("callback_query_id"): one for one in office.answered}
    assert by_id == {
        "query 1": {"text": "Noted.", "show_alert": False},
        "query 2": {"text": "Look here!", "show_alert": True},
        "query 3": {"url": "https://t.me/bot?start=x"},
        "query 4": {},
    }
    assert office.heard == [("answerCallbackQuery", bot_api.Done(True))] * 4


async def test_what_telegram_must_be_asked_for_waits_for_it_alone(office: Office) -> None:
    """What the same person and the same group did later waits behind it; others do not."""
    rights = office.services.rights

    async def rule() -> Outcome | None:
        rights.administers(GROUP, ADA)
        return NOTHING

    office.rules[1] = rule
    office.rules[2] = rule
    updates = [written(1, ADA, GROUP), written(2, ADA, GROUP), written(3, BEN), pressed(4, ADA)]
    await office.work(*updates)
    assert office.handled == [1, 3, 1, 2, 4]
    assert office.events == [
        "committed [3]",
        "getChatAdministrators",
        "committed [1]",
        "committed [2]",
        "committed [4]",
    ]


async def test_who_wants_too_much_is_told_so_in_place_of_what_they_wanted(office: Office) -> None:
    """By a message or a press; what owes nobody anything is done all the same."""
    await commit(office.services, Outcome(owed=(text(),) * 20))
    met = PersonMet(ADA, "en", NOW)
    for number in (1, 2):
        office.rules[number] = comes_to(Outcome((met,), (text("The case"),)))
    office.rules[3] = comes_to(Outcome((PersonMet(BEN, "en", NOW),), toast=Toast("Noted.")))
    await office.work(written(1), pressed(2), pressed(3))
    assert await office.services.store.people.get(ADA) is None
    assert await office.services.store.people.get(BEN) is not None
    told = await texts_to(office.services, ADA)
    assert len(told) == 21
    assert "The case" not in told
    assert [one.get("show_alert") for one in office.answered] == [True, False]


async def test_an_administrator_who_must_be_asked_for_first_is_asked_for(office: Office) -> None:
    """Where the group is owed as much as its members may cause, before Ada is refused."""
    await commit(office.services, Outcome(owed=(text(chat_id=GROUP),) * 10))
    office.rules[1] = comes_to(Outcome((PersonMet(ADA, "en", NOW),), (text("Yes", GROUP),)))
    await office.work(written(1, ADA, GROUP))
    assert office.handled == [1, 1]
    assert "Yes" in await texts_to(office.services, GROUP)
