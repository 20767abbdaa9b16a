"""A cohort is closed: by an educator, or because nobody is left who teaches it."""

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cohorts import cohort_view as views
from bot.features.cohorts.at_cohort import AtCohort
from bot.features.shared.tell_cohort import tell_all
from bot.services import Services
from storage.cohort_facts import CohortClosed
from storage.cohorts import MEMBER, Cohort
from storage.outcome import Outcome, OwedCall


async def ask(at: AtCohort) -> Outcome:
    """Ask whether to close it."""
    return at.showing(views.close_question(at.who.person_id, at.cohort, at.who.words))


async def closed(at: AtCohort) -> Outcome:
    """Close it: there is no way back."""
    now = at.services.clock.now()
    after = replace(at, cohort=replace(at.cohort, closed_at=now, report_due=None))
    return await after.showing_page() + await close(at.services, at.cohort)


async def close(services: Services, cohort: Cohort) -> Outcome:
    """A cohort is over: its members are told."""

    def told(chat_id: int, words: Words) -> OwedCall:
        return views.closed_told(chat_id, cohort.title, words)

    calls = await tell_all(services, cohort.id, MEMBER, told)
    return Outcome((CohortClosed(cohort.id, services.clock.now()),), calls)
