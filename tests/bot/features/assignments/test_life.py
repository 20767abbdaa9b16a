"""The life of an assignment: given, done, handed in, closed and counted."""

from bot.base.time_units import DAY_MS
from bot.features.assignments.assignment_buttons import AssignmentVerb as Do
from bot.features.assignments.count_unnamed import UnnamedCount
from bot.features.assignments.give import give_on_joining
from bot.features.assignments.own_assignments import Listed, own_assignments
from bot.features.cases.record_answer import PostedQuestion, Response, graded_answer
from bot.features.sittings.plan import time_for
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from content.snapshot import Snapshot
from storage.chat_facts import DailySet
from storage.cohort_facts import CohortJoined, CohortLeft
from storage.outcome import NOTHING, Outcome
from storage.sittings import SittingItem
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import do_due, pass_time, task
from tests.support.cohorts import COHORT, set_up_assignment, set_up_cohort
from tests.support.served_chats import later
from tests.support.services import commit
from tests.support.sittings import current, items, labels, press, said, visit

EVE = 7_310_420_009
WORK = 71


async def test_an_exam_that_is_explained_after_due_tells_nothing_before(
    services: Services,
) -> None:
    """Handed in, nothing of it is graded; when it closes, the score comes by itself."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
    await set_up_assignment(services, WORK, "exam", explained="after_due")
    given = await do_due(services)
    assert {call.chat_id for call in given} == {ADA, BEN}
    assert "Your cohort has something to do:" in said(given[0])
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    told = await press(services, sitting, SittingVerb.HAND_IN)
    assert "Handed in. How it went, and why, comes by itself on" in said(told.owed[0])
    assert "right" not in said(told.owed[0])
    assert not (await services.store.people.progress(ADA)).answered
    again = await task(services, ADA, WORK, Do.DO)
    assert "Handed in. How it went" in said(again.owed[0])
    why = await press(services, sitting, SittingVerb.WHY)
    assert why.owed == ()
    # Who has not begun is reminded; she is not.
    assert {call.chat_id for call in await pass_time(services, 6 * DAY_MS)} == {BEN}
    closed = await pass_time(services, DAY_MS)
    (results,) = [call for call in closed if call.chat_id == ADA and "explained" in said(call)]
    assert "1 of 6 questions right" in said(results)
    (for_educator,) = [call for call in closed if call.chat_id == EVE]
    assert "is closed" in said(for_educator)
    kept = await services.store.cohorts.counts(COHORT, "assignment")
    assert UnnamedCount.from_json(kept[WORK]) == UnnamedCount()
    look = await task(services, ADA, WORK, Do.DO)
    assert "1 of 6 questions right" in said(look.owed[0])
    assert labels(look)
    assert await items(services, sitting)


async def study_all(services: Services, answers: int) -> None:
    """Ada answers so many of her session's questions, one way or the other."""
    sitting = await current(services)
    open_ = [item for item in await items(services, sitting) if item.answer is None]
    for item in open_[:answers]:
        await answer_item(services, item)


async def answer_item(services: Services, item: SittingItem) -> None:
    """As a vote does it."""
    asked = PostedQuestion(Snapshot.from_json(item.snapshot), item.position, item.post_id)
    response = Response((1,), services.clock.now(), None)
    given = graded_answer(ADA, asked, response, first=True)
    await commit(services, Outcome((given,)))


async def test_a_session_counts_as_far_as_it_came_in_time(services: Services) -> None:
    """Late work refused: what is answered after it was due counts for her alone."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
    await set_up_assignment(services, WORK)
    await do_due(services)
    await task(services, ADA, WORK, Do.DO)
    await study_all(services, 2)
    await pass_time(services, 7 * DAY_MS - 1)
    await study_all(services, 1)
    later(services, 2)
    await study_all(services, 1)
    assert len(await services.store.assignments.answers(WORK)) == 3
    late = await task(services, BEN, WORK, Do.DO)
    assert "It is over, and you did not begin it." in said(late.owed[0])


async def test_what_is_late_may_be_taken(services: Services) -> None:
    """Until it closes: an exam begun late has time until then at most, and is handed in."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK, "exam", late=True, due_in=DAY_MS)
    await do_due(services)
    # What was to be told while nobody was there is not told once it is due.
    assert await pass_time(services, 3 * DAY_MS) == []
    card = await task(services, ADA, WORK, Do.SEE)
    assert "Late, but taken until" in said(card.owed[0])
    await pass_time(services, 5 * DAY_MS - 60_000)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    assert sitting.deadline == NOW + 8 * DAY_MS
    owed = await pass_time(services, 60_000)
    assert any("Time is up, and the exam is handed in" in said(call) for call in owed)
    one = await services.store.assignments.get(WORK)
    assert one is not None
    assert one.closed_at == NOW + 8 * DAY_MS


async def test_who_joins_late_has_a_week(services: Services) -> None:
    """At least; it closes no earlier than that, and nobody else has longer."""
    await set_up_cohort(services.store, NOW, [EVE], [BEN])
    await set_up_assignment(services, WORK, due_in=2 * DAY_MS)
    await pass_time(services, DAY_MS)
    joined = CohortJoined(COHORT, ADA, "member", "Ada", None, True, 1, NOW)
    await commit(services, Outcome((joined,)))
    words = (await visit(services)).words
    outcome = await commit(services, await give_on_joining(services, COHORT, ADA, words))
    assert "Your cohort has something to do:" in said(outcome.owed[0])
    assert not outcome.owed[0].broadcast
    again = await give_on_joining(services, COHORT, ADA, words)
    assigned = services.store.assignments.assigned
    ada, ben = await assigned(WORK, ADA), await assigned(WORK, BEN)
    assert ada is not None
    assert ben is not None
    assert (ada.due_at, ben.due_at) == (NOW + 8 * DAY_MS, NOW + 2 * DAY_MS)
    assert again == NOTHING
    await pass_time(services, 2 * DAY_MS)
    missed = await task(services, BEN, WORK, Do.DO)
    assert "It is over" in said(missed.owed[0])
    await task(services, ADA, WORK, Do.DO)
    assert (await current(services)).assignment_id == WORK
    await pass_time(services, 5 * DAY_MS)
    one = await services.store.assignments.get(WORK)
    assert one is not None
    assert one.closed_at is not None


