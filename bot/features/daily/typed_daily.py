"""What a learner can ask of `/daily`, in words or by a button: both are read here."""

import re

from msgspec import Struct

from bot.scheduling.quiet import QuietHours
from bot.scheduling.times import NoSuchTime, parse_time
from bot.scheduling.timetable import EVERY_DAY, Weekday
from bot.scheduling.zone_names import Region

WEEKDAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}
_TIME_WORDS = 4  # "7 30 p m"
_BETWEEN = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_OFF = frozenset({"off", "stop", "no", "never", "none"})
_ON = frozenset({"on", "start", "go on", "resume"})


class Show(Struct, frozen=True):
    """How things stand."""


class Stop(Struct, frozen=True):
    """No daily case."""


class Resume(Struct, frozen=True):
    """The daily case again, as it was."""


class At(Struct, frozen=True):
    """At this time, in minutes after midnight, by the clocks of the place that ``zone`` names.

    None: as before.
    """

    minute: int | None
    zone: str | None


class AskZone(Struct, frozen=True):
    """Choose a time zone, of this part of the world; ``minute`` is the time wished for, if any."""

    region: Region | None
    minute: int | None


class On(Struct, frozen=True):
    """On these days of the week."""

    days: frozenset[Weekday]


class Quiet(Struct, frozen=True):
    """Nothing in these hours; None: at any time."""

    hours: QuietHours | None


class Unclear(Struct, frozen=True):
    """Nothing of the above."""


class NoClockShowsIt(Struct, frozen=True):
    """A time that does not exist."""


Wish = Show | Stop | Resume | At | AskZone | On | Quiet | Unclear | NoClockShowsIt


def read_wish(text: str) -> Wish:
    """The wish behind what was written after `/daily`, or sent by a button under its answer."""
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    match verb.casefold():
        case "":
            return Show()
        case "quiet":
            return _quiet(rest)
        case "zone":
            return At(None, rest) if rest else AskZone(None, None)
        case "region":
            return _region(rest)
        case "weekdays":
            return On(WEEKDAYS)
        case "everyday":
            return On(EVERY_DAY)
    whole = text.strip().casefold()
    if whole in _OFF:
        return Stop()
    return Resume() if whole in _ON else _time(text)


def _time(text: str) -> At | Unclear | NoClockShowsIt:
    """A time, and after it perhaps a zone. A name without a time is a zone."""
    said = text.split()
    impossible = False
    for count in range(min(_TIME_WORDS, len(said)), 0, -1):
        minute = parse_time(" ".join(said[:count]))
        if isinstance(minute, int):
            return At(minute, " ".join(said[count:]) or None)
        impossible |= isinstance(minute, NoSuchTime)
    if impossible:
        return NoClockShowsIt()
    return At(None, text.strip()) if said[0][0].isalpha() else Unclear()


def _quiet(text: str) -> Quiet | Unclear | NoClockShowsIt:
    if text.casefold() in _OFF:
        return Quiet(None)
    times = [parse_time(part) for part in _BETWEEN.split(text)]
    if any(isinstance(time, NoSuchTime) for time in times):
        return NoClockShowsIt()
    match times:
        case [int(start), int(end)] if start != end:
            return Quiet(QuietHours(start, end))
    return Unclear()


def _region(text: str) -> AskZone | Unclear:
    name, _, time = text.partition(" ")
    try:
        region = Region(name)
    except ValueError:
        return Unclear()
    minute = parse_time(time)
    return AskZone(region, minute if isinstance(minute, int) else None)
