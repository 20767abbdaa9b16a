"""What Telegram tells of polls, besides single votes."""

from msgspec import Struct

from bot.features.shared.chat_settings import Layout
from bot.services import Services
from storage.facts import Fact
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import PollClosed, PollRecognised, UnknownPollSeen
from storage.polls import Attempt
from storage.question_facts import ClosingDue, TotalsSeen
from storage.questions import PutQuestion


class SeenPoll(Struct, frozen=True):
    """A poll's state. ``totals`` are the options' counts in the order in which they were sent."""

    poll_id: str
    fingerprint: str
    closed: bool
    anonymous: bool
    totals: tuple[int, ...]
    voters: int


async def watch(services: Services, seen: SeenPoll) -> Outcome:
    """Note what a known poll has come to, or what an unknown one looks like."""
    now = services.clock.now()
    facts: tuple[Fact, ...] = ()
    if not await services.store.polls.is_known(seen.poll_id):
        attempt = await _interrupted(services, seen) if seen.anonymous else None
        if attempt is None:
            return Outcome((UnknownPollSeen(seen.poll_id, seen.fingerprint, now),))
        facts += (PollRecognised(attempt.id, seen.poll_id),)
        asked = await _question_of(services, attempt)
    else:
        if not seen.closed and not seen.anonymous:
            # Votes that show who voted come one by one.
            return NOTHING
        asked = await services.store.questions.question_of(seen.poll_id)
    if seen.closed:
        facts += (PollClosed(seen.poll_id, now),)
    if asked is None or asked.closed_at is not None:
        return Outcome(facts)
    if asked.layout == Layout.ANONYMOUS:
        facts += (TotalsSeen(seen.poll_id, seen.totals, seen.voters),)
    if seen.closed and await _is_the_last(services, seen, asked):
        facts += (ClosingDue(asked.post_id, asked.position, now),)
    return Outcome(facts)


async def _interrupted(services: Services, seen: SeenPoll) -> Attempt | None:
    """The interrupted sending that can have made an anonymous poll, where only one post's can."""
    found = [
        attempt
        for attempt in await services.store.polls.unanswered_attempts(seen.fingerprint)
        if (asked := await _question_of(services, attempt)) and asked.layout == Layout.ANONYMOUS
    ]
    return found[-1] if len({attempt.question.post_id for attempt in found}) == 1 else None


async def _question_of(services: Services, attempt: Attempt) -> PutQuestion | None:
    post_id, position = attempt.question.post_id, attempt.question.position
    return None if post_id is None else await services.store.questions.question(post_id, position)


async def _is_the_last(services: Services, seen: SeenPoll, asked: PutQuestion) -> bool:
    """Whether a poll that closes ends its question: a copy sent again closes after the first."""
    known = await services.store.polls.known(seen.poll_id)
    return asked.message_id == (None if known is None else known.message_id)
