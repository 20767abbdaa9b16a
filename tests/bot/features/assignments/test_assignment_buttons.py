"""What buttons of assignments send back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.assignments.assignment_buttons import AssignmentPress, AssignmentVerb
from bot.features.shared.messages import MOST_DATA


@given(
    st.integers(0, (1 << 63) - 1),
    st.sampled_from(AssignmentVerb),
    st.sampled_from(["", "1b2c3d4-7"]),
)
def test_a_press_is_read_as_it_was_written(number: int, verb: AssignmentVerb, value: str) -> None:
    """And fits a button."""
    pressed = AssignmentPress(number, verb, value)
    assert AssignmentPress.parse(str(pressed)) == pressed
    assert len(str(pressed).encode()) <= MOST_DATA


@pytest.mark.parametrize(
    "data",
    [
        *("", "task:", "task:1:see", "task:-1:see:", "task:1:fly:"),
        *("task:8000000000000000:see:", "task:01:see:", "task:1_0:see:"),
    ],
)
def test_anything_else_is_no_press(data: str) -> None:
    """Since people can send anything."""
    assert AssignmentPress.parse(data) is None
