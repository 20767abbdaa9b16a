"""Telegram refuses what shows a question of a sitting: then, and only then, it does not count."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.sittings.plan import Mode
from bot.features.sittings.refused_item import refused_item
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.services import Services
from storage.case_facts import CaseRefused
from storage.outbox import OwedRow
from storage.outcome import NOTHING, About, Outcome
from tests.storage.samples import GROUP, begin_all
from tests.support.services import commit
from tests.support.sittings import begin, current, press, said

WRONG = "Bad Request: wrong file identifier"


async def shown_in(services: Services, mode: Mode) -> OwedRow:
    """What shows the first question of a sitting that has just begun."""
    await begin(services, mode)
    return next(row for row in await begin_all(services.store) if row.about is not None)


async def refused(services: Services, row: OwedRow, why: str = WRONG) -> Outcome:
    """What comes of its refusal."""
    return await commit(services, await refused_item(services, row, why))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"about": None}, WRONG),
        ({"about": About(1)}, WRONG),
        ({"about": About(1, 0)}, WRONG),
        ({"chat_id": GROUP}, WRONG),
        ({"method": "editMessageReplyMarkup"}, "Bad Request: message to edit not found"),
    ],
    ids=["no question", "a whole post", "of no sitting", "in a group", "an edit that is no matter"],
)
async def test_what_shows_no_question_of_a_sitting_costs_none(
    services: Services, changes: dict[str, Any], why: str
) -> None:
    """Nothing comes of it here."""
    row = await shown_in(services, Mode.EXAM)
    assert await refused(services, replace(row, **changes), why) == NOTHING


async def test_in_a_session_it_is_told_and_its_person_goes_on_by_a_press(
    services: Services,
) -> None:
    """The case does not count."""
    outcome = await refused(services, await shown_in(services, Mode.STUDY))
    assert [type(fact) for fact in outcome.facts] == [CaseRefused]
    (call,) = outcome.owed
    assert "Telegram would not take" in said(call)


async def test_once_it_is_over_nothing_is_shown_in_its_place(services: Services) -> None:
    """The question was refused after the exam was handed in."""
    row = await shown_in(services, Mode.EXAM)
    await press(services, await current(services), SittingVerb.HAND_IN)
    assert await refused(services, row) == NOTHING
