"""Votes in polls: what each comes to, in private and in groups, alone and among others."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.cases.answer import Vote, answer_all, record
from bot.features.cases.choose_case import Named
from bot.features.cases.confidence_view import without_row
from bot.features.cases.send_case import send_case
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from bot.settings import Settings
from storage.case_facts import AnswerGiven, AnswerWithdrawn, CasePosted, SnapshotTaken
from storage.facts import PersonMet
from storage.outcome import NOTHING, Outcome, OwedCall
from storage.poll_facts import AnswerParked
from storage.polls import KnownPoll
from tests.content.samples import question_data
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import POLLS, button_rows, join, later, put, said, send_all
from tests.support.services import commit, only_case

RIGHT, WRONG = 1, 0
CASE = "made-0"


async def sent(services: Services, person_id: int = ADA, name: str = CASE) -> str:
    """A case came to a person in private; its poll."""
    visit = await receive(services, Visitor(person_id, "en"))
    await commit(services, await send_case(services, visit, Named(name)))
    return await arrived(services)


async def arrived(services: Services) -> str:
    """What is owed is sent; the poll that was among it."""
    return (await send_all(services))[-1]


async def in_group(services: Services) -> str:
    """A case came to a group; its poll."""
    await put(services, await join(services, POLLS), services.library.cases[CASE], sent=False)
    return await arrived(services)


def vote(services: Services, poll_id: str, *chosen: int, person_id: int = ADA) -> Vote:
    """A vote that comes now; of no choice, it is taken back."""
    now = services.clock.now()
    return Vote(1, poll_id, Visitor(person_id, "en"), chosen, now, fresh=True)


async def voted(services: Services, poll_id: str, *chosen: int, person_id: int = ADA) -> Outcome:
    """What a person's vote comes to; it is on record."""
    cast = vote(services, poll_id, *chosen, person_id=person_id)
    (outcome,) = await answer_all(services, [cast])
    assert isinstance(outcome, Outcome)
    return await commit(services, outcome)


async def known(services: Services, poll_id: str) -> KnownPoll:
    """A poll as it is on record."""
    poll = await services.store.polls.known(poll_id)
    assert poll is not None
    return poll


def given(outcome: Outcome | Exception) -> AnswerGiven:
    """The one answer that is recorded."""
    assert isinstance(outcome, Outcome)
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, AnswerGiven))
    return fact


def explanations(outcome: Outcome) -> list[OwedCall]:
    """The messages that explain."""
    return [call for call in outcome.owed if call.method == "sendMessage"]


def words(outcome: Outcome) -> str:
    """All that is said, to Ada alone."""
    assert {call.chat_id for call in outcome.owed} <= {ADA}
    return "\n".join(map(said, outcome.owed))


async def test_an_answer_is_graded_timed_and_explained(services: Services) -> None:
    """In reply to its poll; then the next question of the same post."""
    poll = await sent(services)
    later(services, 9_000)
    outcome = await voted(services, poll, WRONG)
    answer = given(outcome)
    assert (answer.choices, answer.verdict, answer.score) == ((WRONG,), "wrong", 0.0)
    assert (answer.first, answer.answered_at, answer.time_taken) == (True, NOW + 9_000, 9_000)
    assert (answer.case_id, answer.question_id, answer.position) == (CASE, "q-0-a", 0)
    explanation, question = outcome.owed
    assert "Not this time." in said(explanation)
    assert "For teaching only" not in said(explanation)
    message_id = int(poll.removeprefix("poll "))
    assert explanation.params["reply_parameters"]["message_id"] == message_id
    assert explanation.afterwards == without_row(message_id)
    assert question.afterwards is None
    assert (question.method, said(question)) == ("sendPoll", "Made question 0-b?")
    assert question.poll is not None
    assert (question.poll.post_id, question.poll.position) == (answer.post_id, 1)
    assert not any(isinstance(fact, CasePosted) for fact in outcome.facts)


async def test_the_last_answer_brings_the_whole_explanation(services: Services) -> None:
    """And the ways on under it; no further question."""
    await voted(services, await sent(services), RIGHT)
    outcome = await voted(services, await arrived(services), RIGHT)
    assert given(outcome).position == 1
    assert "For teaching only" in words(outcome)
    assert [call.method for call in outcome.owed if call.poll is not None] == []
    assert button_rows(explanations(outcome)[-1])[0][0]["text"] == "Next case"


