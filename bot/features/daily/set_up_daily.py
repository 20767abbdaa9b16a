"""`/daily`: a learner sets up a case a day, changes it, or is rid of it."""

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.daily import daily_view as views
from bot.features.daily import typed_daily as wishes
from bot.features.shared.visitors import Visit, said
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.scheduling.zones import Fixed, Found, NoFixedZone, NotFound, Several, find_zone
from bot.services import Services
from storage.chat_facts import NOTHING_LEFT, DailySet
from storage.outcome import Outcome, OwedCall


async def daily(services: Services, visit: Visit, text: str) -> Outcome:
    """`/daily` with what was written after it, or what a button under its answer says."""
    kept = await services.store.chats.daily(visit.person_id)
    plan = None if kept is None else DailyPlan.from_json(kept.timetable, kept.quiet)
    person_id, words = visit.person_id, visit.words
    match wish := wishes.read_wish(text):
        case wishes.Show() if kept is not None and plan is not None:
            if kept.next_due is None:
                return said(visit, views.resting(person_id, plan, words))
            now = services.clock.now()
            shown = [views.running(person_id, plan, kept.next_due, now, words)]
            if kept.unanswered == NOTHING_LEFT:
                shown.append(views.nothing_left(person_id, words))
            return said(visit, *shown)
        case wishes.Stop():
            return _stopped(visit, plan)
        case wishes.At(minute, str(place)):
            wished = _in_zone(place, minute, plan, person_id, words)
        case _:
            wished = _changed(wish, plan) or _answer(wish, person_id, words)
    if isinstance(wished, OwedCall):
        return said(visit, wished)
    return _going(visit, wished, services.clock.now())


def _changed(wish: wishes.Wish, plan: DailyPlan | None) -> DailyPlan | None:
    """The plan as wished; None where the wish is none for a change, or there is no plan yet."""
    match plan, wish:
        case None, _:
            return None
        case _, wishes.At(int(minute), None):
            return replace(plan, timetable=replace(plan.timetable, time=minute))
        case _, wishes.On(days):
            return replace(plan, timetable=replace(plan.timetable, days=days))
        case _, wishes.Quiet(hours):
            return replace(plan, quiet=hours)
        case _, wishes.Resume():
            return plan
    return None


def _answer(wish: wishes.Wish, person_id: int, words: Words) -> OwedCall:
    match wish:
        case wishes.At(minute, _):
            return views.which_region(person_id, minute, words)
        case wishes.AskZone(None, minute):
            return views.which_region(person_id, minute, words)
        case wishes.AskZone(region, minute) if region is not None:
            return views.which_city(person_id, region, minute, words)
        case wishes.Unclear():
            return views.unclear(person_id, words)
        case wishes.NoClockShowsIt():
            return views.no_such_time(person_id, words)
    return views.offer(person_id, words)


def _in_zone(
    place: str, minute: int | None, plan: DailyPlan | None, person_id: int, words: Words
) -> DailyPlan | OwedCall:
    match find_zone(place):
        case Found(zone) | Fixed(zone):
            if plan is not None:
                time = plan.timetable.time if minute is None else minute
                return replace(plan, timetable=replace(plan.timetable, time=time, zone=zone))
            if minute is None:
                return views.offer(person_id, words, zone)
            return DailyPlan(Timetable(EVERY_DAY, minute, zone))
        case Several(zones) | NoFixedZone(_, zones) if zones:
            return views.several_zones(person_id, zones, minute, words)
        case NotFound(similar):
            return views.no_such_zone(person_id, similar, minute, words)
    return views.no_such_zone(person_id, (), minute, words)


def _going(visit: Visit, plan: DailyPlan, now: int) -> Outcome:
    """Follow the plan from now on."""
    due = plan.due_after(now)
    facts = (visit.met, _set(visit.person_id, plan, due))
    return Outcome(facts, (views.running(visit.person_id, plan, due, now, visit.words),))


def _stopped(visit: Visit, plan: DailyPlan | None) -> Outcome:
    if plan is None:
        return said(visit, views.never_on(visit.person_id, visit.words))
    facts = (visit.met, _set(visit.person_id, plan, None))
    return Outcome(facts, (views.resting(visit.person_id, plan, visit.words),))


def _set(person_id: int, plan: DailyPlan, due: int | None) -> DailySet:
    return DailySet(person_id, plan.timetable.to_json(), plan.quiet_json(), due)
