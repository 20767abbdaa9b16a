"""Buttons on phones: read as they were written, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from bot.features.live.phone_buttons import OnPhone, PhonePress
from bot.features.shared.messages import MOST_DATA

_IDS = st.integers(0, (1 << 63) - 1)


@given(st.sampled_from(OnPhone), _IDS, st.integers(0, 99), st.integers(0, 11))
def test_a_button_is_read_as_it_was_written(
    what: OnPhone, round_id: int, position: int, choice: int
) -> None:
    """And fits into what Telegram sends back."""
    pressed = PhonePress(what, round_id, position, choice if what is OnPhone.VOTE else None)
    assert PhonePress.parse(str(pressed)) == pressed
    assert len(str(pressed).encode()) <= MOST_DATA


@given(st.text() | st.from_regex(r"phone:(v|case|why|x):[0-9a-fA-F_ -]{0,20}:[0-9.a-f]{0,6}"))
def test_anything_else_is_no_press(data: str) -> None:
    """People can send anything; nothing is read in two ways."""
    read = PhonePress.parse(data)
    assert read is None or str(read) == data
