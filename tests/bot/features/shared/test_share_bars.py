"""How many people's answers may be shown as shares: one place decides."""

from hypothesis import given
from hypothesis import strategies as st

from bot.base.i18n import Languages
from bot.features.shared.share_bars import FEWEST, share_bars, shareable
from content.model import Question
from tests.content.samples import question_data

people = st.integers(0, 500)
ENGLISH = Languages.load().words["en"]


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_nobody_and_everybody_are_called_so(of: tuple[int, int]) -> None:
    """One of a thousand is not 0%, nor are all but one 100%; else it is the nearest number."""
    some, everybody = of
    shown = int(ENGLISH.percent(some / everybody).removesuffix("%"))
    assert (shown == 0) is (some == 0)
    assert (shown == 100) is (some == everybody)
    assert abs(shown - 100 * some / everybody) < 1


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


def test_half_has_a_longer_bar_than_a_third() -> None:
    """A bar shows the nearest fifth, and what lies between two the longer one."""
    question = Question.model_validate(question_data())
    (text,) = share_bars(question, 6, {0: 3, 1: 2, 2: 1}, ENGLISH)
    bars = [line.partition(" ")[0].count("▰") for line in text.text.split("\n")]
    assert bars[:3] == [3, 2, 1]
