"""A member does what was assigned: it begins, goes on, or is looked at again."""

import json

from bot.features.assignments import assignment_card_view as views
from bot.features.assignments.assignment_buttons import AssignmentPress, AssignmentVerb
from bot.features.assignments.assignment_card_view import AssignmentCard, HowFar, News
from bot.features.assignments.assignment_cards import card_of, live_cases
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said
from bot.features.sittings.begin import Beginning, begin
from bot.features.sittings.exam import show
from bot.features.sittings.hand_in import hand_in, is_late, look_again
from bot.features.sittings.plan import Mode
from bot.features.sittings.set_up import open_one
from bot.features.sittings.study import put_next
from bot.services import Services
from content.snapshot import Snapshot
from storage.assignments import AssignedPerson, Assignment
from storage.outcome import Outcome


async def work(services: Services, who: Visit, pressed: AssignmentPress) -> Outcome:
    """A press on a member's card; whether it is theirs, and what there is to do, is judged now."""
    store = services.store
    one = await store.assignments.get(pressed.assignment_id)
    cohort = None if one is None else await store.cohorts.get(one.cohort_id)
    if one is None or cohort is None:
        return Outcome((who.met,), toast=old_button(who.words))
    member = await store.cohorts.person(cohort.id, who.person_id)
    person = await store.assignments.assigned(one.id, who.person_id)
    soon = one.opens_at > services.clock.now()
    if member is None or member.teaches or (person is None and not soon):
        return Outcome((who.met,), toast=views.not_assigned(who.words))
    card = await card_of(services, one, cohort, person)
    if pressed.verb is AssignmentVerb.DO and person is not None:
        match card.how_far:
            case HowFar.TO_BEGIN:
                return await _begin(services, who, card)
            case HowFar.BEGUN | HowFar.FINISHED:
                return Outcome((who.met,)) + await _go_on(services, who, person)
    return said(who, views.card(who.person_id, card, News.ASKED, who.words))


async def _begin(services: Services, who: Visit, card: AssignmentCard) -> Outcome:
    one = card.assignment
    snapshots = await _snapshots(services, one)
    if not snapshots:
        return Outcome((who.met,), toast=views.nothing_left(who.words))
    current = await services.store.sittings.current(who.person_id)
    if current is not None:
        return await open_one(services, who, current)
    number = services.sitting_ids.new(services.clock.now())
    beginning = Beginning(
        *(number, who.person_id, Mode(one.mode), json.dumps({"assignment": one.title})),
        *(snapshots, card.last, one.id),
    )
    return Outcome((who.met,)) + await begin(services, beginning, who.words)


async def try_it(services: Services, who: Visit, one: Assignment) -> Outcome:
    """An educator does the same cases as practice of their own."""
    snapshots = await _snapshots(services, one)
    if not snapshots:
        return Outcome((who.met,), toast=views.nothing_left(who.words))
    current = await services.store.sittings.current(who.person_id)
    if current is not None:
        return await open_one(services, who, current)
    number = services.sitting_ids.new(services.clock.now())
    spec = json.dumps({"tried": one.title})
    beginning = Beginning(number, who.person_id, Mode(one.mode), spec, snapshots)
    return Outcome((who.met,)) + await begin(services, beginning, who.words)


async def _snapshots(services: Services, one: Assignment) -> list[Snapshot]:
    """The cases in the wording of the assignment, whatever they are like today."""
    cases = await live_cases(services, one.id)
    return [Snapshot.from_json(case.snapshot) for case in cases]


async def _go_on(services: Services, who: Visit, person: AssignedPerson) -> Outcome:
    """Where it stands, or what it came to."""
    sitting = await services.store.sittings.get(person.sitting_id or 0)
    if sitting is None:
        return Outcome(toast=old_button(who.words))
    if sitting.is_over:
        return await look_again(services, sitting, who.words)
    items = await services.store.sittings.items(sitting.id)
    if is_late(services, sitting):
        return await hand_in(services, sitting, items, who.words)
    go_on = show if sitting.mode == Mode.EXAM else put_next
    return await go_on(services, sitting, items, who.words)
