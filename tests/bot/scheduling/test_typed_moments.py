"""Dates as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.i18n import Languages
from bot.base.time_units import HOUR_MS
from bot.features.shared.typed_dates import date_names
from bot.scheduling.times import NoSuchTime, Unreadable
from bot.scheduling.typed_moments import EitherDay, Moment, NoSuchDay, Reading, read_moment
from bot.scheduling.wall_time import wall
from tests.support.pages import NOW

BERLIN = ZoneInfo("Europe/Berlin")
ENGLISH = date_names(Languages.load().words["en"])
# Tuesday, 1 December 2026, 11:00 in Berlin.
THEN = int(datetime(2026, 12, 1, 10, tzinfo=UTC).timestamp() * 1000)


def read(text: str, language: str = "en") -> object:
    """What it says in Berlin then; a moment as a clock shows it."""
    names = date_names(Languages.load().words[language])
    found = read_moment(text, Reading(THEN, BERLIN, 23 * 60 + 59), names)
    return f"{wall(found.at, BERLIN):%Y-%m-%d %H:%M}" if isinstance(found, Moment) else found


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("2026-12-24 18:00", "2026-12-24 18:00"),
        ("2026-12-24T18:00", "2026-12-24 18:00"),
        ("24 Dec", "2026-12-24 23:59"),
        ("24 Dec 18", "2026-12-24 18:00"),
        ("Dec 24, 2026 6 pm", "2026-12-24 18:00"),
        ("the 24th of December at 18:00", "2026-12-24 18:00"),
        ("24.12.2026 18.30", "2026-12-24 18:30"),
        ("24.12.", "2026-12-24 23:59"),
        ("24/12 18h", "2026-12-24 18:00"),
        ("12/24/2026", "2026-12-24 23:59"),
        ("Friday 18:00", "2026-12-04 18:00"),
        ("18:00 Fri", "2026-12-04 18:00"),
        ("Tuesday 12:00", "2026-12-01 12:00"),
        ("Tuesday 10:00", "2026-12-08 10:00"),
        ("Fri 25 Dec 18:00", "2026-12-25 18:00"),
        ("today", "2026-12-01 23:59"),
        ("tomorrow at 8", "2026-12-02 08:00"),
        ("18:00", "2026-12-01 18:00"),
        ("9:00", "2026-12-02 09:00"),
        ("3 Nov", "2027-11-03 23:59"),
        ("2026-11-03", "2026-11-03 23:59"),
    ],
)
def test_usual_ways_of_writing_are_read(text: str, means: str) -> None:
    """What has no year is what comes next; what is written whole may be past."""
    assert read(text) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("hello", Unreadable()),
        ("", Unreadable()),
        ("24", NoSuchTime()),
        ("24 Dec 25:00", NoSuchTime()),
        ("30 Feb", NoSuchDay()),
        ("2026-13-01", NoSuchDay()),
        ("Thu 25 Dec", NoSuchDay()),
        ("9999-12-31", NoSuchDay()),
        ("4/5 18:00", EitherDay()),
        ("Ju 3", Unreadable()),
    ],
)
def test_what_cannot_be_is_told_apart(text: str, means: object) -> None:
    """A day that no calendar has, a time that no clock shows, a day that may be either of two."""
    assert read(text) == means


@pytest.mark.parametrize(
    ("language", "text", "means"),
    [
        ("es", "24 de diciembre a las 18:00", "2026-12-24 18:00"),
        ("es", "viernes 6 p. m.", "2026-12-04 18:00"),
        ("es", "marzo 3", "2027-03-03 23:59"),
        ("es", "martes 8", "2026-12-08 08:00"),
        ("es", "mañana 8:00", "2026-12-02 08:00"),
        ("fr", "24 déc. 18h", "2026-12-24 18:00"),
        ("fr", "vendredi à 18 h", "2026-12-04 18:00"),
        ("fr", "le 1er février", "2027-02-01 23:59"),
        ("fr", "aujourd'hui 18h", "2026-12-01 18:00"),
        ("fr", "Friday 18:00", "2026-12-04 18:00"),
    ],
)
def test_other_languages_are_read(language: str, text: str, means: str) -> None:
    """By the names of days in them, and English."""
    assert read(text, language) == means


def test_a_clock_that_is_changed_is_told_of() -> None:
    """What it skips is moved on by the gap; of what it shows twice either can be meant."""
    skipped = read_moment("28.3.2027 2:30", Reading(THEN, BERLIN, 0), ENGLISH)
    assert isinstance(skipped, Moment)
    assert (skipped.skipped, f"{wall(skipped.at, BERLIN):%H:%M}") == (True, "03:30")
    first, second = (
        read_moment("31.10.2027 2:30", Reading(THEN, BERLIN, 0, last=last), ENGLISH)
        for last in (False, True)
    )
    assert isinstance(first, Moment)
    assert isinstance(second, Moment)
    assert first.twice
    assert second.at - first.at == HOUR_MS


@given(
    minutes=st.integers(0, 500 * 24 * 60),
    zone=st.sampled_from(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]),
    form=st.sampled_from(
        ["%Y-%m-%d %H:%M", "%d %b %Y %H:%M", "%B %d, %Y %I:%M %p", "%d.%m.%Y %H.%M"]
    ),
)
def test_what_a_clock_shows_is_read_back(minutes: int, zone: str, form: str) -> None:
    """Any instant, written as a clock there shows it, is that instant, or its like of that hour."""
    place = ZoneInfo(zone)
    at = NOW - NOW % 60_000 + minutes * 60_000
    found = read_moment(wall(at, place).strftime(form), Reading(NOW, place, 0), ENGLISH)
    assert isinstance(found, Moment)
    assert found.at in ({at, at - HOUR_MS} if found.twice else {at})


@given(st.text(alphabet="0123456789 :./-,DecFriToday pm", max_size=20))
def test_nothing_written_is_too_odd(text: str) -> None:
    """It is read, or it is not."""
    found = read_moment(text, Reading(THEN, BERLIN, 0), ENGLISH)
    assert not isinstance(found, Moment) or abs(
        timedelta(milliseconds=found.at - THEN)
    ) < timedelta(days=365 * 1100)
