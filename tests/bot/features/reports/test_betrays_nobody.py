"""A reader who has every report and knows all of the named learns nothing of one of the others.

The reader holds every named row, the list of members, and every report that was ever made; they
subtract what they know from what is told, and compare what is left over every pair of reports.
"""

import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from bot.base.time_units import WEEK_MS
from bot.features.assignments.count_unnamed import (
    Unnamed,
    UnnamedCount,
    UnnamedQuestion,
    count_unnamed,
)
from bot.features.reports.cohort_numbers import cohort_numbers
from bot.features.reports.cohort_values import (
    ActiveLastWeek,
    ClosedAssignment,
    CohortData,
    CohortNumbers,
)
from content.disclosure import FEWEST, End, coded, unnamed_in
from content.snapshot import Snapshot
from storage.assignments import AssignedAnswer, AssignedCase, Assignment
from storage.cohort_results import CohortReport, MemberResult, QuestionCount
from storage.cohorts import CohortPerson
from tests.support.library import shipped_library

CASES = [shipped_library().cases[name] for name in ("calcinosis-cutis", "salicylate-acid-base")]
QUESTIONS = [(case.id, place) for case in CASES for place in range(len(case.questions))]
SNAPSHOTS = [
    AssignedCase(n, case.id, Snapshot(case, ("0" * 64,) * len(case.shown_figures)).to_json(), None)
    for n, case in enumerate(CASES)
]


class Person(Struct):
    """Somebody of the cohort as they are: what the reader must not find out."""

    number: int
    named: bool
    there: bool = True
    joined_at: int = 0


class Told(Struct, frozen=True):
    """What a report tells of some people who are not named: so many of them, ``low`` to ``high``.

    ``of``: how many there are to be among; ``about`` is what it is about.
    """

    about: tuple[object, ...]
    people: int
    low: int
    high: int
    of: int


