"""What there is to practise, and for how long: pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.time_units import MINUTE_MS
from bot.features.shared.preferences import NO_PREFERENCES, Preferences
from bot.features.sittings.plan import (
    SIZES,
    CaseSource,
    Mode,
    Plan,
    chosen,
    fitting,
    minutes_left,
    shares,
    time_for,
    warning_at,
)
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from bot.services import Services
from storage.people import Progress

SLUGS = st.from_regex(r"[a-z]{1,9}(-[a-z]{1,9}){0,3}", fullmatch=True)
PLANS = st.builds(
    Plan,
    st.sampled_from(SIZES),
    st.sampled_from(CaseSource),
    st.sampled_from(Mode),
    st.just("") | SLUGS,
)


@given(PLANS)
def test_a_plan_is_read_as_it_was_written(plan: Plan) -> None:
    """Whatever its topic is called."""
    assert Plan.parse(str(plan)) == plan


@given(st.text(max_size=40))
def test_anything_else_is_no_plan(text: str) -> None:
    """People can send what they like."""
    plan = Plan.parse(text)
    assert plan is None or str(plan) == text


@pytest.mark.parametrize("text", ["", "7-unseen-study-", "10-unseen-study", "010-all-exam-"])
def test_a_size_or_a_source_that_is_not_offered_is_none(text: str) -> None:
    """Nor one spelled another way."""
    assert Plan.parse(text) is None


@given(st.integers(0, 2**62), st.sampled_from(SittingVerb), st.integers(0, 99), st.integers(0, 11))
def test_a_press_is_read_as_it_was_written(
    number: int, verb: SittingVerb, place: int, choice: int
) -> None:
    """And fits into a button."""
    press = SittingPress(number, verb, place, choice)
    assert SittingPress.parse(str(press)) == press
    assert len(str(press).encode()) <= 64


@pytest.mark.parametrize(
    "data",
    ["sit:", "sit:1:go:0", "sit:1:gone:0:0", "sit:-1:go:0:0", "sit:1:go:٣:0", "sit:01:go:0:0"],
)
def test_a_forged_press_is_none(data: str) -> None:
    """Neither does it raise."""
    assert SittingPress.parse(data) is None


def test_cases_are_those_of_the_source(services: Services) -> None:
    """Unseen ones, those not answered right, or all; preferences hold without a topic."""
    both = [("made-0", f"q-0-{one}") for one in "ab"]
    progress = Progress({"made-0": 1, "made-1": 1}, frozenset(both), {}, frozenset(both))

    def ids(
        source: CaseSource, preferences: Preferences = NO_PREFERENCES, topic: str = ""
    ) -> list[str]:
        plan = Plan(source=source, topic=topic)
        return [case.id for case in fitting(plan, services.library, progress, preferences)]

    assert ids(CaseSource.UNSEEN) == ["made-2", "made-3", "made-4", "made-5"]
    assert ids(CaseSource.MISSED) == ["made-1"]
    assert len(ids(CaseSource.ALL)) == 6
    topics = services.library.cases["made-0"].topics
    unwanted = Preferences(unwanted=frozenset(topics))
    assert ids(CaseSource.ALL, unwanted) == []
    assert len(ids(CaseSource.ALL, unwanted, topics[0])) == 6


def test_an_exam_leaves_out_what_is_open(services: Services) -> None:
    """Its poll stands in the chat already, and tells the key; a session may go on with it."""
    progress = Progress({"made-0": 1}, given={"made-0": 1})
    for mode, count in ((Mode.STUDY, 6), (Mode.EXAM, 5)):
        for source in (CaseSource.UNSEEN, CaseSource.ALL):
            plan = Plan(source=source, mode=mode)
            cases = fitting(plan, services.library, progress, NO_PREFERENCES)
            assert len(cases) == count


def test_each_sitting_has_an_order_of_its_own(services: Services) -> None:
    """The same whenever it is worked out, and no more than were asked for."""
    cases = list(services.library.cases.values())
    orders = {tuple(case.id for case in chosen(cases, 5, number, "en")) for number in range(20)}
    assert len(orders) > 1
    assert {len(set(order)) for order in orders} == {5}
    assert chosen(cases, 5, 7, "en") == chosen(reversed(cases), 5, 7, "en")


def test_the_time_of_an_exam() -> None:
    """Ninety seconds a question, in whole minutes; a warning where there is time for one."""
    assert [time_for(n) // MINUTE_MS for n in (1, 2, 5, 10, 20)] == [2, 3, 8, 15, 30]
    assert warning_at(0, 15 * MINUTE_MS) == 10 * MINUTE_MS
    assert warning_at(0, 5 * MINUTE_MS) is None
    assert [
        minutes_left(10 * MINUTE_MS, at) for at in (0, 1, 9 * MINUTE_MS, 10 * MINUTE_MS - 1)
    ] == [*(10, 10, 1, 1)]
    assert minutes_left(10 * MINUTE_MS, 11 * MINUTE_MS) == 0


def test_shares() -> None:
    """Right, partly right, not answered; wrong is the rest."""
    assert shares([1.0, 0.5, 0.0, None, 1.0]) == (2, 1, 1)
