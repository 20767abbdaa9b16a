"""`/cohorts`: what somebody is in, and leaving it."""

from bot.features.assignments.own_assignments import own_assignments
from bot.features.cohorts import own_cohorts_view as views
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb
from bot.features.cohorts.join import ALIAS, take_alias
from bot.features.cohorts.own_cohorts_view import OwnCohort
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.cohort_facts import CohortLeft
from storage.cohorts import EDUCATOR, MEMBER, Cohort
from storage.outcome import Outcome, Toast


async def own_cohorts(services: Services, who: Visit, text: str) -> Outcome:
    """`/cohorts`, or what was typed when an alias was asked for."""
    word, _, rest = text.partition(" ")
    if word == ALIAS and rest:
        return await take_alias(services, who, rest)
    me, cohorts = who.person_id, services.store.cohorts
    owned = []
    for cohort in (*await cohorts.of(me, MEMBER), *await cohorts.of(me, EDUCATOR)):
        person = await cohorts.person(cohort.id, me)
        if person is not None:
            educators = await cohorts.educators(cohort.id)
            work = await own_assignments(services, cohort.id, me, who.words)
            owned.append(OwnCohort(cohort, person, educators, work))
    if not owned:
        return said(who, views.none(me, who.words))
    return said(who, *views.own_cohorts(me, owned, who.words))


async def press_leave(
    services: Services, who: Visit, pressed: CohortPress, message_id: int
) -> Outcome:
    """Leave, which is asked once; or stay."""
    me, words, cohorts = who.person_id, who.words, services.store.cohorts
    person = await cohorts.person(pressed.ref, me)
    cohort = await cohorts.get(pressed.ref)
    if person is None or cohort is None:
        return Outcome((who.met,), toast=Toast(views.not_in_it(words), alert=True))
    match pressed.verb:
        case CohortVerb.STAY:
            return said(who, edited(views.stayed(me, cohort.title, words), message_id))
        case _ if person.teaches and await _is_last(services, cohort):
            return Outcome((who.met,), toast=Toast(views.last_educator(words), alert=True))
        case CohortVerb.LEFT:
            done = edited(views.left(me, cohort.title, words), message_id)
            return Outcome((who.met, CohortLeft(cohort.id, me)), (done,))
    return said(who, views.leave_question(me, cohort, words, teaches=person.teaches))


async def _is_last(services: Services, cohort: Cohort) -> bool:
    """Whether an educator of it is the only one; a closed cohort needs none."""
    return cohort.closed_at is None and len(await services.store.cohorts.educators(cohort.id)) < 2
