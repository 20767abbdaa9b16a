"""`/daily`: a learner sets up a case a day, changes it, or is rid of it."""

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.daily import daily_view as views
from bot.features.daily import typed_daily as wishes
from bot.features.daily.daily_view import Coming
from bot.features.finding.search import topic_called
from bot.features.practice.welcome_back import welcome_back
from bot.features.shared.preferences import preferences_of
from bot.features.shared.visitors import Visit, said
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import days_between
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday
from bot.scheduling.zone_names import Region
from bot.scheduling.zones import Fixed, Found, NoFixedZone, NotFound, SeveralZones, find_zone
from bot.services import Services
from content.markup import CONTROLS
from storage.case_mark_facts import PreferencesSet
from storage.chat_facts import NOTHING_LEFT, DailySet
from storage.chats import Daily
from storage.facts import Fact
from storage.flag_facts import CommandAwaited
from storage.outcome import NOTHING, Outcome, OwedCall

_LONGEST = 64  # characters of what a button, or a person, says besides a time


class _Asked(Struct, frozen=True):
    """What is asked, and the command that the person's next text completes; None: no text is."""

    call: OwedCall
    completes: str | None = None


async def daily(services: Services, visit: Visit, text: str) -> Outcome:
    """`/daily` with what was written after it, or what a button under its answer says."""
    kept = await services.store.chats.daily(visit.person_id)
    plan = None if kept is None else DailyPlan.from_json(kept.timetable, kept.quiet)
    person_id, words = visit.person_id, visit.words
    wish, topics = await _topics(services, visit, wishes.read_wish(text))
    match wish:
        case wishes.Show() if kept is not None and plan is not None:
            if kept.next_due is None:
                return said(visit, views.resting(person_id, plan, words))
            every = days_between(kept.unanswered)
            coming = Coming(kept.next_due, services.clock.now(), every)
            shown = [views.running(person_id, plan, coming, words, topics.named)]
            if kept.unanswered == NOTHING_LEFT:
                shown.append(views.nothing_left(person_id, words))
            back = await welcome_back(services, visit)
            return said(visit, *shown) + (back or NOTHING)
        case wishes.StopDaily():
            return _stopped(visit, plan)
        case wishes.Fewer() if kept is not None and plan is not None and kept.next_due is None:
            return said(visit, views.resting(person_id, plan, words))
        case wishes.NotToday() if kept is not None:
            return _another_day(visit, kept)
    wished = _wished(wish, plan, person_id, words)
    now = services.clock.now()
    if isinstance(wished, DailyPlan):
        return Outcome(topics.facts) + _going(visit, wished, now, topics.named)
    awaited = (
        ()
        if wished.completes is None
        else (CommandAwaited(person_id, f"daily {wished.completes}".strip(), now),)
    )
    return Outcome((visit.met, *topics.facts, *awaited), (wished.call,))


class _Topics(Struct, frozen=True):
    """The topics of the daily case, and what changes them."""

    named: frozenset[str]
    facts: tuple[Fact, ...] = ()


async def _topics(
    services: Services, visit: Visit, wish: wishes.Wish
) -> tuple[wishes.Wish, _Topics]:
    """Of a wish, what is left of it without the topic that it names; and the topics wished for."""
    preferred = await preferences_of(services, visit.person_id)
    match wish:
        case wishes.At(_, str(name)) if topic := topic_called(name, services.library, visit.words):
            wish, named = replace(wish, name=None), frozenset({topic})
        case wishes.AnyTopic():
            wish, named = wishes.Resume(), frozenset()
        case _:
            return wish, _Topics(preferred.daily)
    document = replace(preferred, daily=named).to_json()
    return wish, _Topics(named, (PreferencesSet(visit.person_id, document),))


