"""`/report` in private: how a cohort is doing, for its educators; and on Mondays by itself."""

import asyncio
import secrets
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.assignments.count_unnamed import UnnamedCount
from bot.features.reports import cohort_report_view as views
from bot.features.reports.cohort_numbers import cohort_numbers
from bot.features.reports.cohort_report_view import Reported
from bot.features.reports.cohort_values import ActiveLastWeek, ClosedAssignment, CohortData
from bot.features.reports.report_picture_view import picture
from bot.features.reports.workbook_view import workbook
from bot.features.shared.due_times import report_after
from bot.features.shared.visitors import Visit, said, words_of
from bot.scheduling.whole_weeks import last_whole_weeks
from bot.services import Services
from content.disclosure import unnamed_in
from storage.cohort_facts import CohortReported, CountsKept
from storage.cohorts import EDUCATOR, OF_ASSIGNMENT, OF_WEEK, Cohort, CohortPerson
from storage.outcome import Outcome

_LATEST_MS = DAY_MS  # ms after which a missed report is let go


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
    kept = await store.cohorts.counts(cohort.id, OF_ASSIGNMENT)
    there = await store.cohorts.people(cohort.id)
    assignments = await store.assignments.of_cohort(cohort.id)
    done = [
        ClosedAssignment(
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
        drawn = [picture(person_id, shown, words)] if shown.numbers.done else []
        book = workbook(person_id, shown, words)
        outcome += Outcome(owed=(*views.report(person_id, shown, words), *drawn, book))
    return outcome


async def weekly_report(services: Services, cohort: Cohort) -> Outcome:
    """What comes on a Monday, and when the next does; not a day late, since it is asked for too."""
    now = services.clock.now()
    due = report_after(cohort.zone, max(now, cohort.report_due or now))
    again = Outcome((CohortReported(cohort.id, due),))
    if now - (cohort.report_due or now) > _LATEST_MS:
        return again
    teaching = await services.store.cohorts.reached(cohort.id, EDUCATOR)
    return again + await report_of(services, cohort, [one.id for one in teaching])


async def _week(
    services: Services,
    cohort: Cohort,
    people: Sequence[CohortPerson],
    active: frozenset[int],
    since: int,
) -> tuple[ActiveLastWeek, tuple[CountsKept, ...]]:
    """Who was active: of people without a name what was told of this week first stands."""
    members = [one for one in people if not one.teaches]
    named = frozenset(one.person_id for one in members if one.named and one.person_id in active)
    documents = await services.store.cohorts.counts(cohort.id, OF_WEEK)
    if since in documents:
        kept = msgspec.json.decode(documents[since], type=ActiveCount)
        return ActiveLastWeek(named, kept.active, kept.of), ()
    others = [one.person_id for one in members if not one.named]
    told = unnamed_in([one for one in others if one in active], len(others), secrets.choice)
    document = msgspec.json.encode(ActiveCount(len(told), len(others))).decode()
    fact = CountsKept(cohort.id, OF_WEEK, since, document, services.clock.now())
    return ActiveLastWeek(named, len(told), len(others)), (fact,)
