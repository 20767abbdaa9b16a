"""Timetables against ``zoneinfo``: no local date missed, none doubled, over any zone and years.

What is expected here is worked out the other way round, from instants to what clocks show, so
that it shares no step with the code under test.
"""

import zoneinfo
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.scheduling.timetable import (
    EVERY_DAY,
    FIRST_DATE,
    LAST_DATE,
    Timetable,
    Weekday,
    due_after,
    due_between,
    upcoming,
)
from bot.scheduling.zones import known_zones

ODD_ZONES = {
    "half an hour": Timetable(EVERY_DAY, 135, "Australia/Lord_Howe"),
    "two hours": Timetable(EVERY_DAY, 150, "Antarctica/Troll"),
    "twice more around Ramadan": Timetable(EVERY_DAY, 150, "Africa/Casablanca"),
    "at midnight": Timetable(EVERY_DAY, 0, "America/Sao_Paulo"),
    "over midnight": Timetable(EVERY_DAY, 23 * 60 + 30, "America/Nuuk"),
    "a skipped day": Timetable(EVERY_DAY, 450, "Pacific/Apia"),
    "a skipped day across the date line": Timetable(EVERY_DAY, 450, "Pacific/Kwajalein"),
    "a skipped day on New Year's Eve": Timetable(EVERY_DAY, 0, "Pacific/Kiritimati"),
    "new offset, same zone": Timetable(EVERY_DAY, 30, "Asia/Pyongyang"),
}
timetables = st.builds(
    Timetable,
    st.frozensets(st.sampled_from(Weekday), min_size=1),
    st.integers(0, 1439) | st.sampled_from([0, 1, 30, 60, 90, 120, 150, 179, 180, 1410, 1439]),
    st.sampled_from(sorted(known_zones())),
)
years = st.integers(1990, 2036)
dates = st.none() | st.dates(FIRST_DATE, LAST_DATE)


@pytest.fixture(params=["system", "tzdata"])
def zone_files(request: pytest.FixtureRequest) -> Iterator[None]:
    """The zone database of the system, then that of the package, whose files are made otherwise.

    A system's often list every change up to 2037, the package's end where a yearly rule begins.
    """
    paths = zoneinfo.TZPATH
    if request.param == "tzdata":
        zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=paths)
    ZoneInfo.clear_cache()


def milliseconds(moment: datetime) -> int:
    """The UTC milliseconds of a moment."""
    return round(moment.timestamp() * 1000)


def shown(at: datetime, zone: ZoneInfo) -> datetime:
    """The bare reading of a clock in the zone."""
    return at.astimezone(zone).replace(tzinfo=None)


def expected_due(day: date, minute: int, zone: ZoneInfo) -> datetime | None:
    """When a case is due on a date: the first instant whose clock shows the time.

    Where no clock ever does, the search halves its way to the instant that skips it, and moves the
    time by as much as is skipped there. None: no clock ever showed the date.
    """
    wanted = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    as_utc = wanted.replace(tzinfo=UTC)
    early, late = as_utc - timedelta(hours=27), as_utc + timedelta(hours=27)
    offsets = {at.astimezone(zone).utcoffset() for at in (early, as_utc, late)}
    showing = [
        as_utc - offset for offset in offsets if offset and shown(as_utc - offset, zone) == wanted
    ]
    if timedelta() in offsets and shown(as_utc, zone) == wanted:
        showing.append(as_utc)
    if showing:
        return min(showing)
    halves = [as_utc + timedelta(minutes=30 * step) for step in range(-60, 100)]
    if not any(shown(at, zone).date() == day for at in halves):
        return None
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) / 2
        middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
        early, late = (middle, late) if shown(middle, zone) < wanted else (early, middle)
    skipped = shown(late, zone) - shown(early, zone) - (late - early)
    due = early + (wanted - shown(early, zone))
    assert wanted + skipped == shown(due, zone)
    return due


