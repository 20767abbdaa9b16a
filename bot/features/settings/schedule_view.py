"""The pages of a settings message about when cases come."""

from bot.base.i18n import Words
from bot.features.settings.button_data import Field, Page
from bot.features.settings.choices import MOST_SKIPPED
from bot.features.settings.names_view import chat_time, dates_line, timetable_line
from bot.features.settings.settings_view import (
    PageContent,
    SettingsMessage,
    SettingsShown,
    next_line,
)
from bot.features.shared.dates import weekday
from bot.features.shared.messages import Button, in_rows
from bot.features.shared.texts import clock
from bot.scheduling.timetable import Timetable, Weekday
from bot.scheduling.zones import label
from content.markup import Paragraph, Run, parse, plain

_MINUTES = range(0, 60, 5)


def schedule_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """Days, time, and all that can be done about them."""
    settings, buttons = shown.settings, where.buttons
    timetable = settings.timetable
    rows: list[list[Button]] = _days(timetable, where, words)
    if timetable is not None:
        hour = words.say("Hour: {hour}", hour=f"{timetable.time // 60:02}")
        minute = words.say("Minute: {minute}", minute=f"{timetable.time % 60:02}")
        rows.append([buttons.go(hour, Page.HOUR), buttons.go(minute, Page.MINUTE)])
        pause = words.say("Go on") if settings.paused else words.say("Pause")
        rows.append(
            [
                buttons.set(pause, Field.PAUSED, int(not settings.paused)),
                *_skip(shown, where, words),
            ]
        )
    rows.append(
        [
            buttons.go(words.say("Coming cases"), Page.QUEUE),
            buttons.go(words.say("Post a case now"), Page.POST),
        ]
    )
    rows.append([buttons.go(words.say("← Back"), Page.MAIN)])
    return _text(shown, where, words), rows


def _days(timetable: Timetable | None, where: SettingsMessage, words: Words) -> list[list[Button]]:
    chosen = timetable.days if timetable else frozenset()
    days = [
        where.buttons.set(
            f"✓ {weekday(day, words)}" if day in chosen else weekday(day, words),
            Field.DAY,
            f"{day.value}:{int(day not in chosen)}",
        )
        for day in Weekday
    ]
    presets = [
        where.buttons.set(words.say("Every day"), Field.DAYS, "all"),
        where.buttons.set(words.say("Monday to Friday"), Field.DAYS, "work"),
    ]
    if timetable is not None:
        presets.append(where.buttons.set(words.say("No schedule"), Field.DAYS, "none"))
    return [*in_rows(days, 4), presets]


def _skip(shown: SettingsShown, where: SettingsMessage, words: Words) -> list[Button]:
    number = shown.settings.skipped
    skip = []
    if shown.due and number < MOST_SKIPPED and not shown.settings.paused:
        skip.append(where.buttons.set(words.say("Skip the next"), Field.SKIP, number + 1))
    if number:
        skip.append(where.buttons.set(words.say("Skip none"), Field.SKIP, 0))
    return skip


def _text(shown: SettingsShown, where: SettingsMessage, words: Words) -> list[Paragraph]:
    settings = shown.settings
    plan = timetable_line(settings.timetable, words)
    place = label(settings.zone)
    now = chat_time(shown.now, settings, words)
    lines: list[Paragraph] = [
        (Run(words.say("Schedule"), bold=True), plain(f" · {plan} · {words.isolated(place)}")),
        (plain(words.say("It is {now} in {place} now.", now=now, place=place)),),
    ]
    if settings.timetable is not None:
        lines.append(
            (plain(f"{dates_line(settings.timetable, words)} {next_line(shown, words)}".strip()),)
        )
    if settings.skipped:
        skipped = words.count(
            "{n} date is skipped before that.",
            "{n} dates are skipped before that.",
            settings.skipped,
        )
        lines.append((plain(skipped),))
    examples = ("time 07:45", "from 2026-12-01", "until 2027-06-30", "until off")
    runs = (run for each in examples for run in (plain("\n"), where.to_write(each)))
    lines.append((plain(words.say("Or write:")), *runs))
    return lines


def hour_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """The hour of the time, 0 to 23; its minute stays."""
    minute = _time(shown) % 60
    times = [hour * 60 + minute for hour in range(24)]
    return _times(words.say("**Which hour?**"), times, shown, where, words)


def minute_page(shown: SettingsShown, where: SettingsMessage, words: Words) -> PageContent:
    """The minute of the time, in steps of five; its hour stays."""
    hour = _time(shown) // 60
    times = [hour * 60 + minute for minute in _MINUTES]
    return _times(words.say("**Which minute?**"), times, shown, where, words)


def _times(
    sentence: str, times: list[int], shown: SettingsShown, where: SettingsMessage, words: Words
) -> PageContent:
    buttons = [
        where.buttons.set(
            f"✓ {clock(time)}" if time == _time(shown) else clock(time), Field.TIME, time
        )
        for time in times
    ]
    return list(parse(sentence)), [*in_rows(buttons, 4), _to_schedule(where, words)]


def _time(shown: SettingsShown) -> int:
    return shown.settings.timetable.time if shown.settings.timetable else 0


def _to_schedule(where: SettingsMessage, words: Words) -> list[Button]:
    return [where.buttons.go(words.say("← Back"), Page.SCHEDULE)]
