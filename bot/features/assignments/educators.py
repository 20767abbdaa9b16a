"""Who may do what with a cohort's assignments: asked at every press."""

from bot.services import Services
from storage.assignments import Assignment
from storage.cohorts import EDUCATOR, Cohort


async def taught_by(services: Services, person_id: int, cohort_id: int) -> Cohort | None:
    """The cohort of this number, to somebody who teaches it now; None to anybody else."""
    person = await services.store.cohorts.person(cohort_id, person_id)
    if person is None or not person.teaches:
        return None
    return await services.store.cohorts.get(cohort_id)


async def taught_cohort(services: Services, person_id: int, cohort_id: int) -> Cohort | None:
    """The same of a cohort that is open."""
    cohort = await taught_by(services, person_id, cohort_id)
    return cohort if cohort is not None and cohort.closed_at is None else None


async def taught_cohorts(services: Services, person_id: int) -> list[Cohort]:
    """All such cohorts."""
    cohorts = await services.store.cohorts.of(person_id, EDUCATOR)
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
