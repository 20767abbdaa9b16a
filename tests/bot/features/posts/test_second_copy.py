"""A second copy of a question's poll, as a kill leaves it, and what becomes of votes in it."""

import pytest
from msgspec.structs import replace

from bot.features.cases.answer import Vote, answer_all
from bot.features.posts.end_early import end_question
from bot.features.posts.second_copy import StandingPoll, found_copy
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visitor
from bot.intake.poll_matching import match_vote
from bot.services import Services
from storage.case_facts import AnswerGiven
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import PollFound, PollRecognised, UnknownPollSeen
from storage.polls import ParkedAnswer
from storage.question_facts import QuestionClosed
from storage.questions import PutQuestion
from tests.storage.samples import ADA, BEN, GROUP
from tests.support.served_chats import again, join, later, put, send_all, served
from tests.support.services import commit

COPY = 7  # the message of the copy


async def put_twice(services: Services) -> tuple[PutQuestion, StandingPoll]:
    """A question whose poll was sent, interrupted, and sent again; and the poll that was lost."""
    asked = await put(services, await join(services), sent=False)
    waiting = [row.id for row in await services.store.outbox.waiting(0)]
    *_, interrupted = await services.store.outbox.begin(waiting, services.clock.now())
    assert interrupted.poll is not None
    await send_all(services)
    lost = StandingPoll(GROUP, COPY, "lost", interrupted.poll.fingerprint or "", closed=False)
    return await again(services, asked), lost


async def press(services: Services, asked: PutQuestion, seen: StandingPoll) -> Outcome:
    """What a press under this poll comes to; it is on record."""
    ref = QuestionRef(asked.post_id, asked.position)
    return await commit(services, await found_copy(services, ref, seen))


async def end(services: Services, asked: PutQuestion) -> Outcome:
    """Close now; the question's results are out."""
    now = services.clock.now()
    outcome = await end_question(services, asked, now, (await served(services)).words)
    closed = QuestionClosed(asked.post_id, asked.position, now)
    await commit(services, outcome + Outcome((closed,)))
    return outcome


def stopped(outcome: Outcome) -> list[int]:
    """The messages whose polls are stopped, in the order of the calls."""
    assert {call.method for call in outcome.owed} <= {"stopPoll"}
    assert all("reply_markup" in call.params for call in outcome.owed), "the buttons stay"
    return [call.params["message_id"] for call in outcome.owed]


async def test_a_copy_found_before_the_end_is_stopped_first(services: Services) -> None:
    """Closing waits for the poll that is known: nobody votes in either then."""
    asked, lost = await put_twice(services)
    found = await press(services, asked, lost)
    assert [type(fact) for fact in found.facts] == [PollRecognised, PollFound]
    assert found.owed == ()
    assert stopped(await end(services, asked)) == [COPY, asked.message_id]


async def test_a_copy_found_after_the_end_is_stopped_then(services: Services) -> None:
    """Its message was not known before; once it is closed nothing is left to do."""
    asked, lost = await put_twice(services)
    assert stopped(await end(services, asked)) == [asked.message_id]
    assert stopped(await press(services, asked, lost)) == [COPY]
    assert await press(services, asked, replace(lost, closed=True)) == NOTHING


async def test_what_is_no_copy_is_left_alone(services: Services) -> None:
    """Presses can be forged: another poll, another chat, a question that nobody knows."""
    asked, lost = await put_twice(services)
    await end(services, asked)
    other = await put(services, await served(services), services.library.cases["made-3"])
    assert other.message_id is not None
    known = replace(lost, poll_id=f"poll {other.message_id}", message_id=other.message_id)
    for seen in (
        replace(lost, fingerprint="another's"),
        replace(lost, chat_id=GROUP - 1),
        known,
        replace(lost, message_id=asked.message_id or 0),
    ):
        assert await press(services, asked, seen) == NOTHING
    assert await press(services, replace(asked, post_id=99), lost) == NOTHING


async def vote(services: Services, person_id: int, poll_id: str, **how: bool) -> list[AnswerGiven]:
    """The answers that somebody's vote comes to now."""
    given = Vote(1, poll_id, Visitor(person_id, "en"), (1,), services.clock.now(), fresh=True)
    (outcome,) = await answer_all(services, [replace(given, **how)])
    assert isinstance(outcome, Outcome)
    return [fact for fact in outcome.facts if isinstance(fact, AnswerGiven)]


async def test_after_the_results_a_copy_s_votes_count_no_more(services: Services) -> None:
    """Whoever votes there may have read them. Until then, and from a backlog, they count; in the
    poll that Telegram has stopped nobody votes late.
    """
    asked, lost = await put_twice(services)
    await press(services, asked, lost)
    assert await vote(services, ADA, "lost")
    await end(services, asked)
    later(services, 1)
    assert await vote(services, ADA, "lost") == []
    assert await vote(services, BEN, "lost", fresh=False)
    assert await vote(services, BEN, f"poll {asked.message_id}")


@pytest.mark.parametrize("waited", [True, False])
async def test_a_vote_that_waited_for_its_poll_counts_by_when_it_came(
    services: Services, waited: bool
) -> None:
    """Before the results it counts, although the copy became known after them."""
    asked, lost = await put_twice(services)
    await commit(services, Outcome((UnknownPollSeen("lost", lost.fingerprint, 1),)))
    came = services.clock.now()
    later(services, 1)
    await end(services, asked)
    later(services, 1)
    received = came if waited else services.clock.now()
    parked = ParkedAnswer(1, "lost", ADA, "en", (1,), received, fresh=True, told=False)
    outcome = await match_vote(services, parked, lambda: ())
    assert outcome is not None
    assert any(isinstance(fact, AnswerGiven) for fact in outcome.facts) is waited