async def test_who_leaves_and_comes_back_learns_no_key_meanwhile(services: Services) -> None:
    """What they handed in before is explained when it closes for all, however late that became."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
    await set_up_assignment(services, WORK, "exam", explained="after_due", due_in=2 * DAY_MS)
    await do_due(services)
    for one in (ADA, BEN):
        await task(services, one, WORK, Do.DO)
        sitting = await services.store.sittings.current(one)
        assert sitting is not None
        await press(services, sitting, SittingVerb.CHOOSE, 0, 1, person_id=one)
        await press(services, sitting, SittingVerb.HAND_IN, person_id=one)
        await commit(services, Outcome((CohortLeft(COHORT, one),)))
    await pass_time(services, DAY_MS)
    joined = CohortJoined(COHORT, ADA, "member", "Ada", None, True, 1, services.clock.now())
    await commit(services, Outcome((joined,)))
    words = (await visit(services)).words
    await commit(services, await give_on_joining(services, COHORT, ADA, words))
    assert await pass_time(services, 2 * DAY_MS) == []
    assert (await services.store.assignments.held_back(BEN)).sealed
    assert not (await services.store.people.progress(ADA)).answered
    await task(services, ADA, WORK, Do.DO)
    await press(services, await current(services), SittingVerb.HAND_IN)
    told = [call.chat_id for call in await pass_time(services, 6 * DAY_MS)]
    assert sorted(told) == sorted([ADA, ADA, BEN, EVE])
    assert not (await services.store.assignments.held_back(BEN)).ids


async def test_another_sitting_comes_first(services: Services) -> None:
    """One at a time, as anywhere; what is assigned is not left off, but can end before its end."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK, "exam")
    await set_up_assignment(services, WORK + 1)
    await do_due(services)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    other = await task(services, ADA, WORK + 1, Do.DO)
    assert "You have an exam open: 0 of 6 answered" in said(other.owed[0])
    assert "Cancel the exam" not in labels(other)
    left = await press(services, sitting, SittingVerb.VOID)
    assert left.toast is not None
    assert "one attempt" in left.toast.text
    await press(services, sitting, SittingVerb.HAND_IN)
    await task(services, ADA, WORK + 1, Do.DO)
    session = await current(services)
    sure = await press(services, session, SittingVerb.LEAVE)
    assert "Hand it in as it is? 0 of 3 done" in said(sure.owed[0])
    await press(services, session, SittingVerb.HAND_IN)
    assert await services.store.sittings.current(ADA) is None


async def test_a_member_s_list_shows_what_there_is(services: Services) -> None:
    """What is coming, to do, and done; not what was cancelled."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK)
    await set_up_assignment(services, WORK + 1, opens_in=DAY_MS)
    await set_up_assignment(services, WORK + 2)
    await do_due(services)
    await task(services, EVE, WORK + 2, Do.VOID)
    words = (await visit(services)).words
    listed = await own_assignments(services, COHORT, ADA, words)
    assert [line.partition(" · ")[2][:4] for line in listed.lines] == ["open", "due "]
    soon = await task(services, ADA, WORK + 1, Do.SEE)
    assert "Opens:" in said(soon.owed[0])
    assert "reply_markup" not in soon.owed[0].params
    forged = await task(services, ADA, WORK + 1, Do.DO)
    assert "Opens:" in said(forged.owed[0])
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.HAND_IN)
    listed = await own_assignments(services, COHORT, ADA, words)
    assert "handed in" in listed.lines[1]
    assert await own_assignments(services, 99, ADA, words) == Listed((), ())


async def test_more_time_is_there_for_an_exam_under_way(services: Services) -> None:
    """What was cut short by the time by which it was due has the whole of its own again."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK, "exam", due_in=DAY_MS)
    await do_due(services)
    await pass_time(services, DAY_MS - 60_000)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    assert sitting.deadline == NOW + DAY_MS
    minute = f"{(NOW + DAY_MS) // 60_000:x}"
    await task(services, EVE, WORK, Do.EXTEND, f"{minute}-7")
    longer = await current(services)
    assert longer.deadline == sitting.begun_at + time_for(6)


async def test_a_page_that_is_owed_is_known_to_name_members(services: Services) -> None:
    """So that whoever has themselves erased is blotted out of it."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA], [BEN])
    await set_up_assignment(services, WORK)
    await do_due(services)
    await task(services, EVE, WORK, Do.PAGE)
    for person_id, times in ((ADA, 1), (BEN, 0)):
        kept = await services.store.people.everything(person_id)
        assert len(kept["said_of_you_in_messages_not_yet_sent"]) == times


async def test_a_reminder_is_one_though_the_member_moves(services: Services) -> None:
    """To another time zone, by which other hours are quiet: no more time is told of."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK)
    await do_due(services)
    timetable = Timetable(EVERY_DAY, 450, "Asia/Tokyo")
    moved = DailySet(ADA, timetable.to_json(), None, None)
    await commit(services, Outcome((moved,)))
    (told,) = await pass_time(services, 6 * DAY_MS)
    assert "Not finished yet:" in said(told)