async def test_questions_follow_one_another_to_the_last(services: Services, tmp_path: Path) -> None:
    """Each after the answer to the one before."""
    three = [question_data(id=f"q-{n}", prompt=f"Question {n}?") for n in range(3)]
    only_case(services, tmp_path / "three", questions=three)
    poll, asked = await sent(services, ADA, "hard-lumps"), []
    for _ in three:
        outcome = await voted(services, poll, RIGHT)
        asked.append([said(call) for call in outcome.owed if call.poll is not None])
        if asked[-1]:
            poll = await arrived(services)
    assert asked == [["Question 1?"], ["Question 2?"], []]


async def test_a_question_replies_to_what_goes_ahead_of_it(
    services: Services, tmp_path: Path
) -> None:
    """And not to the explanation of the question before."""
    then = question_data(id="then", reveal="It goes on. " * 100)
    only_case(services, tmp_path / "long", questions=[question_data(), then])
    outcome = await voted(services, await sent(services, ADA, "hard-lumps"), RIGHT)
    (poll,) = (call for call in outcome.owed if call.poll is not None)
    assert poll.reply_to is not None
    assert "It goes on." in said(outcome.owed[poll.reply_to])


async def test_the_flag_stands_under_an_explanation_where_somebody_sees_to_flags(
    services: Services,
) -> None:
    """After each question, the last one too."""
    services.settings = Settings(admins=frozenset({BEN}))
    first = await voted(services, await sent(services), RIGHT)
    last = await voted(services, await arrived(services), RIGHT)
    for outcome, position in ((first, 0), (last, 1)):
        post_id = given(outcome).post_id
        data = button_rows(explanations(outcome)[-1])[-1][0]["callback_data"]
        assert data == f"flag:{post_id:x}-{position}"


async def test_peers_are_told_of_from_five_on_this_answer_counted(
    services: Services, tmp_path: Path
) -> None:
    """The fifth to answer is one of five, although their own is only just being recorded."""
    only_case(services, tmp_path / "one")
    for person_id, choice in ((1, WRONG), (2, WRONG), (3, WRONG), (4, RIGHT)):
        poll = await sent(services, person_id, "hard-lumps")
        await voted(services, poll, choice, person_id=person_id)
    outcome = await voted(services, await sent(services, ADA, "hard-lumps"), RIGHT)
    assert "How 5 learners answered first" in words(outcome)
    assert "40%" in words(outcome), "their own choice is one of the five"
    outcome = await voted(services, await sent(services, ADA, "hard-lumps"), WRONG)
    assert given(outcome).first is False
    assert "How 5 learners answered first" in words(outcome)
    assert "60%" in words(outcome), "a second answer to the same wording counts no more"


async def test_only_the_first_answer_to_a_post_counts(services: Services) -> None:
    """In private they hear that; in a group it would be word before everybody."""
    for poll, told in ((await sent(services), True), (await in_group(services), False)):
        await voted(services, poll, WRONG)
        again = await voted(services, poll, RIGHT)
        assert not any(isinstance(fact, AnswerGiven) for fact in again.facts)
        assert ("already answered" in words(again)) is told
        assert any(isinstance(fact, PersonMet) for fact in again.facts) is told
        assert again == NOTHING or told


async def test_a_vote_taken_back_stands(services: Services) -> None:
    """In private they hear that; in a group it is noted, without a word."""
    for poll, told in ((await sent(services), True), (await in_group(services), False)):
        answer = given(await voted(services, poll, WRONG))
        later(services, 1_000)
        outcome = await voted(services, poll)
        assert answer.post_id is not None
        taken_back = AnswerWithdrawn(ADA, answer.post_id, 0, services.clock.now())
        assert taken_back in outcome.facts
        assert any(isinstance(fact, PersonMet) for fact in outcome.facts) is told
        assert ("stays on record" in words(outcome)) is told


async def test_what_was_never_given_cannot_be_taken_back(services: Services) -> None:
    """Neither in a known poll nor in an unknown one."""
    assert await voted(services, await sent(services)) == NOTHING
    assert await voted(services, "unheard of") == NOTHING


async def test_in_a_group_nothing_is_said(services: Services) -> None:
    """An explanation would spoil the case for others: there it waits behind a button."""
    poll = await in_group(services)
    later(services, 3_000)
    outcome = await voted(services, poll, RIGHT)
    assert outcome == Outcome((given(outcome),))
    assert given(outcome).time_taken == 3_000


async def test_a_vote_in_a_poll_not_known_yet_is_parked(services: Services) -> None:
    """As it came, until its poll is known."""
    cast = replace(vote(services, "unheard of", 1, 2), fresh=False, update_id=44)
    (outcome,) = await answer_all(services, [cast])
    parked = AnswerParked(44, "unheard of", ADA, "en", (1, 2), NOW, fresh=False)
    assert outcome == Outcome((parked,))


