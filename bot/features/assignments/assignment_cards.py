"""An assignment as a member has it: looked up, with how far they are."""

from bot.base.time_units import MINUTE_MS
from bot.features.assignments.assignment_card_view import AssignmentCard, HowFar
from bot.features.assignments.assignment_draft import last_moment
from bot.features.sittings.plan import time_for
from bot.services import Services
from content.snapshot import Snapshot
from storage.assignments import AssignedCase, AssignedPerson, Assignment
from storage.cohorts import Cohort


async def live_cases(services: Services, assignment_id: int) -> list[AssignedCase]:
    """The cases that count in an assignment."""
    cases = await services.store.assignments.cases(assignment_id)
    return [case for case in cases if case.dropped_at is None]


async def questions_in(services: Services, assignment_id: int) -> int:
    """How many questions those have."""
    return questions_of(await live_cases(services, assignment_id))


def questions_of(cases: list[AssignedCase]) -> int:
    """The same of cases at hand."""
    return sum(len(Snapshot.from_json(case.snapshot).case.questions) for case in cases)


async def card_of(
    services: Services, one: Assignment, cohort: Cohort, person: AssignedPerson | None
) -> AssignmentCard:
    """``person`` None: it is not theirs to do yet."""
    cases = await live_cases(services, one.id)
    now = services.clock.now()
    due_at = one.due_at if person is None else person.due_at
    last = last_moment(one, due_at)
    return AssignmentCard(
        *(one, cohort, len(cases), time_for(questions_of(cases)) // MINUTE_MS),
        *(due_at, last, how_far(one, person, last, now), now),
    )


def how_far(one: Assignment, person: AssignedPerson | None, last: int, now: int) -> HowFar:
    """How far a member is: pure."""
    if one.cancelled_at is not None:
        return HowFar.CANCELLED
    if one.opens_at > now:
        return HowFar.SOON
    match None if person is None else person.state:
        case "open" | "paused":
            return HowFar.BEGUN
        case "handed_in":
            return HowFar.FINISHED
    return HowFar.MISSED if now >= last or one.closed_at is not None else HowFar.TO_BEGIN
