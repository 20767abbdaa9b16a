"""What is assigned comes by nothing else."""

from bot.base.time_units import DAY_MS
from bot.features.assignments.assignment_buttons import AssignmentVerb as Do
from bot.features.cases.choose_case import Named
from bot.features.cases.private_post import post_facts
from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from bot.features.cases.send_case import next_case, send_case
from bot.features.practice.send_review import review
from bot.features.sittings import set_up
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.services import Services
from content.snapshot import Snapshot
from storage.cohort_facts import CohortLeft
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import do_due, pass_time, task
from tests.support.cohorts import COHORT, set_up_assignment, set_up_cohort
from tests.support.served_chats import later
from tests.support.services import commit
from tests.support.sittings import SCREEN, current, items, press, said, visit

EVE = 7_310_420_009
WORK = 71


async def test_leaving_tells_the_key_no_sooner(services: Services) -> None:
    """What was handed in is practice of her own, explained when the others' is."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
    await set_up_assignment(services, WORK, "exam", explained="after_due")
    await do_due(services)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    await commit(services, Outcome((CohortLeft(COHORT, ADA),)))
    told = await press(services, sitting, SittingVerb.HAND_IN)
    assert "Handed in. How it went" in said(told.owed[0])
    pressed = await task(services, ADA, WORK, Do.DO)
    assert pressed.toast is not None
    assert "You do not have that to do" in pressed.toast.text
    case = Snapshot.from_json((await items(services, sitting))[0].snapshot).case
    asked = await send_case(services, await visit(services), Named(case.id))
    assert "That case is in an exam of your cohort" in said(asked.owed[0])
    owed = await pass_time(services, 7 * DAY_MS)
    assert any("1 of 6 questions right" in said(call) for call in owed)
    assert await services.store.assignments.answers(WORK) == []


async def test_what_is_assigned_comes_by_nothing_else(services: Services) -> None:
    """Neither by an unnamed case nor in practice; named, unless an exam asks it; then again."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK, cases=6)
    await do_due(services)
    who = await visit(services)
    none = await next_case(services, who)
    assert "your cohort has to do" in said(none.owed[0])
    practice = await set_up.practice(services, who, "")
    assert "0 cases fit." in said(practice.owed[0])
    every = await set_up.change(services, who, "10-all-study-", SCREEN)
    assert "0 cases fit." in said(every.owed[0])
    case = next(iter(services.library.cases.values()))
    named = await send_case(services, who, Named(case.id))
    assert named.owed[-1].poll is not None
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.HAND_IN)
    assert (await next_case(services, who)).owed[-1].poll is not None


async def test_reviews_of_what_is_assigned_wait(services: Services) -> None:
    """Until it is handed in they are not due, whatever was answered before."""
    case = next(iter(services.library.cases.values()))
    snapshot = services.library.snapshot(case)
    facts, post_id = post_facts(services, snapshot, ADA)
    asked = PostedQuestion(snapshot, 0, post_id)
    given = graded_answer(ADA, asked, Response((0,), NOW, None), first=True)
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await commit(services, Outcome((*facts, given)))
    await set_up_assignment(services, WORK, due_in=100 * DAY_MS)
    later(services, 30 * DAY_MS)
    who = await visit(services)
    assert (await review(services, who)).owed[-1].poll is not None
    await do_due(services)
    none = await review(services, who)
    assert none.owed[-1].poll is None
    assert "Nothing" in said(none.owed[-1])
