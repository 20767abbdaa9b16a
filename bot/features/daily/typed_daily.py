"""What a learner can ask of `/daily`, in words or by a button: both are read here."""

import re

from msgspec import Struct

from bot.scheduling.quiet import QuietHours
from bot.scheduling.times import NoSuchTime, parse_time
from bot.scheduling.timetable import EVERY_DAY, Weekday
from bot.scheduling.zone_names import Region

WEEKDAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}
THREE_DAYS = frozenset({Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY})
ONE_DAY = frozenset({Weekday.MONDAY})
_TIME_WORDS = 4  # "7 30 p m"
_DAYS = re.compile(
    r"\b(?:(?P<week>week ?days?|work(?:ing)? ?days?|mon(?:day)? ?(?:-|–|to) ?fri(?:day)?)"
    r"|every ?day|each day)\b",
    re.IGNORECASE,
)
_AROUND = frozenset({"at", "in", "on", "@"})  # a time or a place, and mean nothing of their own
_BETWEEN = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_OFF = frozenset({"off", "stop", "no", "never", "none"})
_ANY_TOPIC = frozenset({"all topics", "any topic"})
_NOT_TODAY = frozenset({"not today", "skip", "tomorrow"})
_FEWER = frozenset({"fewer", "less", "less often"})
_ON = frozenset({"on", "start", "go on", "resume"})


class Show(Struct, frozen=True):
    """How things stand."""


class StopDaily(Struct, frozen=True):
    """No daily case."""


class Resume(Struct, frozen=True):
    """The daily case again, as it was."""


class NotToday(Struct, frozen=True):
    """Today's item is left, and counts as no silence."""


class Fewer(Struct, frozen=True):
    """On fewer days."""


class At(Struct, frozen=True):
    """At this time, in minutes after midnight, on these days, of this topic or by these clocks.

    ``name`` may be a topic's, or a place's. None: as before.
    """

    minute: int | None
    name: str | None
    days: frozenset[Weekday] | None = None


class AskTime(Struct, frozen=True):
    """Write a time; what else is wished for stands in ``known`` as a person would write it."""

    known: str


class AskZone(Struct, frozen=True):
    """Choose a time zone, of this part of the world; time and days are wished for already."""

    region: Region | None
    minute: int | None
    days: frozenset[Weekday] | None = None


class AskQuiet(Struct, frozen=True):
    """Choose the quiet hours."""


class AnyTopic(Struct, frozen=True):
    """Of all topics again."""


class Quiet(Struct, frozen=True):
    """Nothing in these hours; None: at any time."""

    hours: QuietHours | None


class Unclear(Struct, frozen=True):
    """Nothing of the above."""


class NoClockShowsIt(Struct, frozen=True):
    """A time that does not exist."""


Asking = AskTime | AskZone | AskQuiet
Changing = StopDaily | Resume | Fewer | At | AnyTopic | Quiet
Wish = Show | NotToday | Changing | Asking | Unclear | NoClockShowsIt


def read_wish(text: str) -> Wish:
    """The wish behind what was written after `/daily`, or sent by a button under its answer."""
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    match verb.casefold():
        case "":
            return Show()
        case "quiet":
            return _quiet(rest) if rest else AskQuiet()
        case "zone":
            return At(None, rest) if rest else AskZone(None, None)
        case "region":
            return _region(rest)
        case "time":
            return AskTime(rest)
    whole = text.strip().casefold()
    if whole in _OFF:
        return StopDaily()
    if whole in _NOT_TODAY:
        return NotToday()
    if whole in _FEWER:
        return Fewer()
    if whole in _ANY_TOPIC:
        return AnyTopic()
    return Resume() if whole in _ON else _plan(text)


def spoken(minute: int | None, days: frozenset[Weekday] | None) -> str:
    """Time and days as a person would write them after `/daily`."""
    named = {None: "", WEEKDAYS: "weekdays"}.get(days, "everyday")
    time = "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"
    return " ".join(filter(None, (named, time)))


def _plan(text: str) -> At | Unclear | NoClockShowsIt:
    """A time, days and a name, in whatever order; each alone will do."""
    days = None
    if found := _DAYS.search(text):
        days = WEEKDAYS if found["week"] else EVERY_DAY
        text = f"{text[: found.start()]} {text[found.end() :]}"
    said = _bare([word.strip(",;") for word in text.split()])
    impossible = False
    for count in range(min(_TIME_WORDS, len(said)), 0, -1):
        for time, rest in ((said[:count], said[count:]), (said[-count:], said[:-count])):
            minute = parse_time(" ".join(time))
            if isinstance(minute, int):
                return At(minute, " ".join(_bare(rest)) or None, days)
            impossible |= isinstance(minute, NoSuchTime)
    if impossible:
        return NoClockShowsIt()
    if said and not said[0][0].isalpha():
        return Unclear()
    return At(None, " ".join(said) or None, days) if said or days else Unclear()


def _bare(words: list[str]) -> list[str]:
    """The same without what stands around a time or a place."""
    words = [word for word in words if word]
    while words and words[0].casefold() in _AROUND:
        words = words[1:]
    while words and words[-1].casefold() in _AROUND:
        words = words[:-1]
    return words


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
    match _plan(time):
        case At(minute, None, days):
            return AskZone(region, minute, days)
    return AskZone(region, None)
