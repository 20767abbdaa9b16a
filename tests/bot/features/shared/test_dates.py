"""Days and moments, as people name them."""

from datetime import UTC, date, datetime

import pytest

from bot.base.i18n import Languages
from bot.features.shared.dates import day_from, moment_from, near_date, whole_date

LANGUAGES = Languages.load()
ENGLISH, SPANISH = LANGUAGES.words["en"], LANGUAGES.words["es"]


@pytest.mark.parametrize(
    ("today", "day", "english", "spanish"),
    [
        (date(2026, 12, 8), date(2026, 12, 8), "today", "hoy"),
        (date(2026, 12, 8), date(2026, 12, 9), "tomorrow", "mañana"),
        (date(2026, 12, 8), date(2026, 12, 7), "yesterday", "ayer"),
        (date(2026, 12, 31), date(2027, 1, 1), "tomorrow", "mañana"),
        (date(2026, 12, 8), date(2026, 12, 10), "Thu 10 Dec", "jue 10 dic"),
        (date(2026, 12, 8), date(2026, 12, 6), "Sun 6 Dec", "dom 6 dic"),
        (date(2026, 12, 8), date(2027, 1, 5), "Tue 5 Jan 2027", "mar 5 ene 2027"),
    ],
)
def test_a_day_is_called_as_it_is_today(today: date, day: date, english: str, spanish: str) -> None:
    """By the word for it, else by its date, with the year where that is another one."""
    assert day_from(today, day, ENGLISH) == english
    assert day_from(today, day, SPANISH) == spanish


def test_a_moment_has_its_time() -> None:
    """On a clock of 24 hours."""
    now = datetime(2026, 12, 8, 23, 59, tzinfo=UTC)
    assert moment_from(now, datetime(2026, 12, 9, 7, 5, tzinfo=UTC), ENGLISH) == "tomorrow, 07:05"


def test_what_is_read_later_is_called_by_its_date() -> None:
    """Whatever the day is then."""
    assert near_date(date(2026, 12, 8), ENGLISH) == "Tue 8 Dec"
    assert whole_date(date(2026, 3, 1), SPANISH) == "1 mar 2026"
