"""Where a round can stand: by hand, and by any presses of two presenters, against a model."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.features.live.states import RoundPosition, Step, after, possible
from storage.cohort_facts import CohortJoined, CohortMade
from storage.facts import CasePosted, SnapshotTaken
from storage.live_facts import RoundEnded, RoundStepped, RoundTakenOver
from storage.live_rounds import State
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, live_round, record
from tests.support.new_store import new_store

QUESTIONS = 2


def test_a_whole_round() -> None:
    """Two questions, the first with a second vote after discussion."""
    now = RoundPosition()
    for step, state, position, ballot in (
        (Step.SHOW, "shown", 0, 1),
        (Step.OPEN, "open", 0, 1),
        (Step.CLOSE, "closed", 0, 1),
        (Step.VOTES, "closed", 0, 1),
        (Step.AGAIN, "open", 0, 2),
        (Step.CLOSE, "closed", 0, 2),
        (Step.REVEAL, "revealed", 0, 2),
        (Step.VOTES, "revealed", 0, 2),
        (Step.NEXT, "shown", 1, 1),
        (Step.OPEN, "open", 1, 1),
        (Step.CLOSE, "closed", 1, 1),
        (Step.REVEAL, "revealed", 1, 1),
        (Step.END, "ended", 1, 1),
    ):
        then = after(now, step, QUESTIONS)
        assert then is not None
        assert (then.state, then.position, then.ballot) == (state, position, ballot)
        now = then
    assert possible(now, QUESTIONS) == ()


@pytest.mark.parametrize(
    ("now", "steps"),
    [
        (RoundPosition(), {Step.SHOW}),
        (RoundPosition("shown"), {Step.OPEN}),
        (RoundPosition("open"), {Step.CLOSE}),
        (RoundPosition("open", ballot=2), {Step.CLOSE}),
        (RoundPosition("closed"), {Step.VOTES, Step.AGAIN, Step.REVEAL}),
        (RoundPosition("closed", votes_shown=True), {Step.AGAIN, Step.REVEAL}),
        (RoundPosition("closed", ballot=2), {Step.VOTES, Step.REVEAL}),
        (RoundPosition("revealed"), {Step.VOTES, Step.NEXT}),
        (RoundPosition("revealed", QUESTIONS - 1, votes_shown=True), set()),
    ],
)
def test_what_can_be_done(now: RoundPosition, steps: set[Step]) -> None:
    """Nothing else, and the end at any time; never is a vote shown while it goes on."""
    assert set(possible(now, QUESTIONS)) == {*steps, Step.END}


def test_a_vote_that_opens_shows_nothing() -> None:
    """Neither the second, though the first was shown, nor that on the next question."""
    again = after(RoundPosition("closed", votes_shown=True), Step.AGAIN, QUESTIONS)
    following = after(RoundPosition("revealed", votes_shown=True), Step.NEXT, QUESTIONS)
    assert again is not None
    assert following is not None
    assert (again.votes_shown, following.votes_shown) == (False, False)


Where = tuple[State, int]
LEADS: dict[tuple[Where, Step], Where] = {
    (("gathering", 1), Step.SHOW): ("shown", 1),
    (("shown", 1), Step.OPEN): ("open", 1),
    (("open", 1), Step.CLOSE): ("closed", 1),
    (("closed", 1), Step.AGAIN): ("open", 2),
    (("open", 2), Step.CLOSE): ("closed", 2),
    (("closed", 1), Step.REVEAL): ("revealed", 1),
    (("closed", 2), Step.REVEAL): ("revealed", 2),
}


class Model:
    """A round as it should stand, and who presents it: the specification, written another way."""

    def __init__(self) -> None:
        self.presenter = ADA
        self.now = RoundPosition()

    def press(self, person: int, seen: RoundPosition, step: Step) -> None:
        """A press of somebody who sees the round stand there counts where that is so."""
        if person == self.presenter and seen == self.now and seen.state != "ended":
            self.now = self._then(step)

    def _then(self, step: Step) -> RoundPosition:
        now = self.now
        state, ballot = LEADS.get(((now.state, now.ballot), step), (now.state, now.ballot))
        if step is Step.END:
            return replace(now, state="ended")
        if step is Step.VOTES:
            return replace(now, votes_shown=now.votes_shown or state in {"closed", "revealed"})
        if step is Step.NEXT and state == "revealed" and now.position == 0:
            return RoundPosition("shown", 1)
        shown = now.votes_shown and state in {"closed", "revealed"}
        return RoundPosition(state, now.position, ballot, shown)


presses = st.tuples(
    st.sampled_from([ADA, BEN]),
    st.sampled_from([*Step, *["take over"] * 2, *["on"] * 10]),
    st.integers(0, 3),  # how many standings ago the panel was drawn
    st.integers(1, 2),  # a doubled press
)


async def play(folder: Path, acts: list[tuple[int, Step | str, int, int]]) -> None:
    store = await new_store(folder / "bot.db", NOW)
    try:
        await set_up(store)
        model, seen = Model(), [RoundPosition()]
        for act in acts:
            person, what, ago, times = act
            if what == "on":  # lest a round get nowhere
                person, what, ago = model.presenter, ways_on(model.now, ago), 0
            for _ in range(times):
                if isinstance(what, Step):
                    drawn = seen[-1 - min(ago, len(seen) - 1)]
                    await press(store, person, drawn, what)
                    model.press(person, drawn, what)
                elif model.now.state != "ended" and person != model.presenter:
                    await record(store, RoundTakenOver(1, model.presenter, person, NOW))
                    model.presenter = person
            live = await store.live_rounds.get(1)
            assert live is not None
            assert (RoundPosition.of(live), live.presenter) == (model.now, model.presenter)
            assert (live.ended_at is not None) == live.is_over
            if seen[-1] != model.now:
                seen.append(model.now)
            if times == 2:  # a restart finds the row
                await store.close()
                store = await Store.open(folder / "bot.db", NOW)
    finally:
        await store.close()


def ways_on(now: RoundPosition, number: int) -> Step:
    """One of the steps that can be made, but for the end."""
    steps = [step for step in possible(now, QUESTIONS) if step != Step.END]
    return steps[number % len(steps)] if steps else Step.END


async def set_up(store: Store) -> None:
    """Ada presents a case, and teaches a cohort with Ben."""
    await record(store, SnapshotTaken("digest", "a case as JSON", NOW))
    await record(store, CasePosted(1, None, None, "lumps", "digest", NOW, purpose="live"))
    joined = [CohortJoined(5, one, "educator", "", None, True, 0, NOW) for one in (ADA, BEN)]
    await record(store, CohortMade(5, "Interns", "UTC", NOW), *joined, live_round())


async def press(store: Store, person: int, seen: RoundPosition, step: Step) -> None:
    """What a press is recorded as, by somebody who takes the round to stand there."""
    then = after(seen, step, QUESTIONS)
    live = await store.live_rounds.presented_by(person)
    if then is None:
        return
    if step is Step.END:
        # An end is no step from somewhere: the rule looks who presents, and from where.
        if live is not None and RoundPosition.of(live) == seen:
            await record(store, RoundEnded(1, NOW))
        return
    was: tuple[State, int, int, bool] = (seen.state, seen.position, seen.ballot, seen.votes_shown)
    to = (then.state, then.position, then.ballot, then.votes_shown)
    await record(store, RoundStepped(1, person, *was, *to, NOW))


@settings(max_examples=25, deadline=None)
@given(st.lists(presses, max_size=20))
def test_any_presses_lead_where_they_should(acts: list[tuple[int, Step | str, int, int]]) -> None:
    """Old panels, doubled presses, another presenter, restarts: the row stands as the model."""
    with TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), acts))