class Life:
    """A cohort by chance: people come under a name or an alias, go, and do assignments or not."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.people = [
            Person(n, self.chance.random() < 0.5) for n in range(self.chance.randrange(4, 26))
        ]
        self.now = 0
        self.assignments: list[Assignment] = []
        self.unnamed: dict[int, UnnamedCount] = {}
        self.weeks: dict[int, tuple[int, int]] = {}
        self.right: dict[tuple[int, int], dict[tuple[str, int], bool]] = {}
        self.active: set[int] = set()

    @property
    def there(self) -> list[Person]:
        """Who is in the cohort."""
        return [one for one in self.people if one.there]

    def assign(self) -> None:
        """An assignment is given out, done by some, and closed."""
        number = len(self.assignments) + 1
        share, ease = self.chance.choice([0.3, 0.8, 1.0]), self.chance.choice([0, 0.5, 0.9, 1])
        for one in self.there:
            if self.chance.random() < share:
                self.active.add(one.number)
                self.right[number, one.number] = {
                    question: self.chance.random() < ease for question in QUESTIONS
                }
        self.now += WEEK_MS
        made = Assignment(
            number,
            1,
            9,
            "T",
            "exam",
            "at_once",
            True,
            0,
            0,
            self.now,
            self.now,
            0,
            self.now,
            None,
            None,
        )
        self.assignments.append(made)
        self.unnamed[number] = self.counted(number)

    def counted(self, number: int) -> UnnamedCount:
        """What is kept of people without a name at its closing."""
        others = [one.number for one in self.there if not one.named]
        done = [one for one in others if (number, one) in self.right]
        results = [MemberResult(number, one, self.now, 0, 3, 3, 0, 1, 1) for one in done]
        answers = [
            AssignedAnswer(one, *question, (0,), "correct" if right else "wrong", 1)
            for one in done
            for question, right in self.right[number, one].items()
        ]
        unnamed = Unnamed(set(others), results, answers)
        return count_unnamed(unnamed, SNAPSHOTS, self.chance.choice)

    def live(self) -> None:
        """Somebody comes, goes, or takes another name."""
        match self.chance.randrange(3):
            case 0:
                self.people.append(
                    Person(len(self.people), self.chance.random() < 0.5, joined_at=self.now)
                )
            case 1 if self.there:
                self.leave(self.chance.choice(self.there))
            case 2 if self.there:
                again = self.chance.choice(self.there)
                self.leave(again)
                again.there, again.named, again.joined_at = True, not again.named, self.now

    def leave(self, one: Person) -> None:
        """What they did is theirs alone from then on."""
        one.there = False
        self.right = {key: value for key, value in self.right.items() if key[1] != one.number}
        self.active.discard(one.number)

    def report(self) -> CohortNumbers:
        """What an educator is told now."""
        week = self.now // WEEK_MS
        named = {one.number for one in self.there if one.named}
        if week not in self.weeks:
            others = [one.number for one in self.there if not one.named]
            active = [one for one in others if one in self.active]
            told = unnamed_in(active, len(others), self.chance.choice)
            self.weeks[week] = (len(told), len(others))
        people = [
            CohortPerson(1, one.number, "member", "x", None, one.named, 1, one.joined_at)
            for one in self.there
        ]
        return cohort_numbers(
            CohortData(
                people,
                self.assignments,
                [
                    ClosedAssignment(one, SNAPSHOTS, self.unnamed[one.id])
                    for one in self.assignments
                ],
                self.results(),
                ActiveLastWeek(frozenset(named & self.active), *self.weeks[week]),
                self.now,
            )
        )

    def results(self) -> CohortReport:
        """The named, as storage counts them."""
        there = {one.number: one for one in self.there}
        rows = [
            MemberResult(
                number, person, self.now, 0, len(right), len(right), sum(right.values()), 1, 1
            )
            for (number, person), right in self.right.items()
            if person in there
        ]
        counts: dict[tuple[int, str, int], QuestionCount] = {}
        for number in range(1, len(self.assignments) + 1):
            for question in QUESTIONS:
                theirs = self.known(number, question)
                if theirs:
                    counts[number, *question] = QuestionCount(sum(theirs), {0: 1})
        return CohortReport(rows, counts)

    def known(self, number: int, question: tuple[str, int]) -> list[bool]:
        """Who of the named is in the numbers, right or not: the reader has their rows."""
        closed_at = self.assignments[number - 1].closed_at or 0
        return [
            self.right[number, one.number][question]
            for one in self.there
            if one.named and one.joined_at < closed_at and (number, one.number) in self.right
        ]

    def told(self) -> list[Told]:
        """What the reader has once they have subtracted what they know."""
        numbers = self.report()
        others = sum(not one.named for one in self.there)
        found = [
            left_over(
                ("question", one.assignment_id, one.case_id, one.position),
                one.answered.right,
                one.answered.people,
                self.known(one.assignment_id, (one.case_id, one.position)),
                others,
            )
            for one in numbers.questions
        ]
        active = sum(one.named and one.number in self.active for one in self.there)
        rest = numbers.active - active
        if numbers.active_of > numbers.named:
            of = numbers.active_of - numbers.named
            found.append(Told(("active", self.now // WEEK_MS), rest, rest, rest, of))
        return [one for one in found if one.people]


def left_over(
    about: tuple[object, ...], right: int, people: int, known: Sequence[bool], others: int
) -> Told:
    """A share as it is told, less those who are known."""
    match coded(right / people, people):
        case End.LOW:
            low, high = 0, int(people * 0.05)
        case End.HIGH:
            low, high = people - int(people * 0.05), people
        case _:
            low = high = right
    known_right = sum(known)
    return Told(about, people - len(known), low - known_right, high - known_right, others)


def recovered(reports: Iterable[Sequence[Told]]) -> list[str]:
    """What the reader finds out of fewer than five people, or of each of all.

    Total less named: what is left is about too few, or about all of them, and they are alike. One
    report less another: the same thing is told of groups that differ by a few people.
    """
    found = []
    known = [one for report in reports for one in report]
    for one in known:
        if 0 < one.people < FEWEST:
            found.append(f"{one.about}: {one.people} people alone")
        if one.about[0] == "active" and one.people >= one.of:
            found.append(f"{one.about}: all were active")
        if one.about[0] == "question" and one.low == one.high and one.low in {0, one.people}:
            found.append(f"{one.about}: all are alike")
    found += [
        f"{one.about}: {one.people} less {other.people}"
        for place, one in enumerate(known)
        for other in known[:place]
        if one.about == other.about and 0 < abs(one.people - other.people) < FEWEST
    ]
    return found


@given(st.integers(0, 1 << 32), st.lists(st.sampled_from(["assign", "live"]), max_size=12))
def test_every_pair_of_reports_recovers_nothing(seed: int, events: list[str]) -> None:
    """Whatever comes to pass, and however often a report is asked for meanwhile."""
    life = Life(seed)
    reports = [life.told()]
    for event in events:
        getattr(life, event)()
        reports.append(life.told())
    assert recovered(reports) == []


def test_there_is_something_to_attack() -> None:
    """Many a life has people without a name in its numbers: the reader has much to compare."""
    lives = [Life(seed) for seed in range(40)]
    for life in lives:
        life.assign()
    assert sum(any(life.told()) for life in lives) >= 10


def big_life() -> Life:
    """Twelve named, and eight who are not."""
    life = Life(1)
    life.people = [Person(n, n < 12) for n in range(20)]
    return life


def test_total_less_named_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """A leak planted: whoever has no name is in the totals, however few they are."""
    life = big_life()
    life.people = [Person(n, n < 12) for n in range(14)]
    life.assign()
    assert recovered([life.told()]) == []
    two = [12, 13]
    for one in range(14):
        life.right[1, one] = dict.fromkeys(QUESTIONS, True)
    monkeypatch.setattr(
        Life,
        "counted",
        lambda _self, number: UnnamedCount(
            2,
            2,
            2,
            tuple(
                UnnamedQuestion(
                    *question, sum(life.right[number, one][question] for one in two), ()
                )
                for question in QUESTIONS
            ),
        ),
    )
    life.unnamed[1] = life.counted(1)
    assert any("people alone" in what for what in recovered([life.told()]))


def test_week_less_week_is_caught() -> None:
    """A leak planted: numbers of a closed assignment that are counted anew with each report."""
    life = big_life()
    life.assign()
    for one in range(12, 18):
        life.right[1, one] = dict.fromkeys(QUESTIONS, one % 2 == 0)
    life.right = {key: right for key, right in life.right.items() if key[1] < 18}
    life.unnamed[1] = life.counted(1)
    before = life.told()
    life.right[1, 18] = dict.fromkeys(QUESTIONS, True)
    assert recovered([before, life.told()]) == []
    life.unnamed[1] = life.counted(1)
    assert any("less" in what for what in recovered([before, life.told()]))


def test_a_topic_and_a_total_are_sums_of_what_is_told() -> None:
    """There is nothing in them that is in no question shown: nothing is left when one subtracts."""
    life = big_life()
    for _ in range(3):
        life.assign()
    numbers = life.report()
    shown = [one.answered for one in numbers.questions]
    assert shown
    assert numbers.total is not None
    assert numbers.total.right == sum(one.right for one in shown)
    assert numbers.total.answers == sum(one.answers for one in shown)
    for topic, answered in numbers.topics:
        theirs = [one.answered for one in numbers.questions if topic in one.topics]
        assert answered.right == sum(one.right for one in theirs)
        assert answered.people == min(one.people for one in theirs)
