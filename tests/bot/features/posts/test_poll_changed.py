"""What Telegram tells of polls besides single votes: which of it is noted."""

import pytest

from bot.features.cases.choose_case import AnyUnseen
from bot.features.cases.send_case import send_case
from bot.features.posts.poll_changed import SeenPoll, watch
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from storage.facts import Fact
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import PollClosed, UnknownPollSeen
from storage.question_facts import ClosingDue, QuestionClosed, TotalsSeen
from storage.questions import PutQuestion
from tests.storage.samples import ADA
from tests.support.served_chats import ANONYMOUS, POLLS, again, join, later, put, send_all
from tests.support.services import commit

TOTALS = (2, 5, 0)


async def poll_of(services: Services, settings: ChatSettings, kind: str) -> PutQuestion:
    """A question put as the first poll there is."""
    return await put(services, await join(services, settings, kind=kind))


def seen(poll_id: str = "poll 1", *, closed: bool = False, anonymous: bool = False) -> SeenPoll:
    """A poll's state as an update tells it."""
    return SeenPoll(poll_id, "print", closed, anonymous, TOTALS, sum(TOTALS))


async def noted(services: Services, poll: SeenPoll) -> tuple[Fact, ...]:
    """The facts that it comes to; nobody is told anything."""
    outcome = await watch(services, poll)
    assert outcome == Outcome(outcome.facts)
    return outcome.facts


async def test_a_poll_that_nobody_knows_is_kept_by_its_looks(services: Services) -> None:
    """Its votes may find their question by it; open or not."""
    await poll_of(services, POLLS, "supergroup")
    for closed in (True, False):
        facts = await noted(services, seen("another", closed=closed))
        assert facts == (UnknownPollSeen("another", "print", services.clock.now()),)


async def test_an_open_poll_that_shows_who_voted_says_nothing_new(services: Services) -> None:
    """Its votes come one by one."""
    await poll_of(services, POLLS, "supergroup")
    assert await watch(services, seen()) == NOTHING


async def test_the_counts_of_an_anonymous_poll_are_kept(services: Services) -> None:
    """They are all that is ever known of its votes."""
    asked = await poll_of(services, ANONYMOUS, "channel")
    counts = TotalsSeen(asked.post_id, 0, TOTALS, sum(TOTALS))
    assert await noted(services, seen(anonymous=True)) == (counts,)


@pytest.mark.parametrize(
    ("settings", "kind"), [(POLLS, "supergroup"), (ANONYMOUS, "channel")], ids=["open", "anonymous"]
)
async def test_a_poll_that_closes_ends_its_question_now(
    services: Services, settings: ChatSettings, kind: str
) -> None:
    """Also before its time, where somebody stopped it."""
    asked = await poll_of(services, settings, kind)
    later(services, 60_000)
    now, anonymous = services.clock.now(), settings is ANONYMOUS
    facts = await noted(services, seen(closed=True, anonymous=anonymous))
    counts = TotalsSeen(asked.post_id, 0, TOTALS, sum(TOTALS))
    due = ClosingDue(asked.post_id, 0, now)
    assert facts == (PollClosed("poll 1", now), *([counts] if anonymous else []), due)
    await commit(services, Outcome(facts))
    assert (await again(services, asked)).closes_at == now


async def test_a_poll_in_a_private_chat_ends_nothing_else(services: Services) -> None:
    """It is no chat's question: that it takes no more votes is all there is to note."""
    visit = await receive(services, Visitor(ADA, "en"))
    await commit(services, await send_case(services, visit, AnyUnseen()))
    await send_all(services)
    facts = await noted(services, seen(closed=True))
    assert facts == (PollClosed("poll 1", services.clock.now()),)


async def test_a_question_that_has_closed_changes_no_more(services: Services) -> None:
    """Its results are out: later counts are not noted, but that the poll is closed is."""
    asked = await poll_of(services, ANONYMOUS, "channel")
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, services.clock.now()),)))
    assert await noted(services, seen(anonymous=True)) == ()
    facts = await noted(services, seen(anonymous=True, closed=True))
    assert facts == (PollClosed("poll 1", services.clock.now()),)
