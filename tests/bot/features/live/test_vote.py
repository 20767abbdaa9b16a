"""Presses on numbers: what stands, what does not, and what is said of it."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.live import vote as rule
from bot.features.live.begin_round import begin_round
from bot.features.live.phone_buttons import OnPhone, PhonePress
from bot.features.live.states import Step
from bot.services import Services
from storage.facts import PersonLeft
from storage.live_facts import RoundJoined
from storage.live_rounds import LiveRound
from storage.outcome import Outcome
from tests.bot.features.live.conftest import ROOM, now, visit, walk
from tests.content.samples import question_data
from tests.storage.samples import ADA, NOW
from tests.support.services import commit, only_case

ME = ROOM[0]


async def cast(
    services: Services, live: LiveRound, choice: int, person: int = ME, **changes: int
) -> str:
    """Press the button of a choice; what is said."""
    pressed = replace(PhonePress(OnPhone.VOTE, live.id, live.position, choice), **changes)
    came = await rule.vote(services, await visit(services, person), pressed)
    await commit(services, came)
    assert not came.owed
    assert came.toast is not None
    return came.toast.text


async def stood(services: Services, live: LiveRound, person: int = ME) -> dict[int, object]:
    """What a person's votes are at the question in view."""
    return dict(await services.store.live_votes.of_person(live.id, live.position, person))


def named(live: LiveRound, choice: int) -> str:
    """A choice of the first made case, as its number on the screen and its words."""
    number = live.choice_orders[live.position].index(choice) + 1
    return f"{number} · Choice {choice} of 0-{'ab'[live.position]}"


async def test_a_press_is_a_vote_that_can_be_changed(services: Services, live: LiveRound) -> None:
    """The toast names what stands; twice the same is the same."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    said = await cast(services, live, 2)
    assert said == f"{named(live, 2)} stands. You can change it until closing."
    assert await cast(services, live, 0) == said.replace(named(live, 2), named(live, 0))
    assert await cast(services, live, 0) == said.replace(named(live, 2), named(live, 0))
    assert await stood(services, live) == {1: (0,)}


async def test_what_comes_too_late_or_too_early_changes_nothing(
    services: Services, live: LiveRound
) -> None:
    """In each state that is not open; what stands is said once more."""
    assert await cast(services, live, 1) == "Voting is not open yet."
    live = await walk(services, live, Step.SHOW)
    assert await cast(services, live, 1) == "Voting is not open yet."
    live = await walk(services, live, Step.OPEN)
    await cast(services, live, 1)
    live = await walk(services, live, Step.CLOSE)
    assert await cast(services, live, 2) == f"⏰ Closed. Your vote: {named(live, 1)}."
    assert await cast(services, live, 2, ROOM[1]) == "⏰ Closed."
    live = await walk(services, live, Step.REVEAL)
    assert (await cast(services, live, 2)).startswith("⏰ Closed.")
    first = live
    live = await walk(services, live, Step.NEXT, Step.OPEN)
    assert await cast(services, first, 2) == "⏰ This question is closed."
    assert await cast(services, live, 2, position=5) != ""
    await walk(services, live, Step.CLOSE, Step.REVEAL, Step.END)
    assert await cast(services, live, 2) == "This round is over."
    assert await stood(services, first) == {1: (1,)}
    assert await stood(services, live) == {}


async def test_the_second_vote_begins_empty_and_leaves_the_first(
    services: Services, live: LiveRound
) -> None:
    """Also under the buttons that came with the first; who does not vote again keeps the first."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await cast(services, live, 2)
    await cast(services, live, 2, ROOM[1])
    live = await walk(services, live, Step.CLOSE, Step.AGAIN)
    assert await stood(services, live) == {1: (2,)}
    assert "stands" in await cast(services, live, 1)
    live = await walk(services, live, Step.CLOSE)
    assert await cast(services, live, 0, ROOM[1]) == f"⏰ Closed. Your vote: {named(live, 2)}."
    assert await stood(services, live) == {1: (2,), 2: (1,)}
    assert await stood(services, live, ROOM[1]) == {1: (2,)}


@pytest.mark.parametrize(
    "forged", [{"choice": 3}, {"choice": 99}, {"position": 9}, {"round_id": 12345}]
)
async def test_a_forged_press_is_refused(
    services: Services, live: LiveRound, forged: dict[str, int]
) -> None:
    """A choice, a question, a round that are not there: an old button, and nothing is written."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    assert "no longer works" in await cast(services, live, **{"choice": 0, **forged})
    assert await stood(services, live) == {}


async def test_who_is_not_in_the_round_has_no_vote(services: Services, live: LiveRound) -> None:
    """Whoever never joined, and whoever blocked the bot: that press brings them not back."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    assert "You are not in this round" in await cast(services, live, 0, ADA)
    await cast(services, live, 0, ROOM[1])
    await commit(services, Outcome((PersonLeft(ROOM[1], NOW),)))
    assert "You are not in this round" in await cast(services, live, 1, ROOM[1])
    person = await services.store.people.get(ROOM[1])
    assert person is not None
    assert person.blocked_at == NOW
    assert await stood(services, live, ROOM[1]) == {1: (0,)}


async def test_an_earlier_round_is_over_for_its_buttons(
    services: Services, live: LiveRound
) -> None:
    """A message of last week's round votes in none of today's."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await walk(services, live, Step.END)
    case = next(iter(services.library.cases.values()))
    if not (await now(services, live)).is_over:
        pytest.fail("the first round goes on")
    await commit(services, await begin_round(services, await visit(services), case))
    today = await services.store.live_rounds.presented_by(ADA)
    assert today is not None
    await commit(services, Outcome((RoundJoined(today.id, ME, NOW),)))
    today = await walk(services, today, Step.SHOW, Step.OPEN)
    assert await cast(services, live, 0) == "This round is over."
    assert await stood(services, today) == {}


async def test_several_right_choices_are_toggled(services: Services, tmp_path: Path) -> None:
    """The toast lists what stands; nothing says how many are right. All off is no vote."""
    choices = [{"text": f"Choice {n}", "why": "Because."} for n in range(4)]
    choices[0] |= {"correct": "true"}
    choices[2] |= {"correct": "true"}
    question = question_data(prompt="Which fit?", choices=choices, shuffle="false")
    case = only_case(services, tmp_path / "case", questions=[question])
    await commit(services, await begin_round(services, await visit(services), case))
    live = await services.store.live_rounds.presented_by(ADA)
    assert live is not None
    await commit(services, Outcome((RoundJoined(live.id, ADA, NOW),)))
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    assert (await cast(services, live, 2, ADA)).startswith("3 · Choice 2 stands.")
    both = "1 · Choice 0; 3 · Choice 2 stand. You can change them until closing."
    assert await cast(services, live, 0, ADA) == both
    assert await stood(services, live, ADA) == {1: (0, 2)}
    assert (await cast(services, live, 2, ADA)).startswith("1 · Choice 0 stands.")
    assert await cast(services, live, 0, ADA) == (
        "Nothing is chosen any more: you have no vote now."
    )
    assert await stood(services, live, ADA) == {}
