"""A case was taken out of the library, or withdrawn: it counts in no assignment any more."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.assignments import page_view as views
from bot.features.shared.tell_cohort import tell_all
from bot.services import Services
from content.codes import case_code
from storage.assignment_facts import AssignedCaseDropped
from storage.cohorts import EDUCATOR
from storage.outcome import NOTHING, Outcome, OwedCall


class GoneCase(Struct, frozen=True):
    """A case of an assignment that the library does not have any more, or withdrew."""

    assignment_id: int
    case_id: str


async def gone_cases(services: Services, limit: int) -> list[GoneCase]:
    """Those that still count; a case that was given another id is not gone.

    While files cannot be read it is not known what is gone.
    """
    library = services.library
    known = not library.problems and bool(library.every)
    if not (known or library.withdrawn):
        return []

    def gone(code: str) -> bool:
        return library.find_withdrawn(code) is not None or (known and library.find(code) is None)

    counting = await services.store.assignments.counting()
    return [GoneCase(*one) for one in counting if gone(case_code(one[1]))][:limit]


async def drop_case(services: Services, gone: GoneCase) -> Outcome:
    """Its educators are told at once, and its members by and by."""
    one = await services.store.assignments.get(gone.assignment_id)
    cohort = None if one is None else await services.store.cohorts.get(one.cohort_id)
    if one is None or cohort is None:
        return NOTHING
    fact = AssignedCaseDropped(one.id, gone.case_id, services.clock.now())

    def told(chat_id: int, words: Words) -> OwedCall:
        return views.case_gone(chat_id, one, cohort, words)

    return Outcome((fact,), await tell_all(services, cohort.id, EDUCATOR, told))
