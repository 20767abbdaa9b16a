"""An exam is handed in: once, with answers, score and results in one commit."""

import pytest

from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from bot.features.sittings.hand_in import time_up, warn
from bot.features.sittings.plan import WARN_MS, Mode, time_for
from bot.features.sittings.refused_item import refused_item
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.services import Services
from content.snapshot import Snapshot
from storage.errors import RejectedError
from storage.facts import AnswerGiven
from storage.ledger import Entry
from storage.outcome import About, Outcome
from tests.storage.samples import ADA, NOW, begin_all
from tests.support.served_chats import later
from tests.support.services import commit
from tests.support.sittings import begin, current, items, labels, press, said


def answers(outcome: Outcome) -> list[AnswerGiven]:
    """What was answered by it."""
    return [fact for fact in outcome.facts if isinstance(fact, AnswerGiven)]


async def test_what_stands_is_the_answer(services: Services) -> None:
    """Graded, first as any other; what was not answered is no answer."""
    await begin(services)
    sitting = await current(services)
    for place, choice in ((0, 1), (2, 0), (2, 2), (4, 0), (4, 1)):
        await press(services, sitting, SittingVerb.CHOOSE, place, choice)
    outcome = await press(services, sitting, SittingVerb.HAND_IN)
    given = answers(outcome)
    assert [(one.choices, one.verdict, one.first) for one in given] == [
        ((1,), "correct", True),
        ((2,), "wrong", True),
        ((1,), "correct", True),
    ]
    assert "Exam handed in: 2 of 10 questions right. 7 not answered." in said(outcome.owed[0])
    assert len([label for label in labels(outcome) if label.startswith("Made case")]) == 8
    kept = await services.store.sittings.get(sitting.id)
    assert kept is not None
    assert (kept.state, kept.score, kept.ended_at) == ("handed_in", 2.0, NOW)
    assert all(item.draft is None for item in await items(services, sitting))


async def test_it_is_handed_in_once(services: Services) -> None:
    """A second press says when; and no second commit can be made of the same answers."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    outcome = await press(services, sitting, SittingVerb.HAND_IN)
    again = await press(services, sitting, SittingVerb.HAND_IN)
    assert (again.owed, answers(again)) == ((), [])
    assert again.toast is not None
    assert again.toast.text == "Handed in at 22:13 (UTC)."
    with pytest.raises(RejectedError):
        await services.store.ledger.commit([Entry(outcome)], NOW)


async def test_an_answer_that_was_given_before_is_first_no_more(services: Services) -> None:
    """Whatever happened to the case while the exam was open."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    await press(services, sitting, SittingVerb.CHOOSE, 2, 1)
    # The same is done in another chat, meanwhile.
    item = (await items(services, sitting))[0]
    asked = PostedQuestion(Snapshot.from_json(item.snapshot), item.position, None)
    elsewhere = graded_answer(ADA, asked, Response((1,), NOW, None), first=True)
    await commit(services, Outcome((elsewhere,)))
    assert [one.first for one in answers(await press(services, sitting, SittingVerb.HAND_IN))] == [
        False,
        True,
    ]


async def test_a_warning_then_the_end(services: Services) -> None:
    """Five minutes before; then it is handed in as it stands, once."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    deadline = NOW + time_for(10)
    assert await services.store.sittings.to_warn(deadline - WARN_MS - 1, 9) == []
    later(services, time_for(10) - WARN_MS)
    (due,) = await services.store.sittings.to_warn(services.clock.now(), 9)
    outcome = await commit(services, await warn(services, due))
    assert "5 minutes left. 1 of 10 answered; then the exam is handed in" in said(outcome.owed[0])
    assert await services.store.sittings.to_warn(services.clock.now(), 9) == []
    later(services, WARN_MS)
    assert await services.store.sittings.overdue(deadline - 1, 9) == []
    (due,) = await services.store.sittings.overdue(deadline, 9)
    outcome = await commit(services, await time_up(services, due))
    assert "Time is up, and the exam is handed in: 1 of 10 questions right." in said(
        outcome.owed[0]
    )
    assert await services.store.sittings.overdue(deadline, 9) == []


async def test_each_miss_opens_its_explanation(services: Services) -> None:
    """The question once more, without buttons, then why; answered or not."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 0)
    await press(services, sitting, SittingVerb.HAND_IN)
    for place, words in ((0, "You chose"), (1, "Reason 1"), (3, "not yet reviewed")):
        recalled, told = (await press(services, sitting, SittingVerb.WHY, place)).owed
        assert "Made question" in said(recalled)
        assert "reply_markup" not in recalled.params
        assert words.lower() in said(told).lower()
    outcome = await press(services, sitting, SittingVerb.WHY, 10)
    assert outcome.toast is not None


async def test_a_question_that_telegram_refuses_does_not_count(services: Services) -> None:
    """It says so in its place, once, and the exam goes on."""
    await begin(services)
    sitting = await current(services)
    item = (await items(services, sitting))[0]
    (shown,) = [row for row in await begin_all(services.store) if row.method == "sendMessage"]
    assert shown.about == About(item.post_id, 0)
    told = await commit(services, await refused_item(services, shown, "Bad Request: wrong file"))
    assert "Telegram would not take this question. It does not count." in said(told.owed[0])
    assert (await refused_item(services, shown, "Bad Request: wrong file")).owed == ()
    outcome = await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    assert outcome.toast is not None
    assert "0 of 8 questions right" in said(
        (await press(services, sitting, SittingVerb.HAND_IN)).owed[0]
    )


async def test_a_session_has_no_deadline(services: Services) -> None:
    """However long it takes."""
    await begin(services, Mode.STUDY)
    assert await services.store.sittings.overdue(NOW * 2, 9) == []
    assert await services.store.sittings.to_warn(NOW * 2, 9) == []
