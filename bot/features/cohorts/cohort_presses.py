"""To which rule a press about cohorts goes."""

from bot.features.cohorts import approval, direct_cohort, join, own_cohorts
from bot.features.cohorts.cohort import met_again
from bot.features.cohorts.cohort_buttons import CohortPress, CohortVerb, JoinPress
from bot.features.shared.visitors import Visit
from bot.services import Services
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.outcome import Outcome


async def press(
    services: Services, who: Visit, pressed: CohortPress | JoinPress, message_id: int
) -> Outcome:
    """Do what it says; nothing that was asked for before is awaited any more."""
    done = await _act(services, who, pressed, message_id)
    if any(isinstance(fact, CommandAwaited) for fact in done.facts):
        return done
    return Outcome((NothingAwaited(who.person_id),)) + done


async def _act(
    services: Services, who: Visit, pressed: CohortPress | JoinPress, message_id: int
) -> Outcome:
    if isinstance(pressed, JoinPress):
        return await join.press(services, who, pressed, message_id)
    match pressed.verb:
        case CohortVerb.ASK:
            return await approval.ask(services, who, message_id)
        case (
            CohortVerb.APPROVE
            | CohortVerb.REFUSE
            | CohortVerb.TAKE_BACK
            | CohortVerb.TAKEN_BACK
            | CohortVerb.KEPT
        ):
            return await approval.decide(services, who, pressed, message_id)
        case CohortVerb.LEAVE | CohortVerb.LEFT | CohortVerb.STAY:
            return await own_cohorts.press_leave(services, who, pressed, message_id)
    met = Outcome((met_again(who),))
    return met + await direct_cohort.press(services, who, pressed, message_id)
