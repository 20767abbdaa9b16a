"""Assignments as rules find them: time passes, what falls due is done, and people press."""

from msgspec.structs import replace

from bot.features.assignments import make_assignment
from bot.features.assignments.assignment_buttons import AssignmentPress, AssignmentVerb
from bot.features.assignments.manage import FOR_EDUCATORS, manage
from bot.features.assignments.work import work
from bot.jobs.due_jobs import DUE_JOBS, AsOf
from bot.services import Services
from storage.outcome import Outcome, OwedCall
from tests.support.services import StillClock, commit
from tests.support.sittings import SCREEN, visit

MOST = 100


async def do_due(services: Services) -> list[OwedCall]:
    """All that is due is done, as the loop does it; the calls that this owes."""
    owed: list[OwedCall] = []
    for _ in range(MOST):
        now, done = services.clock.now(), 0
        for job in DUE_JOBS:
            for task in await job.find(services, AsOf(now, now), MOST):
                owed += (await commit(services, await task.act())).owed
                done += 1
        if not done:
            return owed
    raise AssertionError("it never ends")


async def pass_time(services: Services, ms: int) -> list[OwedCall]:
    """So much later; what fell due is done."""
    at = services.clock.now() + ms
    services.clock = StillClock(at=at)
    services.arrival = replace(services.arrival, received_at=at)
    return await do_due(services)


async def task(
    services: Services, person_id: int, number: int, verb: AssignmentVerb, value: str = ""
) -> Outcome:
    """Somebody presses a button about an assignment; what it comes to is on record."""
    pressed, who = AssignmentPress(number, verb, value), await visit(services, person_id)
    if verb in FOR_EDUCATORS:
        return await commit(services, await manage(services, who, pressed, SCREEN))
    return await commit(services, await work(services, who, pressed))


async def choose(services: Services, person_id: int, data: str) -> Outcome:
    """An educator presses a button of what they are about to assign."""
    who = await visit(services, person_id)
    return await commit(services, await make_assignment.press(services, who, data, SCREEN))


async def command(services: Services, person_id: int, text: str = "") -> Outcome:
    """An educator sends `/assign`, or what was asked for."""
    who = await visit(services, person_id)
    return await commit(services, await make_assignment.assign(services, who, text))
