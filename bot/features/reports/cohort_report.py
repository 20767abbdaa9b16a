"""`/report` in private: how a cohort is doing, for its educators; and on Mondays by itself."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from bot.features.assignments.count_unnamed import UnnamedCount
from bot.features.reports import cohort_report_view as views
from bot.features.reports.cohort_numbers import cohort_numbers
from bot.features.reports.cohort_report_view import Reported
from bot.features.reports.cohort_values import CohortData, Done, Week
from bot.features.reports.picture_view import picture
from bot.features.reports.workbook_view import workbook
from bot.features.shared.visitors import Visit, said, words_of
from bot.scheduling.wall_time import instant, wall
from bot.scheduling.whole_weeks import last_whole_weeks
from bot.services import Services
from content.disclosure import unnamed_in
from storage.cohort_facts import CohortReported, CountsKept
from storage.cohorts import EDUCATOR, Cohort, CohortPerson
from storage.outcome import Outcome

_SEVEN = 7 * 60  # minutes
_LATEST_MS = 24 * 60 * 60 * 1000
_WEEK = "week"
_ASSIGNMENT = "assignment"


class ActiveCount(Struct, frozen=True):
    """How many people without a name were active in a week, as far as that may be told.

    ``of``: of so many.
    """

    active: int
    of: int


async def report(services: Services, who: Visit, argument: str) -> Outcome:
    """The report of the cohort that is named by its number, or of the only one."""
    cohorts = await services.store.cohorts.of(who.person_id, EDUCATOR)
    wanted = [one for one in cohorts if str(one.id) == argument.strip()] or cohorts
    match wanted:
        case []:
            return said(who, views.none_yet(who.person_id, who.words))
        case [cohort]:
            return Outcome((who.met,)) + await report_of(services, cohort, (who.person_id,))
    return said(who, views.choose(who.person_id, wanted, who.words))


async def report_of(services: Services, cohort: Cohort, people: Sequence[int]) -> Outcome:
    """The message, the picture and the workbook, to each of these educators."""
    store, now = services.store, services.clock.now()
    kept = await store.cohorts.counts(cohort.id, _ASSIGNMENT)
    there = await store.cohorts.people(cohort.id)
    assignments = await store.assignments.of_cohort(cohort.id)
    done = [
        Done(
            one,
            await store.assignments.cases(one.id),
            UnnamedCount.from_json(kept[one.id]) if one.id in kept else UnnamedCount(),
        )
        for one in assignments
        if one.closed_at is not None
    ]
    (last,) = last_whole_weeks(now, ZoneInfo(cohort.zone), 1)
    results = await store.cohort_results.of(cohort.id, last.start, last.end)
    week, facts = await _week(services, cohort, there, results.active, last.start)
    data = CohortData(there, assignments, done, results, week, now)
    shown = Reported(cohort, await asyncio.to_thread(cohort_numbers, data), now)
    outcome = Outcome(facts)
    for person_id in people:
        words = await words_of(services, person_id)
        calls = (*views.report(person_id, shown, words), workbook(person_id, shown, words))
        if shown.numbers.done:
            calls = (*calls[:-1], picture(person_id, shown, words), calls[-1])
        outcome += Outcome(owed=calls)
    return outcome


async def weekly_report(services: Services, cohort: Cohort) -> Outcome:
    """What comes on a Monday, and when the next does; not a day late, since it is asked for too."""
    now = services.clock.now()
    due = next_monday(max(now, cohort.report_due or now), cohort.zone)
    again = Outcome((CohortReported(cohort.id, due),))
    if now - (cohort.report_due or now) > _LATEST_MS:
        return again
    teaching = await services.store.cohorts.reached(cohort.id, EDUCATOR)
    return again + await report_of(services, cohort, [one.id for one in teaching])


def next_monday(after_ms: int, zone: str) -> int:
    """The first Monday at seven in the morning that is later: UTC milliseconds."""
    where = ZoneInfo(zone)
    day = wall(after_ms, where).date()
    monday = day - timedelta(days=day.weekday())
    at = instant(monday, _SEVEN, where)
    return at if at > after_ms else instant(monday + timedelta(days=7), _SEVEN, where)


async def _week(
    services: Services,
    cohort: Cohort,
    people: Sequence[CohortPerson],
    active: frozenset[int],
    since: int,
) -> tuple[Week, tuple[CountsKept, ...]]:
    """Who was active: of people without a name what was told of this week first stands."""
    members = [one for one in people if not one.teaches]
    named = frozenset(one.person_id for one in members if one.named and one.person_id in active)
    documents = await services.store.cohorts.counts(cohort.id, _WEEK)
    if since in documents:
        kept = msgspec.json.decode(documents[since], type=ActiveCount)
        return Week(named, kept.active, kept.of), ()
    others = [one.person_id for one in members if not one.named]
    told = unnamed_in([one for one in others if one in active], len(others), secrets.choice)
    document = msgspec.json.encode(ActiveCount(len(told), len(others))).decode()
    fact = CountsKept(cohort.id, _WEEK, since, document, services.clock.now())
    return Week(named, len(told), len(others)), (fact,)
