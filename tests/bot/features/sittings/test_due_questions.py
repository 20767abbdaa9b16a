"""What is due for review, practised in one go: single questions, in words not met yet."""

from pathlib import Path

import pytest

from bot.base.time_units import DAY_MS
from bot.features.cases.answer import Vote, answer_all
from bot.features.cases.choose_case import Named
from bot.features.cases.send_case import send_case
from bot.features.shared.visitors import Visitor
from bot.features.sittings import set_up
from bot.features.sittings.plan import CaseSource, Mode, Plan
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.services import Services
from content.library import load_library
from storage.facts import AnswerGiven, CasePosted
from storage.outcome import Outcome
from tests.bot.features.practice.test_reviews import VARIANT, WRONG, voted
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA, answered
from tests.support.served_chats import later, send_all
from tests.support.services import commit
from tests.support.sittings import begin, current, items, press, said, visit


@pytest.fixture
async def ward(services: Services, tmp_path: Path) -> Services:
    """Ada missed a question of which there is a variant, eight days ago."""
    folder = tmp_path / "one"
    folder.mkdir()
    write_case(folder / "hard-lumps.yaml", questions=[question_data(variants=[VARIANT])])
    services.library = load_library(folder)
    outcome = await send_case(services, await visit(services), Named("hard-lumps"))
    await voted(services, outcome, WRONG)
    later(services, 8 * DAY_MS)
    return services


async def page(services: Services, topic: str = "") -> str:
    """What the page says of what is due."""
    plan = Plan(source=CaseSource.DUE, topic=topic)
    outcome = await set_up.change(services, await visit(services), str(plan), 7)
    await commit(services, outcome)
    return said(outcome.owed[0])


async def test_what_is_due_is_counted(ward: Services) -> None:
    """On a topic, or on any."""
    topic = ward.library.cases["hard-lumps"].topics[0]
    assert "1 case fits." in await page(ward)
    assert "1 case fits." in await page(ward, topic)
    assert "0 cases fit." in await page(ward, "cardiology")


@pytest.mark.parametrize("mode", Mode)
async def test_another_wording_is_asked_and_is_no_first_answer(ward: Services, mode: Mode) -> None:
    """By itself; what is answered so stays out of the totals."""
    outcome = await begin(ward, mode, CaseSource.DUE)
    (posted,) = [fact for fact in outcome.facts if isinstance(fact, CasePosted)]
    assert (posted.purpose, posted.variant) == ("sitting", "another-patient")
    given: Outcome
    if mode is Mode.EXAM:
        sitting = await current(ward)
        assert len(await items(ward, sitting)) == 1
        assert "soft lumps" in said(outcome.owed[-1])
        await press(ward, sitting, SittingVerb.CHOOSE, 0, 1)
        given = await press(ward, sitting, SittingVerb.HAND_IN)
    else:
        (poll,) = await send_all(ward)
        vote = Vote(1, poll, Visitor(ADA, "en"), (1,), ward.clock.now(), fresh=True)
        (found,) = await answer_all(ward, [vote])
        assert isinstance(found, Outcome)
        given = found
    (answer,) = [fact for fact in given.facts if isinstance(fact, AnswerGiven)]
    assert (answer.question_id, answer.first) == ("nature", False)


@pytest.mark.parametrize("mode", Mode)
async def test_of_a_case_one_question_at_a_time(services: Services, mode: Mode) -> None:
    """What is told before a later question of it may give away the earlier one."""
    for name in services.library.cases:
        for question in services.library.cases[name].questions:
            given = answered(ADA, None, case_id=name, question_id=question.id)
            await commit(services, Outcome((given,)))
    later(services, 40 * DAY_MS)
    assert "6 cases fit." in await page(services)
    outcome = await begin(services, mode, CaseSource.DUE, 20)
    posted = [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]
    assert sorted(posted) == sorted(services.library.cases)
