"""Which items administrators are shown, and when all is reckoned anew."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.items import show_items
from bot.features.items.items_press import ItemsPress
from bot.features.items.show_items import answer, in_order, items, of_case, press
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import ItemPageAsked, Services
from bot.settings import Settings
from content.item_alarms import BelowChance
from content.item_statistics import Item, ItemStatistics, ShareRight, TooFew
from content.library import load_library
from content.reckoned_items import AskedItem, ItemKey, Reckoned, ReckonedItem
from content.statistics import wilson
from storage.case_facts import SnapshotTaken
from storage.outcome import Outcome
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA, BEN, NOW, record
from tests.support.new_store import new_store
from tests.support.services import StillClock, services_at

FRESH_MS = 10 * 60 * 1000
FEW = TooFew(5, 10)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot administered by Ada, with a case of three questions that was posted."""
    questions = [question_data(id=name, prompt=f"What is {name}?") for name in ("a", "b", "c")]
    write_case(tmp_path / "hard-lumps.yaml", questions=questions)
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, load_library(tmp_path))
    services.settings = Settings(admins=frozenset({ADA}))
    snapshot = services.library.snapshot(services.library.cases["hard-lumps"])
    await record(store, SnapshotTaken(snapshot.digest, snapshot.to_json(), NOW))
    yield services
    await store.close()


def reckoned(services: Services, *statistics: ItemStatistics) -> Reckoned:
    """As many of the case's questions, with these statistics."""
    snapshot = services.library.snapshot(services.library.cases["hard-lumps"])
    keys = {key.question_id: key for key in services.library.items}
    return Reckoned(
        services.clock.now(),
        [
            ReckonedItem(
                AskedItem(keys["abc"[n]], Item(3, frozenset({1})), snapshot.digest, n, NOW), each
            )
            for n, each in enumerate(statistics)
        ],
    )


def told(right: int, people: int, *alarms: BelowChance) -> ItemStatistics:
    """Of so many people so many are right."""
    share = ShareRight(right / people, wilson(right, people), right / people)
    return ItemStatistics(people, share, TooFew(people, 20), TooFew(people, 30), alarms)


def too_few(people: int) -> ItemStatistics:
    """Of so few nothing is told."""
    few = TooFew(people, 10)
    return ItemStatistics(people, few, few, few, few)


async def visit(services: Services, person_id: int = ADA) -> Visit:
    """A person comes."""
    return await receive(services, Visitor(person_id, "en"))


def text(outcome: Outcome) -> str:
    """What the only message says."""
    (call,) = outcome.owed
    return str(call.params["text"])


async def test_those_to_look_at_come_first_then_the_hardest(services: Services) -> None:
    """Whatever alarms, however easy; what too few answered comes last, the most answered first."""
    alarm = BelowChance(0.3, wilson(1, 50))
    found = reckoned(services, told(5, 10), told(2, 10), told(9, 10, alarm))
    order = [one.key.question_id for one in in_order(found, services.library.items)]
    assert order == ["c", "b", "a"]
    found = reckoned(services, too_few(3), told(10, 10), too_few(4))
    order = [one.key.question_id for one in in_order(found, services.library.items)]
    assert order == ["b", "c", "a"]


async def test_what_is_asked_no_more_is_not_listed(services: Services) -> None:
    """An alarm of a wording that was mended would stand first for ever."""
    found = reckoned(services, told(5, 10), told(2, 10))
    first, second = found.items
    other = replace(first, asked=replace(first.asked, key=ItemKey("hard-lumps", "a", "other")))
    assert in_order(Reckoned(NOW, [other, second]), services.library.items) == [second]


async def test_numbers_are_reckoned_anew_where_they_are_old(services: Services) -> None:
    """Whoever asks hears that it takes a moment, and is told once it is done."""
    who = await visit(services)
    assert "I am counting all answers" in text(await items(services, who, ""))
    assert services.item_requests.news.is_set()
    assert services.item_requests.take() == (ItemPageAsked(ADA, "items:0::"),)
    services.reckoned_items = reckoned(services, told(5, 10))
    assert "50% right of 10" in text(await items(services, who, ""))
    services.clock = StillClock(at=NOW + FRESH_MS - 1)
    assert "50% right of 10" in text(await items(services, who, ""))
    assert not services.item_requests.news.is_set()
    for now in (NOW + FRESH_MS, NOW - 1):
        services.clock = StillClock(at=now)
        assert "I am counting all answers" in text(await items(services, who, "hard-lumps"))
        (asked,) = services.item_requests.take()
        call = await answer(services, asked)
        assert call is not None
        assert "50% right of 10" in call.params["text"]


