"""The screen of a live round, read from what is kept: which votes are over, and how."""

from bot.features.live.screen import open_round, round_shown, screen_of
from bot.features.live.states import Step
from bot.services import Services
from storage.live_facts import RoundEnded
from storage.live_rounds import LiveRound
from storage.outcome import Outcome
from tests.bot.features.live.conftest import ROOM, now, vote, walk
from tests.storage.samples import NOW
from tests.support.services import commit


async def closed(services: Services, live: LiveRound) -> list[tuple[int, dict[int, int]]]:
    """How many people voted in each vote that is over, and what they chose."""
    shown = await round_shown(services, await now(services, live))
    return [(one.voters, dict(one.counts)) for one in shown.ballots]


async def test_a_vote_is_counted_once_it_is_over(services: Services, live: LiveRound) -> None:
    """And stays so while people vote again; then there are two."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (1,), (1,), (0,))
    assert await closed(services, live) == []
    live = await walk(services, live, Step.CLOSE)
    assert await closed(services, live) == [(3, {1: 2, 0: 1})]
    live = await walk(services, live, Step.AGAIN)
    await vote(services, live, (1,), (1,), (1,), (2,))
    assert await closed(services, live) == [(3, {1: 2, 0: 1})]
    live = await walk(services, live, Step.CLOSE, Step.REVEAL)
    assert await closed(services, live) == [(3, {1: 2, 0: 1}), (4, {1: 3, 2: 1})]


async def test_its_token_opens_it_until_it_is_over(services: Services, live: LiveRound) -> None:
    """A made-up one opens nothing; what is over is shown as over, to who still looks."""
    assert await open_round(services, live.token) == live.id
    assert await open_round(services, "made-up") is None
    assert await screen_of(services, "made-up") is None
    before = await screen_of(services, live.token)
    assert before is not None
    await commit(services, Outcome((RoundEnded(live.id, NOW),)))
    assert await open_round(services, live.token) is None
    assert await screen_of(services, live.token) not in {None, before}


async def test_it_says_how_to_join(services: Services, live: LiveRound) -> None:
    """By the round's own code; and how many are there."""
    shown = await round_shown(services, live)
    assert live.code in shown.link
    assert services.bot_username in shown.link
    assert shown.counts.joined == len(ROOM)
