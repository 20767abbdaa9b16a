"""A bot whose learners flagged an item: who they are, and what they and administrators do."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import send_case
from bot.features.flags import flag_question
from bot.features.flags.reasons import FlagReason
from bot.features.items import decide
from bot.features.items.item_card_buttons import ItemCardPress, ItemCardVerb
from bot.features.items.open_item_card import flagged_items, open_for_flags
from bot.features.library import withdraw
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.features.start.typed_text import take_text
from bot.services import Services
from bot.settings import Settings
from content.item_alarms import Alarm
from content.item_statistics import ChoiceTaken, Item, ItemStatistics, ShareRight, TooFew
from content.library import load_library
from content.reckoned_items import AskedItem, ItemKey, ReckonedItem
from content.revision import item_revision
from content.statistics import wilson
from storage.case_facts import CasePosted
from storage.item_cards import ItemCard
from storage.outcome import Outcome
from storage.settlements import Sent
from tests.content.samples import write_case
from tests.storage.samples import ADA, BEN, answered
from tests.support.new_store import new_store
from tests.support.services import commit, services_at

NOW = 1_772_409_600_000
CLEO = BEN + 1
DAN = BEN + 2
CASE = "hard-lumps"


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot administered by Ada and Cleo, with two cases."""
    write_case(tmp_path / "hard-lumps.yaml")
    write_case(tmp_path / "other.yaml", id="other", title="Another one")
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, load_library(tmp_path))
    services.settings = Settings(admins=frozenset({ADA, CLEO}))
    yield services
    await store.close()


async def visit(services: Services, person_id: int) -> Visit:
    """A person comes."""
    return await receive(services, Visitor(person_id, "en", f"Person {person_id % 10}"))


async def done(services: Services, outcome: Outcome) -> Outcome:
    """Record what was done, and what follows from it for the library."""
    await commit(services, outcome)
    withdraw.note(services, outcome.facts)
    return outcome


async def flag(
    services: Services, person_id: int, reason: FlagReason = FlagReason.WRONG, case_id: str = CASE
) -> Outcome:
    """Somebody is given the case, answers it, and flags it."""
    who = await visit(services, person_id)
    given = await done(services, await send_case(services, who, Named(case_id)))
    (post,) = (fact for fact in given.facts if isinstance(fact, CasePosted))
    await done(services, Outcome((answered(person_id, post.post_id, case_id=case_id),)))
    press = flag_question.ReasonPress(QuestionRef(post.post_id, 0), reason, message_id=5)
    return await done(services, await flag_question.press(services, who, press))


async def opened(services: Services) -> list[Outcome]:
    """The cards that are due because of flags."""
    return [
        await done(services, await open_for_flags(services, one))
        for one in await flagged_items(services, 10)
    ]


async def flagged_by_two(services: Services) -> ItemCard:
    """Ben and Dan flag the case; its card is open, and both administrators have it."""
    await flag(services, BEN)
    await flag(services, DAN, FlagReason.UNCLEAR)
    (outcome,) = await opened(services)
    assert [call.chat_id for call in outcome.owed] == [ADA, CLEO]
    waiting = await services.store.outbox.waiting(0)
    rows = await services.store.outbox.begin([row.id for row in waiting], NOW)
    await services.store.outbox.settle([Sent(row.id, row.id, card=row.card) for row in rows])
    return await the_card(services)


def reckoned(services: Services, answers: int, *alarms: Alarm, case_id: str = CASE) -> ReckonedItem:
    """A case's question as it is worded now, with so many answers, of which a fifth are right."""
    snapshot = services.library.snapshot(services.library.every[case_id])
    question = snapshot.case.questions[0]
    key = ItemKey(case_id, question.id, item_revision(snapshot, 0))
    item = Item(len(question.choices), frozenset(question.correct))
    statistics = ItemStatistics(
        answers,
        ShareRight(0.2, wilson(answers // 5, answers), 0.2),
        [ChoiceTaken(answers // 5, 0.2, False, None)] * 2 + [ChoiceTaken(0, 0.0, True, None)],
        TooFew(0, 30),
        alarms,
    )
    return ReckonedItem(AskedItem(key, item, snapshot.digest, 0, NOW), statistics)


async def the_card(services: Services) -> ItemCard:
    """The newest card of the case."""
    (flagged, *_) = await services.store.item_cards._cards("ORDER BY c.id DESC")
    return flagged


async def press(
    services: Services, person_id: int, verb: ItemCardVerb, card: ItemCard, message_id: int = 9
) -> Outcome:
    """Somebody presses a button of a card."""
    who = await visit(services, person_id)
    pressed = ItemCardPress(verb, card.id)
    return await done(services, await decide.press(services, who, pressed, message_id))


async def write(services: Services, person_id: int, text: str) -> Outcome:
    """A text in private, which is no command."""

    async def run(name: str, argument: str) -> Outcome:
        raise AssertionError(f"/{name} {argument} was not meant")

    return await done(
        services, await take_text(services, await visit(services, person_id), text, run)
    )
