"""What may be told of people's figures: one place decides."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.disclosure import (
    EXACT,
    FEWEST,
    End,
    clipped,
    coded,
    commonest_wrong,
    shareable,
    unnamed_in,
)

people = st.integers(0, 500)
counted = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(people)
def test_fewer_than_five_are_never_shown(number: int) -> None:
    """Closed or not: shares of few tell on single persons."""
    for closed in (True, False):
        shown = shareable(number, closed=closed)
        assert shown == 0 or FEWEST <= shown <= number


@given(people)
def test_of_a_closed_question_all_are_shown_or_none(number: int) -> None:
    """Nothing is left to be counted by itself."""
    assert shareable(number, closed=True) in {0, number}
    assert (shareable(number, closed=True) == number) == (number == 0 or number >= FEWEST)


@given(people, people)
def test_what_is_shown_while_open_changes_by_five(one: int, other: int) -> None:
    """Whoever looks at any two moments learns of five answers together, or of none."""
    change = abs(shareable(one, closed=False) - shareable(other, closed=False))
    assert change == 0 or change >= FEWEST
    assert one - shareable(one, closed=False) < FEWEST


@given(counted)
def test_the_ends_are_told_exactly_of_twenty_people(of: tuple[int, int]) -> None:
    """Of fewer, nobody and everybody are never a figure; whatever lies between always is."""
    some, everybody = of
    told = coded(some / everybody, everybody)
    if everybody >= EXACT or 0 < some < everybody:
        assert told == some / everybody
    else:
        assert told is (End.HIGH if some else End.LOW)


@pytest.mark.parametrize(("people", "told"), [(19, End.HIGH), (20, 1.0)])
def test_an_end_of_a_sum_is_an_end_of_each_part(people: int, told: float | End) -> None:
    """All of 60 answers tell of everybody behind the least part of them as well."""
    assert coded(60 / 60, people) == told


@given(st.integers(0, 30), st.integers(0, 30), st.integers())
def test_unnamed_people_stand_together_and_never_all(finished: int, others: int, seed: int) -> None:
    """At least five who finished, and not everybody: nobody knows of anybody that they are in."""
    handed_in = list(range(finished))
    taken = unnamed_in(handed_in, finished + others, random.Random(seed).choice)
    assert set(taken) <= set(handed_in)
    assert len(set(taken)) == len(taken)
    at_most = min(finished, finished + others - 1)
    assert len(taken) == (at_most if at_most >= FEWEST else 0)


@given(st.integers(FEWEST + 1, 30), st.data())
def test_whoever_is_left_out_may_be_anybody(unnamed: int, data: st.DataObject) -> None:
    """Where all finished, chance says who is not among them."""
    out = data.draw(st.integers(0, unnamed - 1))
    assert out not in unnamed_in(range(unnamed), unnamed, lambda among: among[out])


@given(st.integers(FEWEST, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_of_unnamed_people_never_none_nor_all_were_right(of: tuple[int, int]) -> None:
    """What is said is off by one person at most, and somebody else may always be the other one."""
    right, unnamed = of
    said = clipped(right, unnamed)
    assert 1 <= said <= unnamed - 1
    assert abs(said - right) <= 1
    assert said == right or right in {0, unnamed}


@given(
    st.dictionaries(st.integers(0, 4), st.integers(0, 9)),
    st.sets(st.integers(0, 4), min_size=1),
    st.integers(0, 40),
)
def test_a_wrong_choice_is_named_where_five_were_wrong(
    counts: dict[int, int], key: set[int], wrong: int
) -> None:
    """The one that more of them took than any other; never what is right."""
    named = commonest_wrong(counts, key, wrong)
    others = {place: n for place, n in counts.items() if place not in key}
    if named is None:
        most = max(others.values(), default=0)
        assert wrong < FEWEST or not most or list(others.values()).count(most) > 1
    else:
        assert wrong >= FEWEST
        assert all(n < others[named] for place, n in others.items() if place != named)
        assert others[named] > 0
