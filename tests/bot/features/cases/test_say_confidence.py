"""How sure a learner is: said before the vote, kept with the answer, and asked of nobody else."""

import pytest
from msgspec.structs import replace

from bot.features.cases.answer import Vote, answer_all
from bot.features.cases.choose_case import Named
from bot.features.cases.confidence_view import without_row
from bot.features.cases.say_confidence import say_confidence
from bot.features.cases.send_case import send_case
from bot.features.shared.preferences import NO_PREFERENCES
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from storage.case_mark_facts import PreferencesSet
from storage.facts import AnswerGiven, PersonForgotten
from storage.outcome import Outcome, OwedCall
from storage.practice import BeforeVote
from storage.practice_facts import ConfidenceTaken
from tests.storage.samples import ADA, BEN, begin_all
from tests.support.served_chats import button_rows, send_all
from tests.support.services import commit

MESSAGE = 7


async def case(services: Services, person_id: int = ADA) -> tuple[str, OwedCall]:
    """A case came to a person: its poll's name, and the call."""
    visit = await receive(services, Visitor(person_id, "en"))
    outcome = await commit(services, await send_case(services, visit, Named("made-0")))
    (poll,) = await send_all(services)
    return poll, outcome.owed[-1]


def row(call: OwedCall) -> list[tuple[str, str]]:
    """The buttons under a poll: what stands on them, and what they send."""
    return [(one["text"], one["callback_data"]) for one in button_rows(call)[0]]


async def pressed(services: Services, data: str, person_id: int = ADA) -> Outcome:
    """What a press comes to; it is on record."""
    visit = await receive(services, Visitor(person_id, "en"))
    wish = data.removeprefix("sure:")
    return await commit(services, await say_confidence(services, visit, wish, MESSAGE))


async def voted(services: Services, poll: str) -> Outcome:
    """What Ada's vote comes to; it is on record."""
    vote = Vote(1, poll, Visitor(ADA, "en"), (0,), services.clock.now(), fresh=True)
    (outcome,) = await answer_all(services, [vote])
    assert isinstance(outcome, Outcome)
    return await commit(services, outcome)


def confidence(outcome: Outcome) -> str | None:
    """What is kept with the answer."""
    (given,) = (fact for fact in outcome.facts if isinstance(fact, AnswerGiven))
    return given.confidence


async def test_the_last_word_before_the_vote_is_kept_with_the_answer(services: Services) -> None:
    """Each press marks its button; the vote takes what was said last, and nothing is left over."""
    poll, call = await case(services)
    assert [text for text, _ in row(call)] == ["Guess", "Fairly sure", "Certain"]
    for place, told in ((0, "Noted: a guess. Now vote."), (2, "Noted: certain. Now vote.")):
        outcome = await pressed(services, row(call)[place][1])
        (edit,) = outcome.owed
        assert [text[0] == "✓" for text, _ in row(edit)] == [n == place for n in range(3)]
        assert outcome.toast is not None
        assert outcome.toast.text == told
    outcome = await voted(services, poll)
    assert confidence(outcome) == "certain"
    assert any(isinstance(fact, ConfidenceTaken) for fact in outcome.facts)
    kept = await services.store.people.everything(ADA)
    assert kept["how_sure_you_said_you_are"] == []
    assert [answer["confidence"] for answer in kept["answers"]] == ["certain"]


async def test_unsaid_stays_unsaid(services: Services) -> None:
    """A press after the vote says that it came too late, and changes nothing."""
    poll, call = await case(services)
    assert confidence(await voted(services, poll)) is None
    outcome = await pressed(services, row(call)[2][1])
    assert outcome.toast is not None
    assert outcome.toast.text == "That counts only before the answer."
    assert outcome.owed == ()
    assert [a["confidence"] for a in (await services.store.people.everything(ADA))["answers"]] == [
        None
    ]


async def test_a_vote_that_waits_for_its_poll_is_a_vote(services: Services) -> None:
    """Telegram has shown what is right: nothing that is said afterwards goes into the answer."""
    visit = await receive(services, Visitor(ADA, "en"))
    outcome = await commit(services, await send_case(services, visit, Named("made-0")))
    rows = await begin_all(services.store)
    assert len(rows) == 1
    vote = Vote(1, "poll", Visitor(ADA, "en"), (0,), services.clock.now(), fresh=True)
    (parked,) = await answer_all(services, [vote])
    assert isinstance(parked, Outcome)
    await commit(services, parked)
    late = await pressed(services, row(outcome.owed[-1])[2][1])
    assert late.toast is not None
    assert (late.owed, late.toast.text) == ((), "That counts only before the answer.")


async def test_the_row_comes_under_each_question_and_goes_with_its_answer(
    services: Services,
) -> None:
    """The second question has one of its own; the first's goes once the explanation is out."""
    poll, call = await case(services)
    *explaining, following = (await voted(services, poll)).owed
    assert [data for _, data in row(following)] == [
        data.removesuffix("-0") + "-1" for _, data in row(call)
    ]
    gone = without_row(int(poll.removeprefix("poll ")))
    assert [one.afterwards for one in explaining][-1:] == [gone]
    assert {one.afterwards for one in (*explaining[:-1], following)} <= {None}
    await send_all(services)
    (edit,) = await begin_all(services.store)
    assert (edit.chat_id, edit.method, edit.params) == (ADA, gone.method, gone.params)
    assert (gone.params["reply_markup"], edit.broadcast) == ({"inline_keyboard": []}, True)


async def test_who_does_not_want_it_is_not_asked(services: Services) -> None:
    """Neither under the first question nor the second; and no row goes that was not there."""
    unasked = replace(NO_PREFERENCES, confidence=False)
    await commit(services, Outcome((PreferencesSet(ADA, unasked.to_json()),)))
    poll, call = await case(services)
    assert "reply_markup" not in call.params
    outcome = await voted(services, poll)
    assert [c.method for c in outcome.owed] == ["sendMessage", "sendPoll"]
    assert "reply_markup" not in outcome.owed[-1].params
    assert {one.afterwards for one in outcome.owed} == {None}


@pytest.mark.parametrize(
    "wish", ["", "certain", "certain:", "sure:1-0", "certain:1-0", "certain:x", "certain:{post}-2"]
)
async def test_what_no_button_says_is_kept_nowhere(services: Services, wish: str) -> None:
    """People can send anything, also of a question that the case does not have."""
    _, call = await case(services)
    post = row(call)[0][1].removeprefix("sure:guess:").partition("-")[0]
    outcome = await pressed(services, wish.format(post=post))
    assert outcome.toast is not None
    assert outcome.owed == ()


async def test_nobody_speaks_for_another(services: Services) -> None:
    """Nor for themselves once they were forgotten."""
    _, call = await case(services)
    for person_id in (BEN, ADA):
        outcome = await pressed(services, row(call)[2][1], person_id)
        assert (outcome.owed == ()) is (person_id == BEN)
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert (await pressed(services, row(call)[0][1])).owed == ()


async def test_a_vote_alone_is_judged_as_votes_together_are(services: Services) -> None:
    """What is known before a parked vote is what is known before others."""
    poll, call = await case(services)
    await pressed(services, row(call)[1][1])
    (context,) = await services.store.votes.read([(ADA, poll)])
    assert call.poll is not None
    alone = await services.store.practices.before_vote(ADA, call.poll.post_id, 0)
    assert context.before == alone == BeforeVote("fairly")
