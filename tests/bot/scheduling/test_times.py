"""Times as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scheduling.times import NoSuchTime, Unreadable, parse_time

minutes = st.integers(0, 1439)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("7:30", 7, 30),
        ("07.30", 7, 30),
        ("07,30", 7, 30),
        (" 7 ", 7, 0),
        ("7 30", 7, 30),
        ("730", 7, 30),
        ("0730", 7, 30),
        ("19h30", 19, 30),
        ("19 h 30", 19, 30),
        ("19h", 19, 0),
        ("19 Uhr", 19, 0),
        ("19 Uhr 30", 19, 30),
        ("19:30 Uhr", 19, 30),
        ("7:30 pm", 19, 30),
        ("7:30PM", 19, 30),
        ("7:30 p. m.", 19, 30),
        ("7 a.m.", 7, 0),
        ("7pm", 19, 0),
        ("12 am", 0, 0),
        ("12:30 am", 0, 30),
        ("12 pm", 12, 0),
        ("0:00", 0, 0),
        ("23:59", 23, 59),
        ("7\N{FULLWIDTH COLON}30", 7, 30),
        ("\u0667:\u0663\u0660", 7, 30),  # Arabic-Indic digits
    ],
)
def test_times_are_read_as_people_write_them(text: str, hour: int, minute: int) -> None:
    """Both clocks, the usual signs between, and the digits of any script."""
    assert hour * 60 + minute == parse_time(text)


@pytest.mark.parametrize("text", ["24:00", "7:60", "25", "13 pm", "0 am", "2400", "99:99"])
def test_a_time_that_no_clock_shows_is_told_apart(text: str) -> None:
    """It was understood, but there is no such time."""
    assert NoSuchTime() == parse_time(text)


@pytest.mark.parametrize(
    "text", ["", "soon", "7:5", "7:300", "-7:30", "7:30:00", "7:30 xm", "7 p", "½", "7:30 7:30"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    """It is not guessed at."""
    assert Unreadable() == parse_time(text)


@given(minutes)
def test_every_minute_is_read_in_both_clocks(minute: int) -> None:
    """All 1440 of them."""
    hour, rest = divmod(minute, 60)
    half = "am" if hour < 12 else "pm"
    assert minute == parse_time(f"{hour:02}:{rest:02}")
    assert minute == parse_time(f"{hour % 12 or 12}:{rest:02} {half}")


@given(st.text(max_size=12) | st.text("0123456789:.h apm", max_size=10))
def test_any_text_gives_a_time_or_a_refusal(text: str) -> None:
    """Never an exception, never a minute out of the day."""
    minute = parse_time(text)
    assert isinstance(minute, Unreadable | NoSuchTime) or 0 <= minute < 1440
