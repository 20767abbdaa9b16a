"""Assignments close, and what is due about them is done in batches."""

from bot.base.time_units import DAY_MS
from bot.features.assignments.assignment_buttons import AssignmentVerb as Do
from bot.features.assignments.assignment_draft import AssignmentDraft, What
from bot.features.assignments.choose_cases import fitting
from bot.features.assignments.count_unnamed import UnnamedCount
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.jobs.due_jobs import DUE_JOBS, AsOf
from bot.services import Services
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.cohort_facts import CohortClosed, CohortJoined
from storage.facts import PersonForgotten
from storage.outcome import Outcome
from storage.tallying import Tally
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import command, do_due, pass_time, task
from tests.support.cohorts import COHORT, set_up_assignment, set_up_cohort
from tests.support.served_chats import later
from tests.support.services import commit
from tests.support.sittings import current, press, said

EVE = 7_310_420_009
WORK = 71


async def test_members_without_a_name_are_counted_at_closing(services: Services) -> None:
    """Without those who have one, and only if enough of them have finished."""
    unnamed = range(1000, 1007)
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN], unnamed)
    await set_up_assignment(services, WORK, "exam")
    await do_due(services)
    for one in (ADA, BEN, *unnamed[:6]):
        await task(services, one, WORK, Do.DO)
        sitting = await services.store.sittings.current(one)
        assert sitting is not None
        await press(services, sitting, SittingVerb.CHOOSE, 0, 1, person_id=one)
        await press(services, sitting, SittingVerb.HAND_IN, person_id=one)
    await pass_time(services, 8 * DAY_MS)
    counts = await services.store.cohorts.counts(COHORT, "assignment")
    kept = UnnamedCount.from_json(counts[WORK])
    # All were on time, and took the right choice of the first question: that is not said.
    assert (kept.people, kept.of, kept.on_time) == (6, 7, 5)
    assert kept.questions[0].right == 5
    assert kept.questions[0].choices == (0, 0, 0)
    assert kept.questions[1].right == 1


async def test_many_members_are_told_bit_by_bit(services: Services) -> None:
    """Never more than a batch in one commit."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA], range(1000, 1250))
    await set_up_assignment(services, WORK)
    owed = await do_due(services)
    assert len(owed) == 251
    assert all(call.broadcast for call in owed)
    assert len(await services.store.assignments.people(WORK)) == 251


async def test_a_closed_cohort_ends_what_is_under_way(services: Services) -> None:
    """And an erased member is in none of it."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA, BEN])
    await set_up_assignment(services, WORK, "exam", explained="after_due")
    await do_due(services)
    await task(services, ADA, WORK, Do.DO)
    sitting = await current(services)
    await commit(services, Outcome((PersonForgotten(BEN),)))
    await commit(services, Outcome((CohortClosed(COHORT, NOW),)))
    over = await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    assert over.toast is not None
    assert over.toast.text.startswith("Cancelled at")
    assert await pass_time(services, 30 * DAY_MS) == []


async def test_what_others_chose_tells_no_alias_apart(services: Services) -> None:
    """An educator knows the answers of four who are named: the fifth is in no tally of the case."""
    named, alias = range(1000, 1004), 2000
    await set_up_cohort(services.store, NOW, [EVE], named, [alias])
    await set_up_assignment(services, WORK, "exam", explained="after_due", cases=1)
    await do_due(services)
    for one in (*named, alias):
        await task(services, one, WORK, Do.DO)
        sitting = await services.store.sittings.current(one)
        assert sitting is not None
        await press(services, sitting, SittingVerb.CHOOSE, 0, int(one != alias), person_id=one)
        await press(services, sitting, SittingVerb.HAND_IN, person_id=one)
    await pass_time(services, 8 * DAY_MS)
    (answer, *_) = await services.store.assignments.answers(WORK)
    snapshot = Snapshot.from_json((await services.store.assignments.cases(WORK))[0].snapshot)
    wanted = (0, revision_of(snapshot, answer.position))
    tallies = (await services.store.votes.past({wanted})).tallies[wanted[1]]
    assert tallies.all == Tally(4, {1: 4})


