"""What Telegram tells of polls, besides single votes."""

from msgspec import Struct

from bot.features.shared.chat_settings import Layout
from bot.services import Services
from storage.facts import Fact
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import PollClosed, UnknownPollSeen
from storage.question_facts import ClosingDue, TotalsSeen


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
    if not await services.store.polls.is_known(seen.poll_id):
        return Outcome((UnknownPollSeen(seen.poll_id, seen.fingerprint, now),))
    if not seen.closed and not seen.anonymous:
        # Votes that show who voted come one by one.
        return NOTHING
    facts: tuple[Fact, ...] = (PollClosed(seen.poll_id, now),) if seen.closed else ()
    asked = await services.store.questions.question_of(seen.poll_id)
    if asked is None or asked.closed_at is not None:
        return Outcome(facts)
    if asked.layout == Layout.ANONYMOUS:
        facts += (TotalsSeen(asked.post_id, asked.position, seen.totals, seen.voters),)
    if seen.closed:
        facts += (ClosingDue(asked.post_id, asked.position, now),)
    return Outcome(facts)
