"""Cards that are kept and brought up to date are those that all answers lead to."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.time_units import DAY_MS
from bot.features.cards.up_to_date import cards_of, due_cards
from bot.services import Services
from content.library import Library, load_library
from storage.facts import PersonForgotten
from storage.outcome import Outcome
from storage.practice_facts import FoldingBegun, PictureRecognised
from storage.retention import Retention
from tests.content.samples import question_data, write_case
from tests.storage.samples import ADA, BEN, NOW, answered
from tests.support.services import commit, only_case, services_with_cases

QUESTIONS = [("made-0", "q-0-a"), ("made-0", "q-0-b"), ("made-1", "q-1-a")]

steps = st.one_of(
    st.tuples(
        st.just("answer"),
        st.sampled_from(QUESTIONS),
        st.sampled_from(["correct", "wrong", "partly"]),
        st.sampled_from([None, "guess", "fairly", "certain"]),
        # Days since the last; parked votes are found out late, and clocks are set back.
        st.sampled_from([0, 1, 8, 30, 200, -1, -40]),
    ),
    st.tuples(st.just("fold")),
    st.tuples(st.just("killed")),
)


async def table(services: Services, person_id: int = ADA) -> list[Any]:
    """The person's cards as they are kept."""
    return sorted(await services.store.practices.cards(person_id), key=lambda card: card.objective)


async def live(services: Services, lived: list[tuple[Any, ...]]) -> None:
    """Answers come, and somebody looks now and then; of what a kill cut off nothing is kept."""
    at = NOW
    for step in lived:
        match step:
            case ("answer", (case_id, question_id), verdict, confidence, days):
                at += days * DAY_MS
                score = {"correct": 1.0, "partly": 0.5, "wrong": 0.0}[verdict]
                named = {"case_id": case_id, "question_id": question_id, "answered_at": at}
                judged = {"verdict": verdict, "score": score, "confidence": confidence}
                await commit(services, Outcome((answered(ADA, None, **named, **judged),)))
            case ("fold",):
                await commit(services, Outcome((await cards_of(services, ADA)).facts))
            case ("killed",):
                await cards_of(services, ADA)


async def rebuilt_equals_kept(lived: list[tuple[Any, ...]]) -> None:
    """Live, look once more, and compare with cards folded anew from the first answer on."""
    with tempfile.TemporaryDirectory() as folder:
        async with services_with_cases(Path(folder), NOW) as services:
            await live(services, lived)
            await commit(services, Outcome((await cards_of(services, ADA)).facts))
            kept = await table(services)
            assert (await cards_of(services, ADA)).facts == ()
            await commit(services, Outcome((FoldingBegun(ADA),)))
            await commit(services, Outcome((await cards_of(services, ADA)).facts))
            assert await table(services) == kept


@settings(deadline=None, max_examples=15)
@given(st.lists(steps, max_size=20))
def test_cards_rebuilt_from_the_answers_equal_the_table(lived: list[tuple[Any, ...]]) -> None:
    """However votes, looks, kills and clocks set back fall between each other."""
    asyncio.run(rebuilt_equals_kept(lived))


async def test_a_short_retention_takes_the_cards_along(services: Services) -> None:
    """A card goes with the last answer that leads to its person; others are folded anew."""
    old, new = (
        answered(ADA, None, case_id=case_id, question_id=question_id, answered_at=at)
        for (case_id, question_id), at in (
            (QUESTIONS[0], NOW - 100 * DAY_MS),
            (QUESTIONS[2], NOW - DAY_MS),
        )
    )
    await commit(services, Outcome((old, new)))
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    assert len(await table(services)) == 2
    await services.store.tidy(NOW, Retention(answers=50 * DAY_MS))
    assert await table(services) == []
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    assert [card.objective for card in await table(services)] == ["made-1/q-1-a"]


