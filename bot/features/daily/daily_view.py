"""What `/daily` says, and the buttons under it.

A button sends back `daily:` and then what a person could have written after `/daily`.
"""

from collections.abc import Collection, Iterable

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.daily.typed_daily import WEEKDAYS, spoken
from bot.features.shared.buttons import DAILY, cancel
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import moment_from, weekday
from bot.features.shared.messages import Button, Keyboard, in_rows, message, press
from bot.features.shared.texts import clock
from bot.features.shared.zone_buttons import region_buttons, zone_buttons
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import QuietHours
from bot.scheduling.timetable import EVERY_DAY, Weekday
from bot.scheduling.wall_time import wall
from bot.scheduling.zone_names import COMMON_ZONES, Region
from bot.scheduling.zones import label, zone_named
from storage.outcome import OwedCall, Toast

_TIMES = (6 * 60, 7 * 60, 7 * 60 + 30, 8 * 60, 12 * 60, 17 * 60, 19 * 60, 21 * 60)


class Coming(Struct, frozen=True):
    """When the next case is due, and what time it is now (UTC milliseconds).

    ``every``: one comes in so many days, since the last ones were not answered.
    """

    due: int
    now: int
    every: int = 1


def offer(
    chat_id: int,
    words: Words,
    zone: str | None = None,
    days: frozenset[Weekday] | None = None,
) -> OwedCall:
    """Nothing is set up yet: what there is, and times to choose from."""
    sentence = words.say("**A case or a review a day.** Choose a time.")
    place = f" {zone}" if zone else ""
    buttons = [press(clock(one), f"{DAILY}{spoken(one, days)}{place}") for one in _TIMES]
    other = [_another_time(words, f"{spoken(None, days)}{place}")]
    return message(chat_id, sentence, [*in_rows(buttons, 4), other])


def which_time(chat_id: int, words: Words) -> OwedCall:
    """The next text is the time."""
    sentence = words.say("**At what time?** Write it, for example 07:30.")
    return message(chat_id, sentence, ((cancel(words),),))


def which_quiet(chat_id: int, words: Words) -> OwedCall:
    """When nothing is to come; or the next text says when."""
    sentence = words.say("**Quiet hours:** choose, or write them, for example 22-7.")
    rows = (
        (press("22:00–07:00", f"{DAILY}quiet 22-7"), press("20:00–08:00", f"{DAILY}quiet 20-8")),
        (press(words.say("No quiet hours"), f"{DAILY}quiet off"), cancel(words)),
    )
    return message(chat_id, sentence, rows)


def running(
    chat_id: int,
    plan: DailyPlan,
    coming: Coming,
    words: Words,
    topics: Collection[str] = (),
) -> OwedCall:
    """The plan, when the next case comes, and buttons to change that."""
    zone = zone_named(plan.zone)
    due = moment_from(wall(coming.now, zone), wall(coming.due, zone), words)
    named = ", ".join(sorted(topic_name(topic, words) for topic in topics))
    sentences = [
        words.say("**Your daily case:** {plan}.", plan=_plan(plan, words)),
        words.say("Topic: {topics}.", topics=named) if named else "",
        words.say("The next one: {due}.", due=due) if coming.every == 1 else "",
        _seldom(coming.every, words),
        _quiet(plan.quiet, words),
    ]
    if plan.timetable.days == EVERY_DAY:
        days = press(words.say("Monday to Friday"), f"{DAILY}weekdays")
    else:
        days = press(words.say("Every day"), f"{DAILY}everyday")
    quiet = press(words.say("Quiet hours"), f"{DAILY}quiet")
    topic = [press(words.say("All topics"), f"{DAILY}all topics")] if named else []
    keyboard = (
        (_another_time(words), days),
        (quiet, _another_zone(words)),
        (*topic, _stop(words)),
    )
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


def another_day(words: Words) -> Toast:
    """Today's item is left."""
    return Toast(words.say("Fine: another day, then."))


def once_more(chat_id: int, words: Words) -> OwedCall:
    """Before a case that they have had: it is no mistake."""
    sentence = words.say("Nothing new today. Once more, one that was not right the last time:")
    return message(chat_id, sentence)


