"""What a panel's buttons send back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.live.live_buttons import Act, RoundPress
from bot.features.live.states import Step
from bot.features.shared.messages import MOST_DATA

_where = (st.integers(0, (1 << 63) - 1), st.integers(0, 99), st.integers(1, 2))
_acts = [*Step, *(act for act in Act if act is not Act.TAKE_OVER)]
presses = st.one_of(
    st.builds(RoundPress, st.sampled_from(_acts), *_where),
    st.builds(RoundPress, st.just(Act.TAKE_OVER), *_where, st.integers(1, (1 << 52) - 1)),
)


@given(presses)
def test_a_press_is_read_as_it_was_written(pressed: RoundPress) -> None:
    """It fits into a button, and what it means is one thing."""
    assert RoundPress.parse(str(pressed)) == pressed
    assert len(str(pressed).encode()) <= MOST_DATA
    assert set(Step).isdisjoint(set(Act))


@given(st.text())
def test_anything_else_is_no_press(data: str) -> None:
    """People can send anything."""
    pressed = RoundPress.parse(data)
    assert pressed is None or str(pressed) == data


@pytest.mark.parametrize(
    "data",
    [
        *("live:", "live:open", "live:open:7", "live:open:-7:0.1", "live:open:7:0"),
        *("live:open:7:00.1", "live:open:7:0.1.5", "live:take:7:0.1", "live:take:7:0.1."),
    ],
)
def test_what_is_not_whole_is_no_press(data: str) -> None:
    """Nor what says the same in other digits."""
    assert RoundPress.parse(data) is None
