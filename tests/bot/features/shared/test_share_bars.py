"""Shares as people read them, in figures and as bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.i18n import Languages
from bot.features.shared.share_bars import share_bars
from content.disclosure import End
from content.model import Question
from tests.content.samples import question_data

ENGLISH = Languages.load().words["en"]


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_nobody_and_everybody_are_called_so(of: tuple[int, int]) -> None:
    """One of a thousand is not 0%, nor are all but one 100%; else it is the nearest number."""
    some, everybody = of
    shown = int(ENGLISH.percent(some / everybody).removesuffix("%"))
    assert (shown == 0) is (some == 0)
    assert (shown == 100) is (some == everybody)
    assert abs(shown - 100 * some / everybody) < 1


@pytest.mark.parametrize(
    ("language", "low", "high"),
    [
        ("en", "< 5%", "> 95%"),
        ("es", "< 5 %", "> 95 %"),
        ("fr", "< 5\u202f%", "> 95\u202f%"),
    ],
)
def test_an_end_is_told_as_such(language: str, low: str, high: str) -> None:
    """In every language as a share stands there."""
    words = Languages.load().words[language]
    assert [words.percent(end) for end in (End.LOW, End.HIGH)] == [low, high]


def test_of_few_people_neither_nobody_nor_everybody_is_a_figure() -> None:
    """Of twenty both are; so they are not where one of the times added up had fewer."""
    question = Question.model_validate(question_data())

    def told(people: int, fewest: int = 0) -> list[str]:
        (text,) = share_bars(question, people, {0: people}, ENGLISH, fewest)
        return [line.partition(" ")[2] for line in text.text.split("\n")]

    few = ["> 95% Fat", "< 5% Calcium", "< 5% Urate"]
    assert told(19) == few
    assert told(20) == ["100% Fat", "0% Calcium", "0% Urate"]
    assert told(24, fewest=6) == few


def test_half_has_a_longer_bar_than_a_third() -> None:
    """A bar shows the nearest fifth, and what lies between two the longer one."""
    question = Question.model_validate(question_data())
    (text,) = share_bars(question, 6, {0: 3, 1: 2, 2: 1}, ENGLISH)
    bars = [line.partition(" ")[0].count("▰") for line in text.text.split("\n")]
    assert bars[:3] == [3, 2, 1]
