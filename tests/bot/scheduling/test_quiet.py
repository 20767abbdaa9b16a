"""Quiet hours: what falls into them waits for their end."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.scheduling.quiet import QuietHours, outside_quiet
from bot.scheduling.zones import known_zones

NIGHT = QuietHours(22 * 60, 7 * 60)
minutes = st.integers(0, 1439)


def at(text: str) -> int:
    """The UTC milliseconds of an ISO time."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def minute_shown(at_ms: int, zone: str) -> int:
    """The minute of the day on a clock in the zone."""
    shown = datetime.fromtimestamp(at_ms // 1000, ZoneInfo(zone))
    return shown.hour * 60 + shown.minute


@pytest.mark.parametrize(
    ("quiet", "due", "sent"),
    [
        (NIGHT, "2026-01-10T21:59:59+01:00", "2026-01-10T21:59:59+01:00"),
        (NIGHT, "2026-01-10T22:00+01:00", "2026-01-11T07:00+01:00"),
        (NIGHT, "2026-01-10T06:59:59+01:00", "2026-01-10T07:00+01:00"),
        (NIGHT, "2026-01-10T07:00+01:00", "2026-01-10T07:00+01:00"),
        (QuietHours(780, 900), "2026-01-10T13:30+01:00", "2026-01-10T15:00+01:00"),
        (QuietHours(780, 900), "2026-01-10T12:59+01:00", "2026-01-10T12:59+01:00"),
        # Clocks go forward: the night is an hour shorter, and an end that is skipped moves.
        (NIGHT, "2026-03-28T23:00+01:00", "2026-03-29T07:00+02:00"),
        (QuietHours(0, 150), "2026-03-29T01:00+01:00", "2026-03-29T03:30+02:00"),
        # Clocks go back: quiet at 02:10 is quiet both times.
        (NIGHT, "2026-10-24T23:00+02:00", "2026-10-25T07:00+01:00"),
        (QuietHours(0, 150), "2026-10-25T02:10+02:00", "2026-10-25T02:30+02:00"),
        (QuietHours(0, 150), "2026-10-25T02:10+01:00", "2026-10-25T02:30+01:00"),
    ],
)
def test_quiet_hours_are_waited_out(quiet: QuietHours, due: str, sent: str) -> None:
    """What falls into them is sent when they end, in Berlin, in winter and summer."""
    assert at(sent) == outside_quiet(at(due), quiet, "Europe/Berlin")


def test_without_quiet_hours_all_is_sent_when_due() -> None:
    """None means at any hour."""
    assert outside_quiet(12345, None, "Europe/Berlin") == 12345


@settings(max_examples=300)
@given(
    st.integers(at("1990-01-01T00:00+00:00"), at("2037-12-31T00:00+00:00")),
    minutes,
    minutes,
    st.sampled_from(sorted(known_zones())),
)
@example(at("2026-03-29T00:30+01:00"), 180, 150, "Europe/Berlin")
@example(at("2024-10-26T23:30-02:00"), 1320, 1430, "America/Nuuk")
@example(at("2011-12-29T23:00-10:00"), 1320, 420, "Pacific/Apia")
def test_nothing_is_sent_in_quiet_hours(due_ms: int, start: int, end: int, zone: str) -> None:
    """In any zone, at any instant: never earlier than due, never in quiet hours, soon after."""
    assume(start != end)
    quiet = QuietHours(start, end)
    sent_ms = outside_quiet(due_ms, quiet, zone)
    assert minute_shown(sent_ms, zone) not in quiet
    if minute_shown(due_ms, zone) not in quiet:
        assert due_ms == sent_ms
    else:
        # A night is at most a day long; a change of clocks in it may cost as much again.
        assert due_ms < sent_ms <= due_ms + 2 * 86_400_000


@pytest.mark.parametrize(("start", "end"), [(420, 420), (-1, 420), (420, 1440)])
def test_impossible_quiet_hours_are_refused(start: int, end: int) -> None:
    """They have a start, another end, and both are times of day."""
    with pytest.raises(ValueError, match="quiet hours"):
        QuietHours(start, end)
