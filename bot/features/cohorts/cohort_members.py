"""The members of a cohort, as its educators see and remove them."""

from msgspec.structs import replace

from bot.features.cohorts import members_view as views
from bot.features.cohorts.at_cohort import AtCohort
from bot.features.shared.messages import list_page
from bot.features.shared.visitors import words_of
from storage.cohort_facts import CohortLeft
from storage.cohorts import CohortPerson
from storage.outcome import Outcome, OwedCall


async def people(at: AtCohort) -> Outcome:
    """A page of the members."""
    return at.showing(_members(at, await _all_members(at), at.number))


def _members(at: AtCohort, members: list[CohortPerson], number: int) -> OwedCall:
    shown = list_page(members, number, views.PAGE_LENGTH)
    return views.members(at.who.person_id, at.cohort, shown, len(members), at.who.words)


async def _all_members(at: AtCohort) -> list[CohortPerson]:
    people = await at.services.store.cohorts.people(at.cohort.id)
    return [one for one in people if not one.teaches]


async def person(at: AtCohort) -> Outcome:
    """Ask whether to remove one."""
    members = await _all_members(at)
    place = _place(members, at.number)
    if place is None:
        return at.refusing(views.not_there(at.who.words)) + await people(replace(at, number=0))
    page_number = place // views.PAGE_LENGTH
    call = views.remove_question(
        at.who.person_id, at.cohort, members[place], page_number, at.who.words
    )
    return at.showing(call)


async def remove(at: AtCohort) -> Outcome:
    """Remove one, who is told."""
    members = await _all_members(at)
    place = _place(members, at.number)
    if place is None:
        return at.refusing(views.not_there(at.who.words)) + at.showing(_members(at, members, 0))
    gone = members.pop(place)
    outcome = at.showing(_members(at, members, place // views.PAGE_LENGTH))
    outcome += Outcome((CohortLeft(at.cohort.id, gone.person_id),))
    person = await at.services.store.people.get(gone.person_id)
    if person is not None and person.blocked_at is None:
        words = await words_of(at.services, person.id)
        told = views.removed_told(person.id, at.cohort.title, words)
        outcome += Outcome(owed=(told,))
    return outcome


def _place(members: list[CohortPerson], number: int) -> int | None:
    places = (place for place, one in enumerate(members) if views.number_of(one) == number)
    return next(places, None)
