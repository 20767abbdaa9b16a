"""When a card is opened for what a reviewer rejects, and where flags cannot be read."""

from pathlib import Path

import pytest

from bot.features.items.open_item_card import flagged_items, open_for_rejection
from bot.services import Services
from bot.settings import Settings
from content.library import load_library
from storage.errors import DamagedPartError
from storage.item_facts import ItemCardOpened
from storage.outcome import NOTHING, Outcome
from tests.bot.features.items.conftest import CASE, CLEO, done, flagged_by_two
from tests.bot.features.items.test_decide import said
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA


async def rejected(services: Services) -> Outcome:
    """A reviewer rejects the case."""
    return await done(services, await open_for_rejection(services, services.library.every[CASE]))


def opened(outcome: Outcome) -> list[str]:
    """The questions for which a card was opened."""
    return [fact.question_id for fact in outcome.facts if isinstance(fact, ItemCardOpened)]


async def test_each_question_of_a_rejected_case_is_asked_about(
    services: Services, tmp_path: Path
) -> None:
    """Of each administrator, with the reason; once, while its card stands."""
    questions = [question_data(), question_data(id="next", prompt="And then?")]
    write_case(tmp_path / "hard-lumps.yaml", questions=questions)
    services.library = load_library(tmp_path)
    outcome = await rejected(services)
    assert opened(outcome) == ["nature", "next"]
    assert [call.chat_id for call in outcome.owed] == [ADA, CLEO] * 2
    assert "rejected" in said(outcome.owed[0])
    assert await rejected(services) == NOTHING


async def test_a_question_whose_card_stands_is_not_asked_about_again(services: Services) -> None:
    """Two people flagged it before."""
    await flagged_by_two(services)
    assert await rejected(services) == NOTHING


async def test_without_administrators_nobody_is_asked(services: Services) -> None:
    """Nor are flags counted for nobody."""
    services.settings = Settings()
    assert await rejected(services) == NOTHING
    assert await flagged_items(services, 10) == []


async def test_flags_that_cannot_be_read_ask_nobody(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is damaged: all else goes on."""

    async def damaged(limit: int) -> list[object]:
        raise DamagedPartError("flags")

    monkeypatch.setattr(services.store.item_cards, "flagged_by_two", damaged)
    assert await flagged_items(services, 10) == []
