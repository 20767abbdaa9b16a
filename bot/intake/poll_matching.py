"""Votes that came before their poll was known: finding out which poll it was.

A sendPoll whose answer was lost (a crash, a time-out) may have been done. Its poll is known again
when a later ``poll`` update has the question, options and key of such an attempt.
"""

from collections.abc import Callable, Collection, Sequence

from msgspec.structs import replace

from bot.features.cases import case_replies_view
from bot.features.cases.answer import Vote, record
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from storage.facts import Fact
from storage.outcome import Outcome
from storage.poll_facts import AnswerUnparked, ParkedVoterTold, PollRecognised
from storage.polls import Attempt, KnownPoll, ParkedAnswer

TELL_AFTER_MS = 60_000  # ms before a person is told that their poll is not known


async def match_vote(
    services: Services, parked: ParkedAnswer, in_flight: Callable[[], Collection[int]]
) -> Outcome | None:
    """What a parked vote comes to now; None while there is nothing to do but wait.

    ``in_flight`` tells the outbox rows being sent: their results will tell more than any guess.
    """
    polls = services.store.polls
    vote = Vote(
        parked.update_id,
        parked.poll_id,
        Visitor(parked.person_id, parked.language_code),
        parked.option_ids,
        parked.received_at,
        parked.fresh,
    )
    facts: tuple[Fact, ...] = (AnswerUnparked(parked.update_id),)
    known = await polls.known(parked.poll_id)
    if known is None:
        fingerprint = await polls.fingerprint(parked.poll_id)
        # What is being sent may change while the attempts are read: it counts either way.
        sending = {*in_flight()}
        attempts = [] if fingerprint is None else await polls.unanswered_attempts(fingerprint)
        sending |= {*in_flight()}
        found = matching(attempts, parked.person_id)
        if any(attempt.outbox_id in sending for attempt in found):
            return None
        if not found:
            return await _tell(services, vote, parked)
        known, recognised = _poll_of(
            await _counted_in(services, found, parked.person_id) or found, parked.poll_id
        )
        facts += recognised
    elif await _must_wait(services, parked):
        return None
    return Outcome(facts) + await record(services, vote, known)


async def _must_wait(services: Services, parked: ParkedAnswer) -> bool:
    """Whether an earlier vote may be the one that counts, and there is hope to know that soon."""
    if services.clock.now() - parked.received_at >= TELL_AFTER_MS:
        return False
    return await services.store.polls.waits_for_earlier(parked)


def matching(attempts: Sequence[Attempt], voter: int) -> list[Attempt]:
    """The attempts that a voter could have seen: in private chats, their own alone.

    Private chats have their person's id, which is positive; those of groups are negative.
    """
    return [
        attempt
        for attempt in attempts
        if attempt.question.chat_id is not None
        and (attempt.question.chat_id < 0 or attempt.question.chat_id == voter)
    ]


async def _counted_in(
    services: Services, found: Sequence[Attempt], voter: int
) -> Sequence[Attempt]:
    """The attempt at a post that the voter answered before they were forgotten, if at any.

    The vote may be for that one, and nobody could know it for a second answer later.
    """
    polls = services.store.polls
    for attempt in found:
        post_id, position = attempt.question.post_id, attempt.question.position
        if post_id is not None and await polls.was_forgotten(voter, post_id, position):
            return [attempt]
    return []


def _poll_of(found: Sequence[Attempt], poll_id: str) -> tuple[KnownPoll, tuple[Fact, ...]]:
    """The poll that these attempts, all alike, can have made.

    Tries of one post are the same to everybody. Between several posts nobody can tell: then the
    answer counts for the person and the question, chat unknown.
    """
    latest = found[-1]
    if len({attempt.question.post_id for attempt in found}) == 1:
        recognised = PollRecognised(latest.id, poll_id)
        return KnownPoll(latest.question, None, None, latest.outlived_at), (recognised,)
    return KnownPoll(replace(latest.question, post_id=None, chat_id=None), None, None), ()


async def _tell(services: Services, vote: Vote, parked: ParkedAnswer) -> Outcome | None:
    now = services.clock.now()
    if parked.told or now - parked.received_at < TELL_AFTER_MS:
        return None
    visit = await receive(services, vote.visitor)
    return Outcome(
        (visit.met, ParkedVoterTold(parked.update_id, now)),
        (case_replies_view.unknown_poll(visit.person_id, visit.words),),
    )
