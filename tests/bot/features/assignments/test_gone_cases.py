"""A case is taken out of the library while it is assigned."""

from pathlib import Path

from msgspec.structs import replace

from bot.features.assignments.assignment_buttons import AssignmentVerb as Do
from bot.features.assignments.give import give_on_joining
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.services import Services
from content.codes import case_code
from content.problems import Mark, problem_at
from storage.cohort_facts import CohortJoined
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import do_due, pass_time, task
from tests.support.cohorts import COHORT, set_up_assignment, set_up_cohort
from tests.support.services import commit
from tests.support.sittings import current, press, said, visit

EVE = 7_310_420_009
WORK = 71


async def test_a_case_out_of_the_library_counts_no_more(services: Services) -> None:
    """Scores are made again, and all are told once; what cannot be read is not taken for gone."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
    await set_up_assignment(services, WORK, "exam")
    await do_due(services)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    for place in range(6):
        await press(services, sitting, SittingVerb.CHOOSE, place, 1)
    await press(services, sitting, SittingVerb.HAND_IN)
    before = await services.store.sittings.get(sitting.id)
    whole = services.library
    gone = (await services.store.assignments.cases(WORK))[0].case_id
    left = {name: case for name, case in whole.cases.items() if name != gone}
    problem = problem_at(Path("x"), Mark(), "unreadable", "no")
    services.library = replace(whole, cases=left, _codes={}, problems=(problem,))
    assert await pass_time(services, 1) == []
    codes = {case_code(name): name for name in left}
    services.library = replace(whole, cases=left, _codes=codes)
    owed = await pass_time(services, 1)
    assert sorted(call.chat_id for call in owed) == sorted([EVE, ADA, BEN])
    assert all("taken out of the library" in said(call) for call in owed)
    after = await services.store.sittings.get(sitting.id)
    assert before is not None
    assert after is not None
    assert before.score == 6
    assert after.score == 4
    look = await task(services, ADA, WORK, Do.DO)
    assert "4 of 4 questions right" in said(look.owed[0])
    assert await pass_time(services, 1) == []


async def retire(services: Services, case_id: str) -> None:
    """A case is taken out of the library, and what follows is done."""
    left = {name: case for name, case in services.library.cases.items() if name != case_id}
    codes = {case_code(name): name for name in left}
    services.library = replace(services.library, cases=left, _codes=codes)
    await pass_time(services, 1)


async def test_a_case_goes_amid_an_exam(services: Services) -> None:
    """Its questions say so, and what stands there counts for nothing."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK, "exam")
    await do_due(services)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    for place in range(6):
        await press(services, sitting, SittingVerb.CHOOSE, place, 1)
    await retire(services, (await services.store.assignments.cases(WORK))[0].case_id)
    await press(services, sitting, SittingVerb.GO, 2)
    shown = await press(services, sitting, SittingVerb.GO, 0)
    assert "This case was taken out of the exam." in said(shown.owed[0])
    locked = await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    assert locked.toast is not None
    told = await press(services, sitting, SittingVerb.HAND_IN)
    assert "4 of 4 questions right" in said(told.owed[0])
    assert len(await services.store.assignments.answers(WORK)) == 4
    await retire(services, (await services.store.assignments.cases(WORK))[1].case_id)
    await retire(services, (await services.store.assignments.cases(WORK))[2].case_id)
    await commit(services, Outcome((CohortJoined(COHORT, BEN, "member", "B", None, True, 1, NOW),)))
    given = await give_on_joining(services, COHORT, BEN, (await visit(services)).words)
    await commit(services, given)
    nothing = await task(services, BEN, WORK, Do.DO)
    assert nothing.toast is not None
    assert "All its cases were taken out" in nothing.toast.text


async def test_a_case_with_another_id_is_not_gone(services: Services) -> None:
    """It is found by the code of its former id."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK)
    await do_due(services)
    gone = (await services.store.assignments.cases(WORK))[0].case_id
    left = {("new" if name == gone else name): c for name, c in services.library.cases.items()}
    codes = {case_code(name): name for name in left} | {case_code(gone): "new"}
    services.library = replace(services.library, cases=left, _codes=codes)
    assert await pass_time(services, 1) == []