async def test_a_backlog_says_nothing_of_how_long_it_took(services: Services) -> None:
    """Nor does a poll of which nobody knows when it was sent, nor a clock set back."""
    poll = await sent(services)
    cast = vote(services, poll, RIGHT)
    late = given((await answer_all(services, [replace(cast, fresh=False)]))[0])
    assert late.time_taken is None
    unsent = replace(await known(services, poll), sent_at=None)
    assert given(await record(services, cast, unsent)).time_taken is None
    early = given((await answer_all(services, [replace(cast, received_at=NOW - 1)]))[0])
    assert early.time_taken is None


async def test_many_votes_at_once_come_to_what_each_would_alone(services: Services) -> None:
    """An error is that of the vote in its place: a choice that is not there stops nobody."""
    poll = await in_group(services)
    casts = [
        vote(services, poll, RIGHT),
        vote(services, poll, 17, person_id=BEN),
        vote(services, "unheard of", RIGHT, person_id=3),
        vote(services, poll, WRONG, person_id=4),
    ]
    good, bad, parked, last = await answer_all(services, casts)
    assert isinstance(bad, ValueError)
    assert isinstance(parked, Outcome)
    assert isinstance(parked.facts[0], AnswerParked)
    assert (given(good).person_id, given(good).verdict) == (ADA, "correct")
    assert (given(last).person_id, given(last).verdict) == (4, "wrong")


async def test_who_is_known_already_is_not_noted_again(services: Services) -> None:
    """Votes come in crowds; who voted first of all is noted."""
    poll = await sent(services, BEN)
    met = [f for f in (await voted(services, poll, RIGHT)).facts if isinstance(f, PersonMet)]
    assert met == [PersonMet(ADA, "en", NOW)]
    outcome = await voted(services, await sent(services), RIGHT)
    assert not any(isinstance(fact, PersonMet) for fact in outcome.facts)


async def test_a_forwarded_poll_is_explained_to_whoever_voted_without_a_reply(
    services: Services,
) -> None:
    """Its message is in another's chat."""
    outcome = await voted(services, await sent(services, BEN), RIGHT)
    assert "reply_parameters" not in outcome.owed[0].params
    assert {call.chat_id for call in outcome.owed} == {ADA}


async def test_where_nobody_knows_which_post_it_was_the_rest_is_a_new_one(
    services: Services,
) -> None:
    """The answer counts for person and question, with nothing to flag or to take back."""
    services.settings = Settings(admins=frozenset({BEN}))
    found = await known(services, await sent(services))
    nowhere = KnownPoll(replace(found.question, post_id=None, chat_id=None), None, None)
    outcome = await record(services, vote(services, "poll", RIGHT), nowhere)
    assert given(outcome).post_id is None
    (posted,) = (fact for fact in outcome.facts if isinstance(fact, CasePosted))
    assert any(isinstance(fact, SnapshotTaken) for fact in outcome.facts)
    explanation, question = outcome.owed
    assert question.poll is not None
    assert question.poll.post_id == posted.post_id
    assert "reply_markup" not in explanation.params
    assert await record(services, vote(services, "poll"), nowhere) == NOTHING


async def test_a_parked_vote_that_finds_its_poll_is_judged_like_any_other(
    services: Services,
) -> None:
    """Answered meanwhile, it does not count; else it does."""
    poll = await sent(services)
    found = await known(services, poll)
    outcome = await record(services, vote(services, poll, RIGHT), found)
    assert given(outcome).verdict == "correct"
    assert outcome.owed[0].afterwards is not None
    await voted(services, poll, WRONG)
    late = await record(services, vote(services, poll, RIGHT), found)
    assert not any(isinstance(fact, AnswerGiven) for fact in late.facts)
    taken_back = await record(services, vote(services, poll), found)
    assert any(isinstance(fact, AnswerWithdrawn) for fact in taken_back.facts)


async def test_a_repeated_case_is_a_post_of_its_own(services: Services) -> None:
    """It is answered and explained anew, and is no first answer."""
    first = given(await voted(services, await sent(services), WRONG))
    again = given(await voted(services, await sent(services), RIGHT))
    assert (first.first, again.first) == (True, False)
    assert first.post_id != again.post_id


@pytest.mark.parametrize("chosen", [(1, 1), (1,)])
async def test_a_choice_counts_once_however_often_it_is_named(
    services: Services, chosen: tuple[int, ...]
) -> None:
    """Whatever a client sends."""
    assert given(await voted(services, await sent(services), *chosen)).choices == (1,)


def test_groups_have_negative_ids() -> None:
    """What tells them from people's private chats here."""
    assert GROUP < 0 < ADA