async def test_who_is_forgotten_has_no_cards(services: Services) -> None:
    """Nor has anybody else lost theirs."""
    for person_id in (ADA, BEN):
        given_one = answered(person_id, None, case_id="made-0", question_id="q-0-a")
        await commit(services, Outcome((given_one,)))
        await commit(services, Outcome((await cards_of(services, person_id)).facts))
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert await table(services) == []
    assert len(await table(services, BEN)) == 1
    assert (await cards_of(services, ADA)).facts == ()


async def test_a_card_follows_its_case_to_a_new_id(services: Services, tmp_path: Path) -> None:
    """`formerly:` keeps what is remembered; without it the new case begins anew."""
    only_case(services, tmp_path / "before")
    given_one = answered(ADA, None, case_id="hard-lumps", question_id="nature")
    await commit(services, Outcome((given_one,)))
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    services.library = _renamed(tmp_path / "after", formerly=["hard-lumps"])
    due = await due_cards(services, await cards_of(services, ADA), NOW + 400 * DAY_MS)
    assert [card.objective for card in due] == ["calcinosis/nature"]
    services.library = _renamed(tmp_path / "other")
    assert await due_cards(services, await cards_of(services, ADA), NOW + 400 * DAY_MS) == []


def _renamed(folder: Path, **changes: Any) -> Library:
    folder.mkdir()
    write_case(folder / "calcinosis.yaml", id="calcinosis", **changes)
    return load_library(folder)


async def test_questions_may_share_an_objective(services: Services, tmp_path: Path) -> None:
    """Each answer to one of them is an answer to what they teach."""
    questions = [question_data(id=name, objective="deposits") for name in ("one", "two")]
    only_case(services, tmp_path / "shared", questions=questions)
    for days, name in ((30, "one"), (10, "two")):
        at = NOW - days * DAY_MS
        fields = {"case_id": "hard-lumps", "question_id": name, "answered_at": at}
        await commit(services, Outcome((answered(ADA, None, **fields),)))
    (card,) = (await cards_of(services, ADA)).changed.items()
    assert card[0] == "deposits"
    assert len(card[1].right_at) == 2


@pytest.mark.parametrize("recognised", [True, False])
async def test_what_is_said_of_a_picture_folds_nothing_anew(
    services: Services, recognised: bool
) -> None:
    """It tells which wording comes next, and that the one answered last is not it."""
    await commit(
        services,
        Outcome((answered(ADA, None, case_id="made-0", question_id="q-0-a"),)),
    )
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    kept = await table(services)
    await commit(services, Outcome((PictureRecognised(ADA, 1, 0, recognised),)))
    assert await table(services) == kept


async def test_what_a_wrong_clock_folded_is_folded_anew(services: Services) -> None:
    """Nothing is due a year late because the clock was a year ahead when it was answered."""
    case_id, question_id = QUESTIONS[0]
    given_one = answered(
        ADA, None, case_id=case_id, question_id=question_id, answered_at=NOW + 365 * DAY_MS
    )
    await commit(services, Outcome((given_one,)))
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    await services.store.set_right([], ["answers"], NOW, NOW + DAY_MS)
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    (card,) = await table(services)
    assert card.reviewed_at == NOW
    assert card.due_at < NOW + 60 * DAY_MS


async def test_what_was_deleted_meanwhile_is_not_half_written(services: Services) -> None:
    """Cards go by age between a look at them and its commit: the next look folds all that is."""
    for (case_id, question_id), days in zip(QUESTIONS, (100, 20, 1), strict=True):
        named = {"case_id": case_id, "question_id": question_id}
        given_one = answered(ADA, None, **named, answered_at=NOW - days * DAY_MS)
        if days == 1:
            await commit(services, Outcome((await cards_of(services, ADA)).facts))
        await commit(services, Outcome((given_one,)))
    looked = await cards_of(services, ADA)
    await services.store.tidy(NOW, Retention(answers=50 * DAY_MS))
    await commit(services, Outcome(looked.facts))
    await commit(services, Outcome((await cards_of(services, ADA)).facts))
    kept = [card.objective for card in await table(services)]
    assert kept == ["made-0/q-0-b", "made-1/q-1-a"]
