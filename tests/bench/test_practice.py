"""The simulation of months of repeats: the same learners by each rule, the same each time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.time_units import DAY_MS
from bot.features.cards.memory import Memory, Rating, rated
from bot.features.cases.choose_case import AllRight, NotYetRight, choose
from content.figure_bytes import FigureBytes
from content.library import Library
from storage.people import Progress
from tests.bench.practice import LOOKED_AT, REPEATS_A_WEEK, Condition, practise
from tests.bench.repeating_rules import (
    RULES,
    START,
    Chosen,
    Nothing,
    NotYetRightOnly,
    cases_with,
)
from tests.bench.simulated_learners import DEFAULTS, Answer, FsrsMemory, Learner, TraceMemory

FULL = Condition("traces", 3, 2, 1.0)


class Seen:
    """A rule that writes down what it is told, and asks what another chooses."""

    def __init__(self, name: str, learner: Learner, condition: Condition) -> None:
        self._rule = RULES[name](learner.number, cases_with(condition.variants))
        self.first: dict[int, tuple[Answer, float]] = {}

    def told(self, objective: int, wording: int, answer: Answer, at: float) -> None:
        """Tell it on."""
        self.first.setdefault(objective, (answer, at))
        self._rule.told(objective, wording, answer, at)

    def repeat(self, at: float) -> Chosen | None:
        """What the other says."""
        return self._rule.repeat(at)


class Always(Nothing):
    """A rule that never lets anybody go without a repeat."""

    def repeat(self, at: float) -> Chosen | None:
        """The first objective that was met."""
        return (0, 0) if self._met else None


@pytest.mark.parametrize("truth", ["traces", "fsrs"])
@pytest.mark.parametrize("name", RULES)
def test_the_same_each_time(truth: str, name: str) -> None:
    """A learner's months depend on nothing but who they are, the condition and the rule."""
    condition = Condition(truth, 5, 2, 0.6)
    once, again = (practise(Learner(3), RULES[name](3, cases_with(2)), condition) for _ in range(2))
    assert once == again
    assert once != practise(Learner(4), RULES[name](4, cases_with(2)), condition)


@pytest.mark.parametrize("attendance", [1.0, 0.6])
def test_each_rule_gets_the_same_learners(attendance: float) -> None:
    """What is new comes on the same days by each rule, and is answered in the same way."""
    condition = Condition("traces", 3, 2, attendance)
    firsts = []
    for name in RULES:
        learner = Learner(5)
        seen = Seen(name, learner, condition)
        practise(learner, seen, condition)
        firsts.append(seen.first)
    assert firsts[0]
    assert all(first == firsts[0] for first in firsts)
    assert len({answer for answer, _ in firsts[0].values()}) > 2


@settings(deadline=None, max_examples=8)
@given(
    st.sampled_from(sorted(RULES)),
    st.sampled_from([1, 3, 5]),
    st.floats(0.1, 1),
    st.integers(0, 50),
)
def test_no_more_repeats_than_are_wanted(
    name: str, repeats: int, attendance: float, number: int
) -> None:
    """In no week are there more, and none on a day on which the learner stays away."""
    condition = Condition("traces", repeats, 0, attendance)
    cases = cases_with(0)
    months = practise(Learner(number), RULES[name](number, cases), condition)
    always = practise(Learner(number), Always(number, cases), condition)
    assert set(months.days) <= set(always.days)
    assert months.new == always.new
    weeks = [day // 7 for day in months.days]
    assert all(weeks.count(week) <= repeats for week in weeks)


@pytest.mark.parametrize("repeats", [1, 3, 5])
def test_attendance(repeats: int) -> None:
    """Who always comes has all repeats and new cases; who comes at .6, about .6 of them."""
    cases = cases_with(0)

    def lives(attendance: float) -> tuple[float, float]:
        condition = Condition("traces", repeats, 0, attendance)
        found = [practise(Learner(n), Always(n, cases), condition) for n in range(12)]
        return sum(len(each.days) for each in found) / 12, sum(each.new for each in found) / 12

    days, new = lives(1.0)
    wanted = [day for day in range(LOOKED_AT[-1]) if day % 7 in REPEATS_A_WEEK[repeats]]
    assert days == len(wanted)
    assert new == 60
    some_days, some_new = lives(0.6)
    assert some_days / days == pytest.approx(0.6, abs=0.05)
    assert some_new / new == pytest.approx(0.6, abs=0.05)


def test_todays_repeat_is_the_bots() -> None:
    """What stands for it here chooses the case that the bot would choose."""
    cases = cases_with(0)
    library = Library({each.id: each for each in cases}, (), {}, {}, FigureBytes())
    rule = NotYetRightOnly(7, cases)
    seen: dict[str, int] = {}
    right: set[tuple[str, str]] = set()
    for day in range(200):
        objective = day * 7 % 20
        answer = Answer((day * 11) % 3 > 0, None)
        rule.told(objective, 0, answer, day)
        key = cases[objective].id, cases[objective].questions[0].id
        seen[key[0]] = day
        right = right | {key} if answer.right else right - {key}
        answered = frozenset((each, key[1]) for each in seen)
        progress = Progress(seen=seen, right=frozenset(right), answered=answered)
        chosen = choose(NotYetRight(), library, progress, 7)
        mine = rule.repeat(day + 0.5)
        assert (AllRight() if mine is None else cases[mine[0]]) == chosen


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(1, 200)), min_size=1, max_size=8))
def test_one_truth_is_fsrs(answers: list[tuple[bool, int]]) -> None:
    """With the default parameters, stability is the library's own."""
    memory, truth, day = None, FsrsMemory(0.3, DEFAULTS), 0
    for knew, later in answers:
        day += later
        rating = Rating.GOOD if knew else Rating.AGAIN
        memory, _ = rated(memory, rating, START + day * DAY_MS)
        truth.met(0, day, knew=knew, by_picture=False)
    assert isinstance(memory, Memory)
    assert truth.known(day + memory.stability) == pytest.approx(0.9, rel=1e-3)


def test_the_other_truth_remembers_pictures() -> None:
    """The very same picture gives the answer, and teaches less than another does."""
    same, other = TraceMemory(0.2, 0.25), TraceMemory(0.2, 0.25)
    for memory, wording in ((same, 0), (other, 1)):
        memory.met(0, 0, knew=False, by_picture=False)
        assert memory.seen_before(1, 14) == 0
        memory.met(wording, 14, knew=False, by_picture=memory.seen_before(wording, 14) > 0.5)
    assert same.seen_before(0, 30) > other.seen_before(0, 30) > 0
    assert same.known(60) < other.known(60)
