"""A member is given an assignment: when it opens, or when they join while it is open."""

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS
from bot.features.assignments import assignment_card_view as views
from bot.features.assignments.assignment_card_view import News
from bot.features.assignments.assignment_cards import card_of
from bot.features.assignments.reminders import next_reminder
from bot.features.shared.visitors import words_of, zone_of
from bot.services import Services
from storage.assignment_facts import AssignedTo
from storage.assignments import AssignedPerson, Assignment
from storage.cohorts import Cohort
from storage.outcome import NOTHING, Outcome

JOINED_MS = 7 * DAY_MS
"""ms that who joins late has at least."""


async def give(services: Services, one: Assignment, person_id: int) -> Outcome:
    """It opens for one member of its cohort."""
    cohort = await services.store.cohorts.get(one.cohort_id)
    if cohort is None:
        return NOTHING
    words = await words_of(services, person_id)
    person = AssignedPerson(one.id, person_id, one.due_at)
    given = await _given(services, one, cohort, person, words)
    return Outcome(given.facts, tuple(replace(call, broadcast=True) for call in given.owed))


async def give_on_joining(
    services: Services, cohort_id: int, person_id: int, words: Words
) -> Outcome:
    """What is open in a cohort is given to who joins it, with a week to do it at least."""
    cohort = await services.store.cohorts.get(cohort_id)
    outcome, now = NOTHING, services.clock.now()
    if cohort is None or cohort.closed_at is not None:
        return outcome
    for one in reversed(await services.store.assignments.of_cohort(cohort_id)):
        opened = one.opened_at is not None or one.opens_at <= now
        has = await services.store.assignments.assigned(one.id, person_id) is not None
        if opened and not has and not one.is_over and now < one.closes_at:
            person = AssignedPerson(one.id, person_id, max(one.due_at, now + JOINED_MS))
            outcome += await _given(services, one, cohort, person, words)
    return outcome


async def _given(
    services: Services, one: Assignment, cohort: Cohort, person: AssignedPerson, words: Words
) -> Outcome:
    zone = await zone_of(services, person.person_id) or cohort.zone
    first = next_reminder(person.due_at, zone, services.clock.now())
    fact = AssignedTo(one.id, person.person_id, person.due_at, first)
    later = replace(one, closes_at=max(one.closes_at, person.due_at))
    card = await card_of(services, later, cohort, person)
    return Outcome((fact,), (views.card(person.person_id, card, News.GIVEN, words),))
