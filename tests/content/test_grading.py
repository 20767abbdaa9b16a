"""Judging answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.grading import Grade, Verdict, grade, needs_multiple
from tests.content.samples import question


@pytest.mark.parametrize(
    ("key", "chosen", "expected"),
    [
        ((1,), (1,), Grade(Verdict.CORRECT, 1.0)),
        ((1,), (0,), Grade(Verdict.WRONG, 0.0)),
        ((1,), (0, 1), Grade(Verdict.WRONG, 0.0)),
        ((0, 2), (0, 2), Grade(Verdict.CORRECT, 1.0)),
        ((0, 2), (2, 0, 2), Grade(Verdict.CORRECT, 1.0)),
        ((0, 2), (2,), Grade(Verdict.PARTLY, 0.5)),
        ((0, 2), (0, 1), Grade(Verdict.WRONG, 0.0)),
        ((0, 2), (0, 1, 2), Grade(Verdict.PARTLY, 0.5)),
        ((0, 2), (0, 1, 2, 3), Grade(Verdict.WRONG, 0.0)),
        ((0, 2), (1, 3), Grade(Verdict.WRONG, 0.0)),
        ((0, 1, 2), (0, 1, 2), Grade(Verdict.CORRECT, 1.0)),
    ],
)
def test_the_score_is_right_minus_wrong(
    key: tuple[int, ...], chosen: tuple[int, ...], expected: Grade
) -> None:
    """Every right pick earns its share, every wrong one costs as much, and 0 is the least."""
    assert grade(question(key), chosen) == expected


@pytest.mark.parametrize("chosen", [(), (4,), (-1,), (0, 9)])
def test_what_cannot_be_an_answer_is_refused(chosen: tuple[int, ...]) -> None:
    """No pick, or a position that the question does not have, is no answer."""
    with pytest.raises(ValueError, match=r"choice"):
        grade(question((0,)), chosen)


def test_several_right_choices_need_several_picks() -> None:
    """Only a question with several right choices lets a voter pick several."""
    assert [needs_multiple(question(key)) for key in [(2,), (0, 2)]] == [False, True]


positions = st.sets(st.integers(0, 3), min_size=1)


@given(positions.filter(lambda key: len(key) < 4), positions)
def test_verdict_and_score_agree(key: set[int], chosen: set[int]) -> None:
    """Correct is 1 and exactly the key, wrong is 0, partly lies between."""
    result = grade(question(tuple(key)), tuple(chosen))
    assert 0 <= result.score <= 1
    assert (result.verdict is Verdict.CORRECT) == (result.score == 1) == (key == chosen)
    assert (result.verdict is Verdict.WRONG) == (result.score == 0)
