"""What `/daily` says, and the buttons under it.

A button sends back `daily:` and then what a person could have written after `/daily`.
"""

from collections.abc import Iterable

from bot.base.i18n import Words
from bot.features.shared.dates import moment_from
from bot.features.shared.messages import Button, Keyboard, in_rows, message, press
from bot.features.shared.texts import clock
from bot.features.shared.zone_buttons import region_buttons, zone_buttons
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import QuietHours
from bot.scheduling.timetable import EVERY_DAY
from bot.scheduling.wall_time import wall
from bot.scheduling.zone_names import COMMON_ZONES, Region
from bot.scheduling.zones import label, zone_named
from storage.outcome import OwedCall

DAILY = "daily:"
_TIMES = (6 * 60, 7 * 60, 7 * 60 + 30, 8 * 60, 12 * 60, 17 * 60, 19 * 60, 21 * 60)


def offer(chat_id: int, words: Words, zone: str | None = None) -> OwedCall:
    """Nothing is set up yet: what there is, and times to choose from."""
    sentence = words.say(
        "**A case a day, at your time.** Choose one, or write it, for example: /daily 07:30"
    )
    place = f" {zone}" if zone else ""
    buttons = [press(clock(minute), f"{DAILY}{clock(minute)}{place}") for minute in _TIMES]
    return message(chat_id, sentence, in_rows(buttons, 4))


def running(chat_id: int, plan: DailyPlan, next_due: int, now: int, words: Words) -> OwedCall:
    """The plan, when the next case comes, and how to change that."""
    zone = zone_named(plan.zone)
    due = moment_from(wall(now, zone), wall(next_due, zone), words)
    sentences = [
        words.say("**Your daily case:** {plan}.", plan=_plan(plan, words)),
        words.say("The next one: {due}.", due=due),
        _quiet(plan.quiet, words),
        words.say(
            "Another time: /daily 19:30. Quiet hours: /daily quiet 22-7. No more of it: /daily off."
        ),
    ]
    if plan.timetable.days == EVERY_DAY:
        days = press(words.say("Monday to Friday"), f"{DAILY}weekdays")
    else:
        days = press(words.say("Every day"), f"{DAILY}everyday")
    keyboard = ((days, _another_zone(words)), (_stop(words),))
    return message(chat_id, "\n\n".join(filter(None, sentences)), keyboard)


def resting(chat_id: int, plan: DailyPlan, words: Words) -> OwedCall:
    """It was set up once."""
    sentence = words.say("**Your daily case rests.** Before: {plan}.", plan=_plan(plan, words))
    return message(chat_id, sentence, ((_go_on(words),),))


def never_on(chat_id: int, words: Words) -> OwedCall:
    """A wish to stop what never began."""
    return message(chat_id, words.say("You have no daily case; /daily sets one up."))


def gone_silent(chat_id: int, cases: int, words: Words) -> OwedCall:
    """So many cases went unanswered that the next is not sent."""
    sentence = words.say(
        "Your daily case rests now: {n} in a row went unanswered. No harm done; it comes again"
        " whenever you like.",
        n=cases,
    )
    return message(chat_id, sentence, ((_go_on(words),),))


def nothing_left(chat_id: int, words: Words) -> OwedCall:
    """There is no case to send for now."""
    sentence = words.say(
        "You have answered every case right, so there is none for you today. Your daily case goes"
        " on by itself once there are new ones."
    )
    return message(chat_id, sentence, ((_stop(words),),))


def which_region(chat_id: int, minute: int | None, words: Words) -> OwedCall:
    """Where the person is decides what their clock shows."""
    example = clock(7 * 60 + 30 if minute is None else minute)
    sentence = words.say(
        "**Where are you?** Choose, or write your city, for example: /daily {time} Lima",
        time=example,
    )
    time = "" if minute is None else f" {clock(minute)}"
    return message(
        chat_id,
        sentence,
        region_buttons(lambda region: f"{DAILY}region {region.value}{time}", words),
    )


def which_city(chat_id: int, region: Region, minute: int | None, words: Words) -> OwedCall:
    """The zones most people want, of one part of the world."""
    sentence = words.say(
        "**Whose time?** If your city is not here, write it, for example: /daily zone Lima"
    )
    return message(chat_id, sentence, _zones(COMMON_ZONES[region], minute, words))


def several_zones(chat_id: int, zones: Iterable[str], minute: int | None, words: Words) -> OwedCall:
    """What was written means more than one zone."""
    return message(chat_id, words.say("**Which one?**"), _zones(zones, minute, words))


def no_such_zone(
    chat_id: int, similar: Iterable[str], minute: int | None, words: Words
) -> OwedCall:
    """What was written means no zone; these sound like it."""
    sentence = words.say(
        "I know no time zone by that name. Write the nearest large city, for example:"
        " /daily zone Lima"
    )
    return message(chat_id, sentence, _zones(similar, minute, words))


def unclear(chat_id: int, words: Words) -> OwedCall:
    """Something was written that says neither time nor zone nor anything else."""
    sentence = words.say(
        "I did not understand that. Write for example:\n\n"
        "/daily 07:30 – a case every day at half past seven\n\n"
        "/daily weekdays – Monday to Friday alone\n\n"
        "/daily zone Lima – by the clocks of Lima\n\n"
        "/daily quiet 22-7 – nothing by night\n\n"
        "/daily off – no more of it"
    )
    return message(chat_id, sentence)


def no_such_time(chat_id: int, words: Words) -> OwedCall:
    """25:00, 7:75."""
    return message(chat_id, words.say("No clock shows that time. Write for example: /daily 07:30"))


def _zones(zones: Iterable[str], minute: int | None, words: Words) -> Keyboard:
    time = "zone" if minute is None else clock(minute)
    other = "" if minute is None else f" {clock(minute)}"
    regions = region_buttons(lambda region: f"{DAILY}region {region.value}{other}", words)
    return [*zone_buttons(zones, lambda zone: f"{DAILY}{time} {zone}"), *regions]


def _plan(plan: DailyPlan, words: Words) -> str:
    time, place = clock(plan.timetable.time), label(plan.zone)
    if plan.timetable.days == EVERY_DAY:
        return words.say("every day at {time}, {place} time", time=time, place=place)
    return words.say("Monday to Friday at {time}, {place} time", time=time, place=place)


def _quiet(hours: QuietHours | None, words: Words) -> str:
    if hours is None:
        return ""
    return words.say(
        "Quiet from {start} to {end}: what falls into that waits for its end.",
        start=clock(hours.start),
        end=clock(hours.end),
    )


def _another_zone(words: Words) -> Button:
    return press(words.say("Another time zone"), f"{DAILY}zone")


def _stop(words: Words) -> Button:
    return press(words.say("Stop"), f"{DAILY}off")


def _go_on(words: Words) -> Button:
    return press(words.say("Go on"), f"{DAILY}on")
