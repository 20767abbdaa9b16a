"""Days and moments, as people name them."""

from datetime import date, datetime

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS
from bot.scheduling.timetable import Weekday


def weekday(day: Weekday, words: Words) -> str:
    """A day of the week, short."""
    names = (
        words.say("Mon"),
        words.say("Tue"),
        words.say("Wed"),
        words.say("Thu"),
        words.say("Fri"),
        words.say("Sat"),
        words.say("Sun"),
    )
    return names[day]


def whole_date(day: date, words: Words) -> str:
    """Day, month and year: "8 Dec 2026"."""
    return words.say(
        "{day} {month} {year}", day=day.day, month=month_name(day, words), year=day.year
    )


def short_date(day: date, words: Words) -> str:
    """Day and month: "8 Dec"."""
    return words.say("{day} {month}", day=day.day, month=month_name(day, words))


def near_date(day: date, words: Words) -> str:
    """A day of about this month, wherever and whenever it is read: "Tue 8 Dec"."""
    name = weekday(Weekday(day.weekday()), words)
    return words.say(
        "{weekday} {day} {month}", weekday=name, day=day.day, month=month_name(day, words)
    )


def day_from(today: date, day: date, words: Words) -> str:
    """A day as it is called today, in a message that is read at once."""
    match (day - today).days:
        case 0:
            return words.say("today")
        case 1:
            return words.say("tomorrow")
        case -1:
            return words.say("yesterday")
    if day.year != today.year:
        return f"{weekday(Weekday(day.weekday()), words)} {whole_date(day, words)}"
    return near_date(day, words)


def moment_from(now: datetime, at: datetime, words: Words) -> str:
    """A moment as it is called now, both as one clock shows them: "tomorrow, 07:30"."""
    return f"{day_from(now.date(), at.date(), words)}, {at:%H:%M}"


def ago(span_ms: int, words: Words) -> str:
    """How long ago something was, in milliseconds, as roughly as people say it: "5 weeks ago"."""
    days = max(0, round(span_ms / DAY_MS))
    if days < 14:
        return words.count("{n} day ago", "{n} days ago", days) if days else words.say("today")
    if days < 60:
        return words.count("{n} week ago", "{n} weeks ago", round(days / 7))
    if days < 700:
        return words.count("{n} month ago", "{n} months ago", round(days / 30.4))
    return words.count("{n} year ago", "{n} years ago", round(days / 365))


def month_name(day: date, words: Words) -> str:
    """The month of a day, short."""
    names = (
        words.say("Jan"),
        words.say("Feb"),
        words.say("Mar"),
        words.say("Apr"),
        words.say("May"),
        words.say("Jun"),
        words.say("Jul"),
        words.say("Aug"),
        words.say("Sep"),
        words.say("Oct"),
        words.say("Nov"),
        words.say("Dec"),
    )
    return names[day.month - 1]
