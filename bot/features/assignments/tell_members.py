"""Members are told of what is due soon, and of what became of an assignment."""

from msgspec.structs import replace

from bot.features.assignments import assignment_card_view as views
from bot.features.assignments.assignment_card_view import HowFar, News
from bot.features.assignments.assignment_cards import card_of
from bot.features.assignments.reminders import next_reminder
from bot.features.shared.visitors import words_of, zone_of
from bot.services import Services
from storage.assignment_facts import Reminded
from storage.assignments import AssignedPerson, Assignment
from storage.outcome import Outcome


async def tell_member(services: Services, person: AssignedPerson) -> Outcome:
    """What there is to tell at ``person.remind_at``, if anything; then what comes next is set.

    That instant says what it is about: when they are reminded, or when the educator did something.
    """
    one = await services.store.assignments.get(person.assignment_id)
    cohort = None if one is None else await services.store.cohorts.get(one.cohort_id)
    if one is None or cohort is None:
        return Outcome((Reminded(person.assignment_id, person.person_id, None),))
    zone = await zone_of(services, person.person_id) or cohort.zone
    now = services.clock.now()
    coming = None
    if not one.is_over and person.state not in {"handed_in", "void"}:
        coming = next_reminder(person.due_at, zone, now)
    fact = Reminded(one.id, person.person_id, coming)
    news = await _news(services, one, person)
    card = await card_of(services, one, cohort, person)
    met = await services.store.people.get(person.person_id)
    away = met is None or met.blocked_at is not None
    if news is None or away or (news in _OF_WORK and card.how_far not in _TO_DO):
        return Outcome((fact,))
    words = await words_of(services, person.person_id)
    call = views.card(person.person_id, card, news, words)
    return Outcome((fact,), (replace(call, broadcast=True),))


_OF_WORK = frozenset({News.DUE_SOON, News.MORE_TIME})
_TO_DO = frozenset({HowFar.TO_BEGIN, HowFar.BEGUN})


async def _news(services: Services, one: Assignment, person: AssignedPerson) -> News | None:
    if one.cancelled_at is not None:
        return News.CANCELLED
    if one.closed_at is not None:
        return None
    if person.remind_at == one.extended_at:
        return News.MORE_TIME
    cases = await services.store.assignments.cases(one.id)
    if person.remind_at in {case.dropped_at for case in cases}:
        return News.CASE_GONE
    # What was missed while the bot was away is not made up for once it is due.
    soon = services.clock.now() < person.due_at
    return News.DUE_SOON if soon or person.remind_at == one.reminded_at else None
