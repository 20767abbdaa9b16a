"""Reading a date and time as people write them: "2026-12-24 18:00", "24 Dec", "Friday 18:00"."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.scheduling.times import NoSuchTime, Unreadable, parse_time
from bot.scheduling.timetable import FIRST_DATE, LAST_DATE
from bot.scheduling.wall_time import exists, instant, wall

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.?(\d{4})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?")
_YEAR = re.compile(r"\d{4}")
_NOTHING = frozenset({"at", "on", "the", "of", "by", "le", "el", "de", "del"})
LONGEST = 64  # characters that a date may have
_SHORTEST = 3  # letters that tell a month or a weekday
_TIME_WORDS = 3  # "6 p. m."


class DateNames(Struct, frozen=True):
    """How a language calls days: months from January, weekdays from Monday, in full.

    People may write their first letters.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    today: str
    tomorrow: str


class Moment(Struct, frozen=True):
    """An instant, UTC milliseconds.

    ``skipped``: no clock shows what was written, since that night it is put forward, and it is
    taken as that much later. ``twice``: clocks show it twice.
    """

    at: int
    skipped: bool = False
    twice: bool = False


class NoSuchDay(Struct, frozen=True):
    """No calendar has that day: 30 February, or a Friday that is a Thursday."""


class EitherDay(Struct, frozen=True):
    """It may be one of two days: 4/5."""


Read = Moment | Unreadable | NoSuchTime | NoSuchDay | EitherDay
_Days = Sequence[date] | NoSuchDay | EitherDay | None


class Reading(Struct, frozen=True):
    """By which clocks a text is read, and when (UTC milliseconds).

    ``minute`` (after midnight) is meant where no time is written; ``last``: of a time that clocks
    show twice, the second is meant.
    """

    now: int
    zone: ZoneInfo
    minute: int
    last: bool = False


class _Frame(Struct, frozen=True):
    """What a text is read by: today's date, and the names of days."""

    today: date
    names: Sequence[DateNames]


def read_moment(text: str, reading: Reading, names: Sequence[DateNames]) -> Read:
    """What a text says: of what has no year, or no date, what comes next.

    What is written whole may be past.
    """
    frame = _Frame(wall(reading.now, reading.zone).date(), names)
    tokens = _tokens(text)
    found: Read = Unreadable()
    for days_in, time_in in _splits(tokens):
        time = parse_time(" ".join(time_in)) if time_in else reading.minute
        if isinstance(time, Unreadable):
            continue
        days = _days(days_in, frame)
        if days is None:
            continue
        if not isinstance(days, NoSuchDay | EitherDay) and isinstance(time, int):
            return _next(days, time, reading)
        if isinstance(found, Unreadable):
            found = days if isinstance(days, NoSuchDay | EitherDay) else NoSuchTime()
    return found


def _tokens(text: str) -> list[str]:
    written = _folded(text).replace(",", " ")
    written = re.sub(r"(?<=\d)t(?=\d)", " ", written)
    words = [word for word in written.split() if word not in _NOTHING]
    # "a las 18:00", "à 18 h": but not the "a" of "a. m.".
    return [
        word
        for word, after in zip(words, [*words[1:], ""], strict=False)
        if not (word in {"a", "las"} and (after[:1].isdigit() or after == "las"))
    ]


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'")
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _splits(tokens: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Which words may be the date, and which the time; the date alone first."""
    if tokens:
        yield tokens, []
    for count in range(1, min(_TIME_WORDS, len(tokens)) + 1):
        yield tokens[:-count], tokens[-count:]
        yield tokens[count:], tokens[:count]


def _days(tokens: list[str], frame: _Frame) -> _Days:
    """The days that may be meant, in their order; None where it is no date."""
    match tokens:
        case []:
            return [frame.today, frame.today + timedelta(days=1)]
        case [one]:
            return _one_word(one, frame)
    first, *rest = tokens
    if (days := _by_month(tokens, frame)) is not None:
        return days
    if (weekday := _weekday(first, frame)) is None:
        return None
    days = _days(rest, frame)
    if isinstance(days, Sequence):
        return [day for day in days if day.weekday() == weekday] or NoSuchDay()
    return days


def _one_word(word: str, frame: _Frame) -> _Days:
    if found := _ISO.fullmatch(word):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.fullmatch(word):
        return _in_year(int(found[2]), int(found[1]), found[3], frame)
    if found := _SLASHED.fullmatch(word):
        first, second = int(found[1]), int(found[2])
        if first <= 12 and second <= 12 and first != second:
            return EitherDay()
        month, day = (first, second) if second > 12 else (second, first)
        return _in_year(month, day, found[3], frame)
    if any(word == _folded(names.today) for names in frame.names):
        return [frame.today]
    if any(word == _folded(names.tomorrow) for names in frame.names):
        return [frame.today + timedelta(days=1)]
    weekday = _weekday(word, frame)
    if weekday is None:
        return None
    ahead = (weekday - frame.today.weekday()) % 7
    return [frame.today + timedelta(days=ahead + week) for week in (0, 7)]


def _by_month(tokens: list[str], frame: _Frame) -> _Days:
    """A month by its name, a day, and perhaps a year."""
    year = tokens[-1] if len(tokens) == 3 and _YEAR.fullmatch(tokens[-1]) else None
    rest = tokens[:-1] if year else tokens
    if len(rest) != 2:
        return None
    for day, month in (rest, rest[::-1]):
        number, place = _DAY.fullmatch(day), _named(month, [n.months for n in frame.names])
        if number and place is not None:
            return _in_year(place + 1, int(number[1]), year, frame)
    return None


def _in_year(month: int, day: int, year: str | None, frame: _Frame) -> _Days:
    if year is not None:
        return _date(int(year), month, day)
    found = [_date(frame.today.year + n, month, day) for n in (0, 1)]
    days = [one for each in found if isinstance(each, Sequence) for one in each]
    return days or NoSuchDay()


def _date(year: int, month: int, day: int) -> Sequence[date] | NoSuchDay:
    try:
        found = date(year, month, day)
    except ValueError:
        return NoSuchDay()
    return [found] if FIRST_DATE < found < LAST_DATE else NoSuchDay()


def _weekday(word: str, frame: _Frame) -> int | None:
    return _named(word, [names.weekdays for names in frame.names])


def _named(word: str, languages: Iterable[Sequence[str]]) -> int | None:
    """The place of the one name that begins so, if there is one."""
    word = word.strip(".")
    places = {
        place
        for names in languages
        for place, name in enumerate(map(_folded, names))
        if len(word) >= _SHORTEST and name.startswith(word)
    }
    return places.pop() if len(places) == 1 else None


def _next(days: Sequence[date], minute: int, reading: Reading) -> Moment | NoSuchDay:
    """The first of these days at this time that is to come, or else the last of them."""
    there = [day for day in days if exists(day, reading.zone)]
    moments = [_moment(day, minute, reading) for day in there]
    coming = [moment for moment in moments if moment.at > reading.now]
    return next(iter([*coming, *moments[-1:]]), NoSuchDay())


def _moment(day: date, minute: int, reading: Reading) -> Moment:
    zone = reading.zone
    first, second = instant(day, minute, zone), instant(day, minute, zone, fold=1)
    shown = wall(first, zone)
    skipped = (shown.date(), shown.hour * 60 + shown.minute) != (day, minute)
    return Moment(second if reading.last else first, skipped, first != second)