def nothing_left(chat_id: int, words: Words) -> OwedCall:
    """There is no case to send for now."""
    sentence = words.say(
        "You have answered every case right, so there is none for you today. Your daily case goes"
        " on by itself once there are new ones."
    )
    return message(chat_id, sentence, ((_stop(words),),))


def which_region(chat_id: int, so_far: str, words: Words) -> OwedCall:
    """Where the person is decides what their clock shows; or the next text says where.

    ``so_far`` is what they wished for already, as they would write it.
    """
    sentence = words.say("**Where are you?** Choose, or write your city.")
    return message(chat_id, sentence, [*_regions(so_far, words), [cancel(words)]])


def which_city(chat_id: int, region: Region, so_far: str, words: Words) -> OwedCall:
    """The zones most people want, of one part of the world; or the next text says which."""
    sentence = words.say("**Whose time?** If your city is not here, write it.")
    return message(chat_id, sentence, _zones(COMMON_ZONES[region], so_far, words))


def several_zones(chat_id: int, zones: Iterable[str], so_far: str, words: Words) -> OwedCall:
    """What was written means more than one zone."""
    return message(chat_id, words.say("**Which one?**"), _zones(zones, so_far, words))


def no_such_zone(chat_id: int, similar: Iterable[str], so_far: str, words: Words) -> OwedCall:
    """What was written means no zone; these sound like it."""
    sentence = words.say(
        "I know no time zone and no topic by that name. Write the nearest large city."
    )
    return message(chat_id, sentence, _zones(similar, so_far, words))


def unclear(chat_id: int, words: Words) -> OwedCall:
    """Something was written that says neither time nor zone nor anything else."""
    sentence = words.say("I did not understand that. What would you like to choose?")
    rows = (
        (press(words.say("The time"), f"{DAILY}time"), _another_zone(words)),
        (
            press(words.say("Monday to Friday"), f"{DAILY}weekdays"),
            press(words.say("Every day"), f"{DAILY}everyday"),
        ),
        (press(words.say("Quiet hours"), f"{DAILY}quiet"), _stop(words)),
    )
    return message(chat_id, sentence, rows)


def no_such_time(chat_id: int, words: Words) -> OwedCall:
    """25:00, 7:75; the next text is another."""
    sentence = words.say("No clock shows that time. Write it once more, for example 07:30.")
    return message(chat_id, sentence, ((cancel(words),),))


def _zones(zones: Iterable[str], so_far: str, words: Words) -> Keyboard:
    wish = so_far or "zone"
    cities = zone_buttons(zones, lambda zone: f"{DAILY}{wish} {zone}")
    return [*cities, *_regions(so_far, words), [cancel(words)]]


def _regions(so_far: str, words: Words) -> list[list[Button]]:
    return region_buttons(lambda one: f"{DAILY}region {one.value} {so_far}".rstrip(), words)


def _another_time(words: Words, known: str = "") -> Button:
    return press(words.say("Another time"), f"{DAILY}time {known.strip()}".rstrip())


def _plan(plan: DailyPlan, words: Words) -> str:
    time, place = clock(plan.timetable.time), label(plan.zone)
    if plan.timetable.days == EVERY_DAY:
        return words.say("every day at {time}, {place} time", time=time, place=place)
    if plan.timetable.days == WEEKDAYS:
        return words.say("Monday to Friday at {time}, {place} time", time=time, place=place)
    days = ", ".join(weekday(day, words) for day in sorted(plan.timetable.days))
    return words.say("{days} at {time}, {place} time", days=days, time=time, place=place)


def _quiet(hours: QuietHours | None, words: Words) -> str:
    if hours is None:
        return ""
    return words.say(
        "Quiet from {start} to {end}: what falls into that waits for its end.",
        start=clock(hours.start),
        end=clock(hours.end),
    )


def _seldom(every: int, words: Words) -> str:
    """That it comes less often than planned."""
    if every == 1:
        return ""
    return words.count(
        "As the last ones went unanswered, one comes every {n} day, until you answer one.",
        "As the last ones went unanswered, one comes every {n} days, until you answer one.",
        every,
    )


def _another_zone(words: Words) -> Button:
    return press(words.say("Another time zone"), f"{DAILY}zone")


def _stop(words: Words) -> Button:
    return press(words.say("Stop"), f"{DAILY}off")


def _go_on(words: Words) -> Button:
    return press(words.say("Go on"), f"{DAILY}on")
