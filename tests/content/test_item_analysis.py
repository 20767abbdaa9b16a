"""What is told of items: others' numbers to the digits they printed, and nothing from too few."""

import csv
from collections.abc import Sequence
from math import isclose
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.correlation_intervals import correlation_interval
from content.item_analysis import analyse
from content.item_measures import (
    Measure,
    correlation,
    covariance,
    upper_less_lower,
)
from content.item_statistics import (
    Answer,
    Discrimination,
    Item,
    ItemStatistics,
    Minimums,
    ShareRight,
    TooFew,
)
from content.statistics import wilson
from tests.content.simulated_answers import answers_to, sound_item

ORACLES = Path(__file__).parents[2].parent / "shared" / "reference" / "oracles"
ANY = Minimums(1, 1, 4, 50, 1, 1)
"""As few as the formulas allow: for published examples, which are small."""

LSAT = [
    *(3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15),
    *(10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298),
]
"""How many of 1000 people gave each pattern of right answers to five items, from 00000 to 11111
(R. D. Bock and M. Lieberman, Psychometrika 1970;35:179-197)."""


def marks(rows: Sequence[Sequence[float]]) -> tuple[dict[int, Item], list[Answer[int]]]:
    """People's marks as answers: a choice for all that is right, and one for all else."""
    items = {number: Item(2, frozenset({0})) for number in range(len(rows[0]))}
    return items, [
        Answer(person, number, mark, (0 if mark == 1 else 1,))
        for person, row in enumerate(rows)
        for number, mark in enumerate(row)
    ]


def discriminations(found: dict[int, ItemStatistics]) -> list[Discrimination]:
    """Theirs, of items that have one."""
    return [
        each.discrimination
        for each in found.values()
        if isinstance(each.discrimination, Discrimination)
    ]


@pytest.mark.skipif(not ORACLES.exists(), reason="Moodle's numbers are not at hand")
def test_moodles_numbers_come_out_to_the_printed_digits() -> None:
    """All columns of its quiz statistics report, for 25 people and 7 questions with part marks."""
    with (ORACLES / "moodle-results00.csv").open(encoding="utf-8") as file:
        rows = [[float(mark) for mark in row[1:8]] for row in csv.reader(file)]
    with (ORACLES / "moodle-qstats00.csv").open(encoding="utf-8") as file:
        printed = list(csv.DictReader(file))
    found = analyse(*marks(rows), ANY)
    for number, (statistics, known) in enumerate(zip(found.values(), printed, strict=True)):
        one = Measure.of([row[number] for row in rows])
        rest = Measure.of([sum(row) - row[number] for row in rows])
        ordered = (sorted(measure.deviations) for measure in (one, rest))
        highest = covariance(*(Measure(np.array(each), 0) for each in ordered))
        assert isinstance(statistics.share_right, ShareRight)
        assert isinstance(statistics.discrimination, Discrimination)
        said = statistics.discrimination
        made = {
            "facility": statistics.share_right.mean_score,
            "sd": covariance(one, one) ** 0.5,
            "effectiveweight": 100 * (said.effective_weight or 0),
            "covariance": covariance(one, rest),
            "markvariance": covariance(one, one),
            "othermarkvariance": covariance(rest, rest),
            "discriminationindex": 100 * (said.rest_correlation or 0),
            "covariancemax": highest,
            "discriminativeefficiency": 100 * (said.efficiency or 0),
        }
        assert {name: as_printed(value, known[name]) for name, value in made.items()} == {
            name: value for name, value in known.items() if name != "slot"
        }


def as_printed(value: float, printed: str) -> str:
    """With as many decimals."""
    return f"{value:.{len(printed.partition('.')[2])}f}"


def test_the_law_school_test_comes_out_as_ltm_prints_it() -> None:
    """Share right and corrected item-total correlation, as its function descript does."""
    rows = [
        [float(digit) for digit in f"{pattern:05b}"]
        for pattern, people in enumerate(LSAT)
        for _ in range(people)
    ]
    found = analyse(*marks(rows), Minimums(common_items=4))
    shares = [each.share_right for each in found.values()]
    assert [each.share for each in shares if isinstance(each, ShareRight)] == [
        *(0.924, 0.709, 0.553, 0.763, 0.870),
    ]
    assert [round(each.rest_correlation or 0, 4) for each in discriminations(found)] == [
        *(0.1128, 0.1532, 0.1728, 0.1444, 0.1216),
    ]
    assert [each.alarms for each in found.values()] == [[]] * 5


