"""What Telegram tells of polls besides single votes: which of it is noted."""

import pytest
from msgspec.structs import replace

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
from tests.storage.samples import ADA, GROUP
from tests.support.served_chats import ANONYMOUS, POLLS, again, join, later, put, send_all, served
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
    await poll_of(services, ANONYMOUS, "channel")
    counts = TotalsSeen("poll 1", TOTALS, sum(TOTALS))
    assert await noted(services, seen(anonymous=True)) == (counts,)


async def test_each_question_has_its_own_counts(services: Services) -> None:
    """Whatever else a chat was asked."""
    first = await poll_of(services, ANONYMOUS, "channel")
    other = list(services.library.cases.values())[1]
    to = await served(services)
    second = await put(services, to, other)
    (poll,) = [name for name in ("poll 2", "poll 3") if await known(services, name)]
    seen_so_far = (TotalsSeen("poll 1", TOTALS, 7), TotalsSeen(poll, (1, 0, 0), 1))
    await commit(services, Outcome(seen_so_far))
    first, second = await again(services, first), await again(services, second)
    assert (first.totals, first.voters) == (TOTALS, 7)
    assert (second.totals, second.voters) == ((1, 0, 0), 1)


async def known(services: Services, poll_id: str) -> bool:
    """Whether there is such a poll."""
    return await services.store.polls.known(poll_id) is not None


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
    counts = TotalsSeen("poll 1", TOTALS, sum(TOTALS))
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


async def put_twice(services: Services, chat_id: int) -> tuple[PutQuestion, SeenPoll]:
    """A channel's poll whose sending a kill interrupted, so that it was sent again; the lost one.

    The one that is known is the poll of the last row that was owed.
    """
    channel = await join(services, ANONYMOUS, kind="channel", chat_id=chat_id)
    asked = await put(services, channel, sent=False)
    waiting = [row.id for row in await services.store.outbox.waiting(0)]
    *_, interrupted = await services.store.outbox.begin(waiting, services.clock.now())
    assert interrupted.poll is not None
    await send_all(services)
    lost = replace(
        seen(f"lost in {chat_id}", anonymous=True), fingerprint=interrupted.poll.fingerprint or ""
    )
    return await again(services, asked), lost


async def test_both_copies_of_an_interrupted_anonymous_poll_count(services: Services) -> None:
    """Subscribers vote in either, and each copy's counts come whole, again and again."""
    asked, lost = await put_twice(services, GROUP)
    for poll in (lost, seen(anonymous=True), replace(lost, totals=(3, 5, 1), voters=9)):
        await commit(services, await watch(services, poll))
    asked = await again(services, asked)
    assert (asked.totals, asked.voters) == ((5, 10, 1), 16)


async def test_the_first_copy_s_end_does_not_end_the_question(services: Services) -> None:
    """In the copy that was sent again people still vote; its own end is the question's."""
    asked, lost = await put_twice(services, GROUP)
    facts = await noted(services, replace(lost, closed=True))
    assert not any(isinstance(fact, ClosingDue) for fact in facts)
    await commit(services, Outcome(facts))
    assert (await again(services, asked)).totals == TOTALS
    facts = await noted(services, seen(anonymous=True, closed=True))
    assert ClosingDue(asked.post_id, 0, services.clock.now()) in facts


async def test_a_lost_poll_that_may_be_one_of_two_counts_for_none(services: Services) -> None:
    """Two channels were put the same question, and both sendings were interrupted."""
    _, lost = await put_twice(services, GROUP)
    await put_twice(services, GROUP - 1)
    (fact,) = await noted(services, lost)
    assert isinstance(fact, UnknownPollSeen)
