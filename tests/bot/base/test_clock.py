"""The one clock."""

import time
from datetime import date

import pytest

from bot.base.clock import SYSTEM_CLOCK, Clock


def test_the_system_s_clock_is_the_system_s() -> None:
    """Unless told otherwise, time is what the system says, in milliseconds."""
    before = time.time() * 1000
    now = SYSTEM_CLOCK.now()
    assert before - 1 <= now <= time.time() * 1000 + 1


def test_a_clock_starts_elsewhere_and_runs_faster() -> None:
    """At the real epoch it shows the start; ten real seconds later, sixty times as much."""
    epoch = time.time() - 10
    clock = Clock.parse(f"2026-03-01T06:00:00x60@{epoch}")
    assert clock.now() == pytest.approx((1772344800 + 600) * 1000, abs=6000)
    assert clock.real(120) == 2


def test_the_latest_day_is_that_of_the_first_zone() -> None:
    """A reviewer may live where it is tomorrow already."""
    epoch = time.time()
    for start, day in (("09:50", 1), ("10:10", 2)):
        clock = Clock.parse(f"2026-03-01T{start}:00x1@{epoch}")
        assert clock.latest_day() == date(2026, 3, day)


@pytest.mark.parametrize(
    "spec", ["", "yesterday", "2026-03-01x@5", "2026-03-01T06:00:00x0@5", "2026-03-01x-2@5"]
)
def test_a_wrong_clock_is_explained(spec: str) -> None:
    """The error names the setting and shows the form."""
    with pytest.raises(ValueError, match="MORNING_REPORT_CLOCK"):
        Clock.parse(spec)