def a_class(people: int, items: int = 9) -> dict[int, ItemStatistics]:
    """What is told of sound items that so many have answered."""
    dice = Random(people)
    return analyse(*answers_to([sound_item(dice) for _ in range(items)], [0] * items, people, dice))


@pytest.mark.parametrize(
    ("number", "needed"),
    [("share_right", 10), ("choices", 20), ("discrimination", 30), ("alarms", 50)],
)
def test_no_number_comes_from_too_few(number: str, needed: int) -> None:
    """Each comes with the last that it needs; before, it is said how many there are of how many."""
    before = a_class(needed - 1).values()
    assert [getattr(each, number) for each in before] == [TooFew(needed - 1, needed)] * 9
    assert TooFew not in {type(getattr(each, number)) for each in a_class(needed).values()}


def test_a_choice_is_counted_before_its_correlation_is_known() -> None:
    """From 20 people how many took it, from 30 how they did elsewhere."""
    (first, *_) = a_class(25).values()
    assert not isinstance(first.choices, TooFew)
    assert {type(choice.correlation) for choice in first.choices} == {TooFew}
    (first, *_) = a_class(30).values()
    assert not isinstance(first.choices, TooFew)
    assert TooFew not in {type(choice.correlation) for choice in first.choices}


def test_people_without_eight_items_in_common_discriminate_nothing() -> None:
    """Of eight items each has seven others, whoever many answer them."""
    assert {each.discrimination for each in a_class(60, items=8).values()} == {TooFew(0, 30)}
    assert {type(each.discrimination) for each in a_class(60).values()} == {Discrimination}


def test_people_who_answered_other_items_each_have_none_in_common() -> None:
    """Sixty people, each with ten items of their own besides the one that all answered."""
    items = {number: Item(2, frozenset({0})) for number in range(601)}
    answers = [Answer(person, 0, person % 2, (1 - person % 2,)) for person in range(60)]
    for person in range(60):
        own = range(1 + 10 * person, 11 + 10 * person)
        answers += [Answer(person, item, (item + person) % 2, (0,)) for item in own]
    found = analyse(items, answers)
    assert found[0].discrimination == TooFew(0, 30)
    assert found[0].alarms == []
    assert found[1].share_right == TooFew(1, 10)


def one_item(
    item: Item, chosen: Sequence[tuple[int, ...]], scores: Sequence[float]
) -> ItemStatistics:
    """What is told of an item from answers to it alone."""
    answers = [
        Answer(person, "item", score, choices)
        for person, (choices, score) in enumerate(zip(chosen, scores, strict=True))
    ]
    return analyse({"item": item}, answers)["item"]


def test_a_distractor_that_fewer_than_one_in_twenty_take_is_idle() -> None:
    """One of twenty is not fewer; the right choice is never idle, however few take it."""
    found = one_item(Item(4, frozenset({0})), [(1,)] * 19 + [(2,)], [0.0] * 20)
    assert not isinstance(found.choices, TooFew)
    assert [choice.people for choice in found.choices] == [0, 19, 1, 0]
    assert [choice.share for choice in found.choices] == [0, 0.95, 0.05, 0]
    assert [choice.idle for choice in found.choices] == [False, False, False, True]


def test_part_marks_are_in_the_mean_score_and_not_in_the_share_right() -> None:
    """Who marked one of two right choices is partly right."""
    found = one_item(Item(4, frozenset({0, 1})), [(0, 1)] * 4 + [(0,)] * 6, [1.0] * 4 + [0.5] * 6)
    assert isinstance(found.share_right, ShareRight)
    assert (found.share_right.share, found.share_right.interval) == (0.4, wilson(4, 10))
    assert isclose(found.share_right.mean_score, 0.7)