async def test_a_press_turns_what_is_there_however_old(services: Services) -> None:
    """Pages stay pages of one list; without any, what was pressed comes once it is reckoned."""
    who, pressed = await visit(services), ItemsPress()
    waiting = await press(services, who, pressed, 7)
    assert waiting.toast is not None
    assert waiting.owed == ()
    assert services.item_requests.take() == (ItemPageAsked(ADA, "items:0::", 7),)
    services.reckoned_items = reckoned(services, told(5, 10))
    services.clock = StillClock(at=NOW + 10 * FRESH_MS)
    for call in (
        *(await press(services, who, pressed, 7)).owed,
        await answer(services, ItemPageAsked(ADA, "items:0::", 7)),
    ):
        assert call is not None
        assert (call.method, call.params["message_id"]) == ("editMessageText", 7)
    assert not services.item_requests.news.is_set()


async def test_nobody_else_gets_anything(services: Services) -> None:
    """By no press that could be made up, nor for having asked before the rights were taken."""
    services.reckoned_items = reckoned(services, told(5, 10))
    (one,) = services.reckoned_items.items
    who = await visit(services, BEN)
    for pressed in (ItemsPress(), ItemsPress(item=one.key.code)):
        outcome = await press(services, who, pressed, 7)
        assert outcome.owed == ()
        assert outcome.toast is not None
    assert (await of_case(services, who, "hard-lumps")).owed == ()
    assert await answer(services, ItemPageAsked(BEN, "items:0::")) is None
    assert await answer(services, ItemPageAsked(ADA, "items:x::")) is None


async def test_where_nothing_could_be_reckoned_it_is_said(services: Services) -> None:
    """Not in silence."""
    call = await answer(services, ItemPageAsked(ADA, "items:0::"))
    assert call is not None
    assert "could not be counted" in call.params["text"]


async def test_an_item_that_is_gone_leads_to_the_list(services: Services) -> None:
    """Since its answers were reckoned anew, or its case is damaged on the disk."""
    services.reckoned_items = found = reckoned(services, told(5, 10))
    (one,) = found.items
    damaged = replace(one, asked=replace(one.asked, snapshot="nothing"))
    who = await visit(services)
    gone = await press(services, who, ItemsPress(item="0" * 12), 7)
    assert "1 question with answers" in text(gone)
    services.reckoned_items = Reckoned(NOW, [damaged])
    lost = await press(services, who, ItemsPress(item=one.key.code), 7)
    assert "1 question with answers" in text(lost)


async def test_the_last_page_comes_for_one_that_is_beyond_it(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Buttons count, whatever was reckoned since."""
    monkeypatch.setattr(show_items, "PAGE_LENGTH", 2)
    services.reckoned_items = reckoned(services, told(2, 10), told(4, 10), told(6, 10))
    who = await visit(services)
    assert "60% right of 10" in text(await press(services, who, ItemsPress(page=0xFFFF), 7))


@pytest.mark.parametrize(
    "data",
    [
        "items:",
        "items:0:",
        "items:0::x",
        "items:-1::",
        "items:0:case:",
        "items:12345::",
        "items:0::\n",
    ],
)
def test_what_no_button_sends_is_no_press(data: str) -> None:
    """People can send anything."""
    assert ItemsPress.parse(data) is None


def test_a_press_is_read_as_it_was_written() -> None:
    """In at most 64 bytes."""
    for pressed in (
        ItemsPress(),
        ItemsPress(0xFFFF, "0123abcd", "0123456789ab"),
        ItemsPress(3, item="0123456789ab"),
    ):
        assert ItemsPress.parse(str(pressed)) == pressed
        assert len(str(pressed).encode()) <= 64
