"""An educator's presses about a cohort. Whether they teach it is judged at each of them."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec.structs import replace

from bot.features.assignments.educators import taught_by
from bot.features.cohorts import close_cohort, cohort_links, cohort_members
from bot.features.cohorts import cohort_view as views
from bot.features.cohorts.at_cohort import AtCohort
from bot.features.cohorts.cohort import ask_other_title, ask_title, overview
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb
from bot.features.shared.due_times import report_after
from bot.features.shared.messages import edited
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.cohort_facts import CohortReported
from storage.outcome import Outcome, Toast


async def press(services: Services, who: Visit, pressed: CohortPress, message_id: int) -> Outcome:
    """Do what the button says."""
    match pressed.verb:
        case CohortVerb.LIST:
            return said(who, edited(await overview(services, who), message_id))
        case CohortVerb.NEW:
            return await ask_title(services, who)
    cohort = await taught_by(services, who.person_id, pressed.ref)
    act = _ACTS.get(pressed.verb)
    if act is None:
        return Outcome((who.met,), toast=old_button(who.words))
    if cohort is None:
        toast = Toast(views.no_longer_yours(who.words), alert=True)
        return Outcome((who.met,), toast=toast)
    direction = AtCohort(services, who, cohort, pressed.number, message_id)
    if cohort.closed_at is not None and pressed.verb not in _OF_CLOSED:
        return Outcome(toast=Toast(views.closed_already(who.words), alert=True)) + (
            await direction.showing_page()
        )
    return await act(direction)


async def _rename(at: AtCohort) -> Outcome:
    return ask_other_title(at.services, at.who, at.cohort)


async def _report(at: AtCohort) -> Outcome:
    due = report_after(at.cohort.zone, at.services.clock.now()) if at.number else None
    after = replace(at, cohort=replace(at.cohort, report_due=due))
    return Outcome((CohortReported(at.cohort.id, due),)) + await after.showing_page()


async def _show(at: AtCohort) -> Outcome:
    return await at.showing_page()


_ACTS: Mapping[CohortVerb, Callable[[AtCohort], Awaitable[Outcome]]] = {
    CohortVerb.SHOW: _show,
    CohortVerb.LINK: cohort_links.link,
    CohortVerb.RENEW: cohort_links.renew,
    CohortVerb.MOST: cohort_links.most,
    CohortVerb.ADD: cohort_links.add,
    CohortVerb.HAND_OVER: cohort_links.hand_over,
    CohortVerb.PEOPLE: cohort_members.people,
    CohortVerb.PERSON: cohort_members.person,
    CohortVerb.REMOVE: cohort_members.remove,
    CohortVerb.RENAME: _rename,
    CohortVerb.CLOSE: close_cohort.ask,
    CohortVerb.CLOSED: close_cohort.closed,
    CohortVerb.REPORT: _report,
}
_OF_CLOSED = frozenset({CohortVerb.SHOW, CohortVerb.PEOPLE, CohortVerb.PERSON, CohortVerb.REMOVE})