def test_the_first_answer_of_a_person_counts() -> None:
    """What the same person answers later does not."""
    again = [Answer(0, "item", 0.0, (1,)) for _ in range(9)]
    rows = [Answer(person, "item", 1.0, (0,)) for person in range(10)]
    found = analyse({"item": Item(2, frozenset({0}))}, rows + again)["item"]
    assert found.answers == 10
    assert found.share_right == ShareRight(1.0, wilson(10, 10), 1.0)


def test_an_item_that_all_have_right_tells_nobody_apart() -> None:
    """There is no correlation where there is no difference, nor an alarm; the weight is none."""
    rows = [[1.0, *((person >> bit) % 2 for bit in range(8))] for person in range(60)]
    found = analyse(*marks(rows))
    first, *others = discriminations(found)
    assert first == Discrimination(60, 0, None, None, None, 0)
    assert found[0].alarms == []
    assert isclose(sum(each.effective_weight or 0 for each in others), 1)


def test_an_item_that_goes_against_the_total_has_no_weight() -> None:
    """As Moodle reckons it; and the interval lies around what was found."""
    rows = [[float(person % 4 < 1), *[float(person % 4 >= 1)] * 8] for person in range(40)]
    first, *others = discriminations(analyse(*marks(rows)))
    assert first.effective_weight == 0
    assert [each.effective_weight for each in others] == pytest.approx([1 / 8] * 8)
    dice = Random(2)
    for each in discriminations(
        analyse(*answers_to([sound_item(dice) for _ in range(9)], [0] * 9, 40, dice))
    ):
        assert each.rest_correlation is not None
        assert each.interval == correlation_interval(each.rest_correlation, 40)


def test_where_nobody_differs_no_item_has_a_weight() -> None:
    """All answered all of them right."""
    found = discriminations(analyse(*marks([[1.0] * 9] * 30)))
    assert found == [Discrimination(30, 0, None, None, None, None)] * 9


def test_no_item_no_answer_no_numbers() -> None:
    """Nothing is made of nothing, and an answer to what is no item is a mistake."""
    assert analyse({}, []) == {}
    empty = analyse({"item": Item(2, frozenset({0}))}, [])["item"]
    assert (empty.answers, empty.share_right) == (0, TooFew(0, 10))
    with pytest.raises(KeyError):
        analyse({}, [Answer(0, "item", 1.0, (0,))])


CLASSES = st.integers(4, 40).flatmap(
    lambda people: st.integers(3, 12).flatmap(
        lambda items: st.lists(
            st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=items, max_size=items),
            min_size=people,
            max_size=people,
        )
    )
)


@settings(max_examples=60)
@given(CLASSES)
def test_where_all_answer_all_the_rest_is_the_score_in_the_other_items(
    rows: list[list[float]],
) -> None:
    """The classical corrected correlation; weights are shares of a whole; choices add up."""
    found = analyse(*marks(rows), ANY)
    for number, each in found.items():
        assert isinstance(each.discrimination, Discrimination)
        own = Measure.of([row[number] for row in rows])
        rest = Measure.of([sum(row) - row[number] for row in rows])
        classical, said = correlation(own, rest), each.discrimination.rest_correlation
        assert said == classical or isclose(said or 0, classical or 0, abs_tol=1e-9)
        totals = [sum(row) for row in rows]
        groups = upper_less_lower([row[number] for row in rows], totals)
        assert isclose(each.discrimination.upper_less_lower, groups, abs_tol=1e-9)
        assert not isinstance(each.choices, TooFew)
        assert sum(choice.people for choice in each.choices) == len(rows)
    weights = [each.effective_weight for each in discriminations(found)]
    assert weights == [None] * len(weights) or isclose(sum(one or 0 for one in weights), 1)


def test_who_people_are_changes_nothing() -> None:
    """Other names for the same people, in the same order, give the same numbers."""
    dice = Random(7)
    known, rows = answers_to([sound_item(dice) for _ in range(12)], [0] * 12, 60, dice, 0.9)
    renamed = [Answer(f"<{row.person}>", row.item, row.score, row.chosen) for row in rows]
    assert analyse(known, renamed) == analyse(known, rows)