def _wished(
    wish: wishes.Wish, plan: DailyPlan | None, person_id: int, words: Words
) -> DailyPlan | _Asked:
    """The plan as wished, or what is to be asked first."""
    match wish:
        case wishes.At():
            return _at(wish, plan, person_id, words)
        case wishes.AskTime(known):
            so_far = CONTROLS.sub(" ", known)[:_LONGEST]
            return _Asked(views.which_time(person_id, words), so_far)
        case wishes.AskZone(region, minute, days):
            return _zone(region, minute, days, person_id, words)
        case wishes.Unclear():
            return _Asked(views.unclear(person_id, words))
        case wishes.NoClockShowsIt():
            return _Asked(views.no_such_time(person_id, words), "")
        case _ if plan is None:
            return _Asked(views.offer(person_id, words))
        case wishes.Fewer():
            was = plan.timetable
            return replace(plan, timetable=replace(was, days=_fewer(was.days)))
        case wishes.AskQuiet():
            return _Asked(views.which_quiet(person_id, words), "quiet")
        case wishes.Quiet(hours):
            return replace(plan, quiet=hours)
    return plan


def _at(
    wish: wishes.At, plan: DailyPlan | None, person_id: int, words: Words
) -> DailyPlan | _Asked:
    zone = None
    so_far = wishes.spoken(wish.minute, wish.days)
    if wish.name is not None:
        match find_zone(wish.name):
            case Found(found) | Fixed(found):
                zone = found
            case SeveralZones(zones) | NoFixedZone(_, zones) if zones:
                call = views.several_zones(person_id, zones, so_far, words)
                return _Asked(call, so_far or "zone")
            case place:
                similar = place.suggestions if isinstance(place, NotFound) else ()
                call = views.no_such_zone(person_id, similar, so_far, words)
                return _Asked(call, so_far or "zone")
    if plan is not None:
        was = plan.timetable
        time = was.time if wish.minute is None else wish.minute
        changed = Timetable(wish.days or was.days, time, zone or was.zone)
        return replace(plan, timetable=changed)
    if wish.minute is None:
        return _Asked(views.offer(person_id, words, zone, wish.days))
    if zone is None:
        return _zone(None, wish.minute, wish.days, person_id, words)
    return DailyPlan(Timetable(wish.days or EVERY_DAY, wish.minute, zone))


def _zone(
    region: Region | None,
    minute: int | None,
    days: frozenset[Weekday] | None,
    person_id: int,
    words: Words,
) -> _Asked:
    """Where the person is: a part of the world, then a city of it; or they write it."""
    so_far = wishes.spoken(minute, days)
    if region is None:
        call = views.which_region(person_id, so_far, words)
    else:
        call = views.which_city(person_id, region, so_far, words)
    return _Asked(call, so_far or "zone")


def _fewer(days: frozenset[Weekday]) -> frozenset[Weekday]:
    """Three days a week, then one."""
    fewer = (wishes.THREE_DAYS, wishes.ONE_DAY)
    return next((wanted for wanted in fewer if len(wanted) < len(days)), days)


def _another_day(visit: Visit, kept: Daily) -> Outcome:
    """Today's item is left; a person who says so is not silent."""
    goes_on = DailySet(
        *(kept.person_id, kept.timetable, kept.quiet, kept.next_due), brought_at=kept.brought_at
    )
    return Outcome((visit.met, goes_on), toast=views.another_day(visit.words))


def _going(visit: Visit, plan: DailyPlan, now: int, topics: frozenset[str]) -> Outcome:
    """Follow the plan from now on."""
    due = plan.due_after(now)
    facts = (visit.met, _set(visit.person_id, plan, due))
    coming = Coming(due, now)
    return Outcome(facts, (views.running(visit.person_id, plan, coming, visit.words, topics),))


def _stopped(visit: Visit, plan: DailyPlan | None) -> Outcome:
    if plan is None:
        return said(visit, views.never_on(visit.person_id, visit.words))
    facts = (visit.met, _set(visit.person_id, plan, None))
    return Outcome(facts, (views.resting(visit.person_id, plan, visit.words),))


def _set(person_id: int, plan: DailyPlan, due: int | None) -> DailySet:
    return DailySet(person_id, plan.timetable.to_json(), plan.quiet_json(), due)
