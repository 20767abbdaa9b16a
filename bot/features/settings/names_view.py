"""What the choices in a chat's settings are called."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from bot.base.i18n import Words
from bot.features.shared.case_names import level_name, topic_name
from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.features.shared.dates import moment_from, near_date, weekday, whole_date
from bot.features.shared.texts import clock
from bot.scheduling.timetable import Timetable, Weekday
from bot.scheduling.wall_time import wall

_MINUTE_S, _HOUR_S, _DAY_S = 60, 60 * 60, 24 * 60 * 60  # seconds


def span(seconds: int, words: Words) -> str:
    """A length of time in its largest whole unit: 90 minutes, 6 hours, 30 days."""
    if seconds % _DAY_S == 0:
        return words.count("{n} day", "{n} days", seconds // _DAY_S)
    if seconds % _HOUR_S == 0:
        return words.count("{n} hour", "{n} hours", seconds // _HOUR_S)
    return words.count("{n} minute", "{n} minutes", seconds // _MINUTE_S)


def layout_name(layout: Layout, words: Words) -> str:
    """A layout, as a button has it."""
    match layout:
        case Layout.POLL:
            return words.say("Poll that shows who voted")
        case Layout.ANONYMOUS:
            return words.say("Anonymous poll")
        case Layout.BUTTONS:
            return words.say("Buttons, votes unseen")


def explanation_name(explanation: Explanation, words: Words) -> str:
    """When the explanation comes out, as a button has it."""
    match explanation:
        case Explanation.AT_CLOSE:
            return words.say("for all at the close")
        case Explanation.PRIVATE:
            return words.say("in private only")


def results_name(results: Results, words: Words) -> str:
    """Where results go, as a button has it."""
    match results:
        case Results.REPLY:
            return words.say("A reply to the question")
        case Results.EDIT:
            return words.say("Edited into the question")
        case Results.DISCUSSION:
            return words.say("The discussion group")


def topics_named(topics: Collection[str], words: Words) -> str:
    """The topics chosen; none means all."""
    return _named([topic_name(topic, words) for topic in sorted(topics)], words)


def levels_named(levels: Collection[str], words: Words) -> str:
    """The levels chosen; none means all."""
    return _named([level_name(level, words) for level in sorted(levels)], words)


def _named(names: list[str], words: Words) -> str:
    if not names:
        return words.say("all")
    return ", ".join(names) if len(names) <= 3 else str(len(names))


def timetable_line(timetable: Timetable | None, words: Words) -> str:
    """The days and the time of a schedule: "Mon, Thu at 07:30"."""
    if timetable is None:
        return words.say("none")
    if len(timetable.days) == len(Weekday):
        days = words.say("every day")
    else:
        days = ", ".join(weekday(day, words) for day in sorted(timetable.days))
    return words.say("{days} at {time}", days=days, time=clock(timetable.time))


def dates_line(timetable: Timetable, words: Words) -> str:
    """The first and the last date of a schedule; nothing where it has neither."""
    start = whole_date(timetable.start, words) if timetable.start else ""
    end = whole_date(timetable.end, words) if timetable.end else ""
    if start and end:
        return words.say("From {start} until {end}.", start=start, end=end)
    if start:
        return words.say("From {start} on.", start=start)
    return words.say("Until {end}.", end=end) if end else ""


def chat_time(now: int, settings: ChatSettings, words: Words) -> str:
    """What the chat's own clock and calendar show now (UTC milliseconds)."""
    shown = wall(now, ZoneInfo(settings.zone))
    return f"{near_date(shown.date(), words)}, {shown:%H:%M}"


def moment(at: int, now: int, settings: ChatSettings, words: Words) -> str:
    """An instant (UTC milliseconds) by the chat's own clock, as it is called now."""
    zone = ZoneInfo(settings.zone)
    return moment_from(wall(now, zone), wall(at, zone), words)
