"""What follows from item analysis, day after day."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.items import alarms as alarms_module
from bot.features.items.alarms import follow_up
from bot.features.items.item_card_buttons import ItemCardVerb
from bot.services import Services
from bot.settings import Settings
from content.item_alarms import BelowChance, DistractorAboveKey, RightKnowLess
from content.library import load_library
from content.reckoned_items import Reckoned, ReckonedItem
from content.statistics import Interval
from storage.facts import SnapshotTaken
from storage.outcome import Outcome
from tests.bot.features.items.conftest import (
    CASE,
    CLEO,
    NOW,
    done,
    flagged_by_two,
    press,
    reckoned,
    the_card,
    write,
)
from tests.bot.features.items.test_decide import labels, said
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA

BELOW = BelowChance(1 / 3, Interval(0.1, 0.3))
LESS = RightKnowLess(Interval(-0.5, -0.1))
DISTRACTOR = DistractorAboveKey(2, Interval(0.1, 0.4))


async def look(services: Services, *items: ReckonedItem) -> list[Outcome]:
    """What comes of it when items are reckoned, all on record."""
    outcomes = await follow_up(services, Reckoned(NOW, items))
    return [await done(services, outcome) for outcome in outcomes]


async def test_what_alarms_opens_one_card(services: Services) -> None:
    """With what alarms in plain words; the next day there is no second one."""
    item = reckoned(services, 60, BELOW, DISTRACTOR, LESS)
    quiet = reckoned(services, 60, case_id="other")
    (outcome,) = await look(services, item, quiet)
    card, other = outcome.owed
    assert (card.chat_id, other.chat_id) == (ADA, CLEO)
    text = said(card)
    for part in (
        "⚠️ Fewer are right than by guessing: 30% at most, and guessing gives 33%.",
        "⚠️ Who takes “Urate” does better in other questions",
        "⚠️ Who is right here does worse in other questions",
        "▱▱▱▱ 20% ✓ Calcium",
        "0% Urate · idle",
        "60 first answers · 20% right (95% interval 12% to 32%)",
    ):
        assert part in text
    assert "flagged" not in text
    assert labels(card) == ["Keep, because …", "Retire", "Show its explanation"]
    assert (
        await look(services, replace(item, statistics=replace(item.statistics, answers=600))) == []
    )


async def test_what_is_kept_alarms_anew_once_answers_have_doubled(services: Services) -> None:
    """Another kind of alarm does at once."""
    await look(services, reckoned(services, 60, BELOW))
    await press(services, ADA, ItemCardVerb.KEEP, await the_card(services))
    await write(services, ADA, "It is hard, and right.")
    assert await look(services, reckoned(services, 119, BELOW)) == []
    assert len(await look(services, reckoned(services, 119, BELOW, LESS))) == 1
    await press(services, ADA, ItemCardVerb.KEEP, await the_card(services))
    await write(services, ADA, "It is hard, and right.")
    assert await look(services, reckoned(services, 200, BELOW, LESS)) == []
    assert len(await look(services, reckoned(services, 240, BELOW, LESS))) == 1


async def test_an_item_whose_card_stands_opens_none(services: Services) -> None:
    """Whatever it was opened for; nor does one that is retired, or worded otherwise by now."""
    item = reckoned(services, 60, BELOW)
    await flagged_by_two(services)
    assert await look(services, item) == []
    await press(services, ADA, ItemCardVerb.RETIRE, await the_card(services))
    assert await look(services, item) == []
    other = reckoned(services, 60, BELOW, case_id="other")
    stale = replace(other, asked=replace(other.asked, key=replace(other.key, revision="0" * 16)))
    assert await look(services, stale) == []
    services.settings = Settings()
    assert await look(services, other) == []


async def test_so_many_cards_come_in_a_day(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of most answers first; the others the next day."""
    monkeypatch.setattr(alarms_module, "MOST", 1)
    items = [reckoned(services, 60, BELOW), reckoned(services, 90, BELOW, case_id="other")]
    (first,) = await look(services, *items)
    assert "Another one" in said(first.owed[0])
    (second,) = await look(services, *items)
    assert "Hard lumps" in said(second.owed[0])
    assert await look(services, *items) == []


async def test_the_next_wording_is_shown_beside_the_old_one(
    services: Services, tmp_path: Path
) -> None:
    """Once thirty answered it, to each administrator, once."""
    await flagged_by_two(services)
    await press(services, ADA, ItemCardVerb.RETIRE, await the_card(services))
    old = reckoned(services, 60)
    write_case(tmp_path / "hard-lumps.yaml", questions=[question_data(prompt="Which are they?")])
    services.library = load_library(tmp_path)
    snapshot = services.library.snapshot(services.library.cases[CASE])
    taken = SnapshotTaken(snapshot.digest, snapshot.to_json(), NOW + 1)
    await done(services, Outcome((taken,)))
    assert await look(services, old, reckoned(services, 29)) == []
    new = reckoned(services, 30)
    assert await look(services, new) == []  # nothing is known of the old one
    (outcome,) = await look(services, old, new)
    assert [call.chat_id for call in outcome.owed] == [ADA, CLEO]
    text = said(outcome.owed[0])
    for part in (
        "A question you decided on",
        "Retired by Person 1",
        "Before: What are they?",
        "After: Which are they?",
        "Before: 20% right of 60",
        "After: 20% right of 30",
    ):
        assert part in text
    assert await look(services, old, new) == []
