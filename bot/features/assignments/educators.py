"""Who may do what with a cohort's assignments: asked at every press."""

from bot.services import Services
from storage.assignments import Assignment
from storage.cohorts import Cohort


async def taught_cohort(services: Services, person_id: int, cohort_id: int) -> Cohort | None:
    """A cohort that is open and that the person is an educator of."""
    cohort = await services.store.cohorts.get(cohort_id)
    if cohort is None or cohort.closed_at is not None:
        return None
    person = await services.store.cohorts.person(cohort_id, person_id)
    return cohort if person is not None and person.teaches else None


async def taught_cohorts(services: Services, person_id: int) -> list[Cohort]:
    """All such cohorts."""
    cohorts = await services.store.cohorts.of(person_id, "educator")
    return [cohort for cohort in cohorts if cohort.closed_at is None]


async def own_assignment(
    services: Services, person_id: int, assignment_id: int
) -> tuple[Assignment, Cohort] | None:
    """An assignment with its cohort, if the person may see to it."""
    assignment = await services.store.assignments.get(assignment_id)
    if assignment is None:
        return None
    cohort = await taught_cohort(services, person_id, assignment.cohort_id)
    return None if cohort is None else (assignment, cohort)