def expected_dues(timetable: Timetable, first: date, last: date) -> list[int]:
    """The due instants of the dates from first to last, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    dues = (
        expected_due(day, timetable.time, ZoneInfo(timetable.zone))
        for day in days
        if day.weekday() in timetable.days
    )
    return [milliseconds(due) for due in dues if due is not None]


def within(timetable: Timetable, first: date, last: date) -> Timetable:
    """The timetable from one date to another."""
    return Timetable(timetable.days, timetable.time, timetable.zone, first, last)


def span(first: date, last: date) -> tuple[int, int]:
    """Instants well before the first date and after the last, in any zone."""
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=3)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=3)
    return milliseconds(begin), milliseconds(end)


def two_years(year: int) -> tuple[date, date]:
    """The first and last date of a year and its successor."""
    return date(year, 1, 1), date(year + 1, 12, 31)


def hold(timetable: Timetable, year: int) -> None:
    """Each date of the two years has its one due instant; none is missed, none doubled."""
    first, last = two_years(year)
    dues = due_between(within(timetable, first, last), *span(first, last))
    assert expected_dues(timetable, first, last) == dues
    assert sorted(set(dues)) == dues


@settings(max_examples=120)
@given(timetables, years)
def test_no_local_time_is_missed_and_none_doubled(timetable: Timetable, year: int) -> None:
    """Over any zone and any two years each chosen date has one due instant, in their order."""
    hold(timetable, year)


@pytest.mark.parametrize("timetable", ODD_ZONES.values(), ids=ODD_ZONES.keys())
@pytest.mark.parametrize("year", [1993, 2011, 2015, 2018, 2023])
@pytest.mark.usefixtures("zone_files")
def test_odd_changes_miss_and_double_nothing(timetable: Timetable, year: int) -> None:
    """Nor do changes by half an hour, by two hours, at midnight, over it, or by a whole day."""
    hold(timetable, year)


@given(timetables, years, st.lists(st.integers(0, 2 * 366 * 86_400_000), max_size=20))
@example(ODD_ZONES["over midnight"], 2024, [])
@example(ODD_ZONES["a skipped day"], 2011, [])
def test_the_next_due_instant_is_the_first_later_one(
    timetable: Timetable, year: int, offsets: list[int]
) -> None:
    """From any instant, due or not, the next one agrees with the whole list; so does a part."""
    first, last = two_years(year)
    limited = within(timetable, first, last)
    begin, end = span(first, last)
    dues = due_between(limited, begin, end)
    some = dues[::97]
    instants = sorted(
        {begin + offset for offset in offsets}
        | {due + step for due in some for step in (-1, 0, 1)}
        | {begin, end}
    )
    for after in instants:
        later = dues[bisect_right(dues, after) :]
        assert (later[0] if later else None) == due_after(limited, after)
        assert later[:5] == upcoming(limited, after)
    for after, upto in pairwise(instants):
        part = dues[bisect_right(dues, after) : bisect_right(dues, upto)]
        assert part == due_between(limited, after, upto)


@given(timetables, years)
def test_start_and_end_only_take_away(timetable: Timetable, year: int) -> None:
    """First and last date change no due instant within them."""
    first, last = two_years(year)
    begin, end = span(first, last)
    free = due_between(timetable, begin, end)
    limited = due_between(within(timetable, first, last), begin, end)
    place = bisect_left(free, limited[0])
    assert limited == free[place : place + len(limited)]


@pytest.mark.parametrize(
    ("zone", "minute", "day", "due"),
    [
        ("Europe/Berlin", 150, "2026-03-28", "2026-03-28T02:30+01:00"),
        ("Europe/Berlin", 150, "2026-03-29", "2026-03-29T03:30+02:00"),
        ("Europe/Berlin", 150, "2026-10-25", "2026-10-25T02:30+02:00"),
        ("Europe/Berlin", 150, "2026-10-26", "2026-10-26T02:30+01:00"),
        ("America/New_York", 150, "2007-03-11", "2007-03-11T03:30-04:00"),
        ("America/New_York", 90, "2007-11-04", "2007-11-04T01:30-04:00"),
        ("Australia/Lord_Howe", 135, "2025-10-05", "2025-10-05T02:45+11:00"),
        ("America/Nuuk", 1410, "2023-10-28", "2023-10-28T23:30-02:00"),
        ("America/Nuuk", 1410, "2024-03-30", "2024-03-31T00:30-01:00"),
        ("Pacific/Apia", 450, "2011-12-29", "2011-12-29T07:30-10:00"),
        ("Pacific/Apia", 450, "2011-12-31", "2011-12-31T07:30+14:00"),
    ],
)
@pytest.mark.usefixtures("zone_files")
def test_changed_clocks(zone: str, minute: int, day: str, due: str) -> None:
    """A skipped time moves by the gap, a doubled one counts first (the examples of RFC 5545)."""
    date_ = date.fromisoformat(day)
    timetable = Timetable(EVERY_DAY, minute, zone, date_, date_)
    assert [milliseconds(datetime.fromisoformat(due))] == due_between(
        timetable, *span(date_, date_)
    )


def test_a_date_that_never_was_has_no_case() -> None:
    """Samoa skipped Friday, 30 December 2011: a case for Fridays goes from the 23rd to the 6th."""
    fridays = Timetable(frozenset({Weekday.FRIDAY}), 450, "Pacific/Apia")
    before = milliseconds(datetime(2011, 12, 20, tzinfo=UTC))
    zone = ZoneInfo("Pacific/Apia")
    dues = upcoming(fridays, before, 2)
    dates = [datetime.fromtimestamp(due / 1000, zone).date().isoformat() for due in dues]
    assert dates == ["2011-12-23", "2012-01-06"]


def test_an_ended_timetable_has_nothing_more() -> None:
    """After the last date nothing is due."""
    timetable = Timetable(EVERY_DAY, 450, "Europe/Berlin", end=date(2026, 3, 1))
    after = milliseconds(datetime(2026, 3, 1, 6, 30, tzinfo=UTC))
    assert after == due_after(timetable, after - 1)
    assert due_after(timetable, after) is None
    assert upcoming(timetable, after) == []


def test_the_last_date_is_an_end() -> None:
    """A start on the last date that is taken has its one case."""
    assert len(upcoming(Timetable(EVERY_DAY, 1439, "Etc/GMT+12", start=LAST_DATE), 0)) == 1


def test_a_time_moved_over_midnight_is_still_to_come_then() -> None:
    """In Nuuk 23:30 moves to 00:30 of the next date, where a look at 00:10 must find it."""
    timetable = Timetable(frozenset({Weekday.SATURDAY}), 23 * 60 + 30, "America/Nuuk")
    at = milliseconds(datetime.fromisoformat("2024-03-31T00:10-01:00"))
    assert at + 20 * 60_000 == due_after(timetable, at)


@given(timetables, dates, dates)
def test_a_timetable_survives_json(
    timetable: Timetable, one: date | None, two: date | None
) -> None:
    """What is written is read back, and equal timetables give one text."""
    if one and two:
        one, two = sorted((one, two))
    whole = Timetable(timetable.days, timetable.time, timetable.zone, one, two)
    again = Timetable.from_json(whole.to_json())
    assert whole == again
    assert whole.to_json() == again.to_json()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((frozenset(), 450, "UTC"), "at least one day"),
        ((frozenset({7}), 450, "UTC"), "0 \\(Monday\\) to 6"),
        ((EVERY_DAY, 1440, "UTC"), "0 to 1439"),
        ((EVERY_DAY, -1, "UTC"), "0 to 1439"),
        ((EVERY_DAY, 450, "Europe/Atlantis"), "no time zone 'Europe/Atlantis'"),
        ((EVERY_DAY, 450, "../zoneinfo/UTC"), "no time zone"),
        ((EVERY_DAY, 450, "Europe"), "no time zone"),
        ((EVERY_DAY, 450, "UTC", date(2026, 2, 2), date(2026, 2, 1)), "before it starts"),
        ((EVERY_DAY, 450, "UTC", date(26, 2, 2)), "0026-02-02 is not in the years"),
        ((EVERY_DAY, 450, "UTC", None, date.max), "9999-12-31 is not in the years"),
    ],
)
def test_a_timetable_that_cannot_be_kept_is_refused(
    arguments: tuple[Any, ...], sentence: str
) -> None:
    """An impossible timetable cannot be made; the error says what is wrong with it."""
    with pytest.raises(ValueError, match=sentence):
        Timetable(*arguments)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("", "not a timetable: Input data was truncated"),
        ("[]", "not a timetable"),
        ('{"days": [0], "zone": "UTC"}', "missing required field `time`"),
        ('{"days": [0], "time": "7:30", "zone": "UTC"}', r"\$\.time"),
        ('{"days": [7], "time": 450, "zone": "UTC"}', r"\$\.days\[0\]"),
        ('{"days": [], "time": 450, "zone": "UTC"}', "timetable: a timetable needs"),
        ('{"days": [0], "time": 450, "zone": "Atlantis"}', "no time zone 'Atlantis'"),
        ('{"days": [0], "time": 450, "zone": "UTC", "end": "soon"}', r"\$\.end"),
    ],
)
def test_json_that_is_no_timetable_is_refused(document: str, sentence: str) -> None:
    """Whatever else stands there gives one sentence that names the place."""
    with pytest.raises(ValueError, match=sentence) as caught:
        Timetable.from_json(document)
    assert "\n" not in str(caught.value)