async def test_nobody_has_more_time_once_it_closes(services: Services) -> None:
    """Some may know the key by then, though the closing itself is still to come."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK, "exam", explained="after_due")
    await do_due(services)
    later(services, 7 * DAY_MS)
    minute = f"{(NOW + 7 * DAY_MS) // 60_000:x}"
    for verb, value in ((Do.EXTEND, f"{minute}-7"), (Do.VOID, "")):
        refused = await task(services, EVE, WORK, verb, value)
        assert refused.toast is not None
        assert "That assignment is over." in refused.toast.text
    typed = await command(services, EVE, f"extend {WORK} 2030-01-01")
    assert "That assignment is over" in said(typed.owed[0])
    one = await services.store.assignments.get(WORK)
    assert one is not None
    assert (one.due_at, one.cancelled_at) == (NOW + 7 * DAY_MS, None)


async def test_who_joined_later_is_not_behind(services: Services) -> None:
    """The page of an assignment that is closed lists those who had it to do."""
    await set_up_cohort(services.store, NOW, [EVE], [ADA])
    await set_up_assignment(services, WORK)
    await do_due(services)
    await pass_time(services, 8 * DAY_MS)
    joined = CohortJoined(COHORT, BEN, "member", "Benedict", None, True, 1, NOW + 8 * DAY_MS)
    await commit(services, Outcome((joined,)))
    page = said((await task(services, EVE, WORK, Do.PAGE)).owed[0])
    assert "Not begun: 1" in page
    assert "Benedict" not in page


async def test_the_weakest_ten_are_the_cohort_s(services: Services) -> None:
    """As far as five people at least stand behind a figure; else those of everybody."""
    people = [ADA, BEN, 1001, 1002, 1003]
    await set_up_cohort(services.store, NOW - 1, [EVE], people)
    await set_up_assignment(services, WORK, "exam")
    await do_due(services)
    ids = [case.case_id for case in await services.store.assignments.cases(WORK)]
    for n, one in enumerate(people):
        await task(services, one, WORK, Do.DO)
        sitting = await services.store.sittings.current(one)
        assert sitting is not None
        for place in range(6):
            # The second case is answered right by nobody, the others by all but one.
            right = place // 2 != 1 and n > 0
            await press(
                services, sitting, SittingVerb.CHOOSE, place, 1 if right else 0, person_id=one
            )
        await press(services, sitting, SittingVerb.HAND_IN, person_id=one)
    weakest = AssignmentDraft(COHORT, What.WEAKEST)
    before = await fitting(services, EVE, weakest)
    assert before[0].id == ids[1]
    await pass_time(services, 8 * DAY_MS)
    after = await fitting(services, EVE, weakest)
    assert after[0].id == ids[1]
    assert len(after) == 3


async def test_no_more_falls_due_at_once_than_is_asked_for(services: Services) -> None:
    """Of openings, endings and news alike: the rest comes in the next batch."""
    people = range(1000, 1007)
    await set_up_cohort(services.store, NOW, [EVE], people)
    await set_up_assignment(services, WORK, "exam", explained="after_due")
    found = {job.name: job.find for job in DUE_JOBS}

    async def count(name: str) -> int:
        now = services.clock.now()
        return len(await found[name](services, AsOf(now, now), 3))

    assert await count("opening of an assignment") == 3
    await do_due(services)
    for one in people:
        await task(services, one, WORK, Do.DO)
        if one % 2:
            sitting = await services.store.sittings.current(one)
            assert sitting is not None
            await press(services, sitting, SittingVerb.HAND_IN, person_id=one)
    later(services, 7 * DAY_MS)
    assert await count("end of a sitting's assignment") == 3
    assert await count("explanation of an exam") == 3
    assert await count("closing of an assignment") == 0
    assert await count("news of an assignment") == 3
    await do_due(services)
    assert await count("explanation of an exam") == 0
    kept = await services.store.cohorts.counts(COHORT, "assignment")
    assert list(kept) == [WORK]
