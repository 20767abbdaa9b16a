"""`/assign`: what is assigned is chosen by buttons and typed words, and made as it then is."""

from datetime import UTC, datetime

import pytest

from bot.base.time_units import DAY_MS
from bot.features.assignments.assignment_buttons import AssignmentVerb as Do
from bot.services import Services
from content.codes import case_code
from storage.assignments import Assignment
from storage.case_mark_facts import CaseSaved
from storage.cohort_facts import CohortClosed, CohortJoined, CohortMade
from storage.flag_facts import CommandAwaited
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN, NOW
from tests.support.assignments import choose, command, do_due, pass_time, task
from tests.support.cohorts import COHORT, set_up_cohort
from tests.support.services import commit
from tests.support.sittings import labels, said

# NOW is Tuesday, 14 November 2023, 22:13 UTC.


def ms(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    """UTC milliseconds."""
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp() * 1000)


async def made(services: Services) -> Assignment:
    """The assignment that was made last."""
    return (await services.store.assignments.of_cohort(COHORT))[0]


async def page(services: Services) -> Outcome:
    """Ada, who teaches, begins a new one."""
    await set_up_cohort(services.store, NOW, [ADA], [BEN], zone="America/New_York")
    listed = await command(services, ADA)
    assert "None yet." in said(listed.owed[0])
    assert labels(listed) == ["New assignment"]
    return await choose(services, ADA, f"new:{COHORT:x}")


async def test_it_is_made_as_it_was_chosen(services: Services) -> None:
    """An exam of five, from Monday for two weeks, late work refused, explained after due."""
    first = await page(services)
    assert "What: all topics, 6 cases" in said(first.owed[0])
    for data in ("size:5", "mode:exam", "explained:1", "opens:monday", "due:fortnight", "late:0"):
        shown = await choose(services, ADA, data)
    assert "What: all topics, 5 cases of 6" in said(shown.owed[0])
    assert "Opens: Mon 20 Nov, 08:00 (New York)" in said(shown.owed[0])
    assert "Due: Mon 4 Dec, 23:59 (New York)" in said(shown.owed[0])
    assert {"✓ Exam", "✓ Monday 8:00", "✓ In two weeks", "✓ Late: refused"} <= {*labels(shown)}
    done = await choose(services, ADA, "make:")
    assert "5 cases, exam, explained when the assignment closes" in said(done.owed[0])
    one = await made(services)
    assert (one.mode, one.explained, one.late) == ("exam", "after_due", False)
    assert one.opens_at == ms(2023, 11, 20, 13)
    assert one.due_at == one.closes_at == ms(2023, 12, 5, 4, 59)
    assert len(await services.store.assignments.cases(one.id)) == 5
    again = await choose(services, ADA, "make:")
    assert again.toast is not None
    assert await pass_time(services, 5 * DAY_MS) == []
    given = await pass_time(services, DAY_MS)
    assert [call.chat_id for call in given] == [BEN]


async def test_dates_are_typed(services: Services) -> None:
    """By the cohort's clocks; what cannot be is said why, and asked for once more."""
    await page(services)
    asked = await choose(services, ADA, "due:typed")
    assert CommandAwaited(ADA, "assign due", NOW) in asked.facts
    for text, told in (
        ("soon", "I could not read that as a date."),
        ("30 Feb", "There is no such day."),
        ("25:00", "No clock shows that time."),
        ("4/5", "either of two days"),
        ("2023-11-01", "That is past."),
    ):
        outcome = await command(services, ADA, f"due {text}")
        assert told in said(outcome.owed[0])
        assert any(isinstance(fact, CommandAwaited) for fact in outcome.facts)
    shown = await command(services, ADA, "due 24 Dec 18:00")
    assert "Due: Sun 24 Dec, 18:00 (New York)" in said(shown.owed[0])
    gap = await command(services, ADA, "due 10 March 2024 02:30")
    assert "skip that time. I take Sun 10 Mar, 03:30 (New York)" in said(gap.owed[0])
    twice = await command(services, ADA, "due 3 Nov 2024 01:30")
    assert "show that time twice. I take" in said(twice.owed[0])
    early = await command(services, ADA, "opens 5 Nov 2024")
    assert "It would be due before it opens." in said(early.owed[0])
    assert "Assign" not in labels(early)
    refused = await choose(services, ADA, "make:")
    assert refused.toast is not None
    far = await command(services, ADA, "due 2025-06-01")
    assert "That is more than a year ahead." in said(far.owed[0])


async def test_cases_are_named_by_code(services: Services) -> None:
    """All at once; one that is not known is named, and they are asked for once more."""
    await page(services)
    ids = list(services.library.cases)[:2]
    codes = [case_code(one) for one in ids]
    asked = await choose(services, ADA, "codes:")
    assert CommandAwaited(ADA, "assign codes", NOW) in asked.facts
    wrong = await command(services, ADA, f"codes {codes[0]}, <b>no")
    assert "&lt;b&gt;no" in str(wrong.owed[0].params["text"])
    shown = await command(services, ADA, f"codes {codes[1]} {codes[0]}, {codes[1]}")
    assert "What: cases by their codes, 2 cases" in said(shown.owed[0])
    await choose(services, ADA, "make:")
    cases = await services.store.assignments.cases((await made(services)).id)
    assert [case.case_id for case in cases] == [ids[1], ids[0]]


async def test_saved_cases_and_topics(services: Services) -> None:
    """What the cohort had before goes last."""
    await page(services)
    saved = list(services.library.cases)[:3]
    await commit(services, Outcome(tuple(CaseSaved(ADA, one, NOW) for one in saved)))
    await choose(services, ADA, "what:saved")
    await choose(services, ADA, "make:")
    await choose(services, ADA, f"new:{COHORT:x}")
    listed = await choose(services, ADA, "topics:0")
    topic = next(iter(services.library.topics))
    assert any(labels(listed))
    await choose(services, ADA, f"topic:{topic}")
    await choose(services, ADA, "size:5")
    await choose(services, ADA, "make:")
    cases = await services.store.assignments.cases((await made(services)).id)
    assert {case.case_id for case in cases[3:]} <= {*saved}
    none = await choose(services, ADA, f"new:{COHORT:x}")
    none = await choose(services, ADA, "topic:nothing")
    assert "No case fits that." in said(none.owed[0])
    assert "Assign" not in labels(none)


@pytest.mark.parametrize(
    "data",
    [
        "size:7",
        "mode:quiz",
        "opens:never",
        "due:x",
        "what:any",
        "cohort:zz",
        "new:zz",
        "x",
        "topics:a",
        "new:ffffffffffffffffff",
        "cohort:-1",
    ],
)
async def test_what_is_forged_changes_nothing(services: Services, data: str) -> None:
    """It is an old button."""
    await page(services)
    before = await services.store.assignments.draft(ADA)
    outcome = await choose(services, ADA, data)
    assert outcome.toast is not None
    assert await services.store.assignments.draft(ADA) == before


async def test_only_educators_assign(services: Services) -> None:
    """Of a cohort that is open: whoever else tries is told where cohorts are made."""
    await page(services)
    await choose(services, BEN, f"new:{COHORT:x}")
    assert await services.store.assignments.draft(BEN) is None
    none = await command(services, BEN)
    assert "You teach no open cohort" in said(none.owed[0])
    await commit(services, Outcome((CohortClosed(COHORT, NOW),)))
    gone = await choose(services, ADA, "make:")
    assert "You teach no open cohort" in said(gone.owed[0])
    assert await services.store.assignments.of_cohort(COHORT) == []


async def test_of_several_cohorts_one_is_chosen(services: Services) -> None:
    """By the command's number, by buttons, and for what is being set up."""
    await page(services)
    other = CohortMade(42, "Residents", "UTC", NOW)
    joined = CohortJoined(42, ADA, "educator", "Ada", None, True, 0, NOW)
    await commit(services, Outcome((other, joined)))
    which = await command(services, ADA)
    assert "Which cohort?" in said(which.owed[0])
    assert "Residents" in said((await command(services, ADA, "42")).owed[0])
    await choose(services, ADA, "cohorts:")
    shown = await choose(services, ADA, "cohort:2a")
    assert "New assignment for Residents" in said(shown.owed[0])
    foreign = await choose(services, ADA, "cohort:63")
    assert "You teach no open cohort" in said(foreign.owed[0])


async def test_an_educator_sees_to_it(services: Services) -> None:
    """How far named members are; more time, once a press; a reminder a day; cancelled for good."""
    await page(services)
    await choose(services, ADA, "make:")
    await do_due(services)
    one = await made(services)
    shown = await task(services, ADA, one.id, Do.PAGE)
    assert "Not begun: 1" in said(shown.owed[0])
    minute = f"{one.due_at // 60_000:x}"
    await task(services, ADA, one.id, Do.EXTEND, f"{minute}-1")
    again = await task(services, ADA, one.id, Do.EXTEND, f"{minute}-1")
    assert again.toast is not None
    later = await made(services)
    assert (later.due_at - one.due_at, later.closes_at - one.closes_at) == (DAY_MS, DAY_MS)
    (told,) = await do_due(services)
    assert "There is more time:" in said(told)
    await pass_time(services, 1)
    await task(services, ADA, one.id, Do.REMIND)
    (reminded,) = await do_due(services)
    assert "Not finished yet:" in said(reminded)
    twice = await task(services, ADA, one.id, Do.REMIND)
    assert twice.toast is not None
    assert "once a day" in twice.toast.text
    await task(services, ADA, one.id, Do.TYPED)
    earlier = await command(services, ADA, f"extend {one.id} tomorrow")
    assert "no later than it is due now" in said(earlier.owed[0])
    await command(services, ADA, f"extend {one.id} 24 Dec 18:00")
    assert (await made(services)).due_at == ms(2023, 12, 24, 23)
    await do_due(services)
    foreign = await task(services, BEN, one.id, Do.VOID)
    assert foreign.toast is not None
    await task(services, BEN, one.id, Do.DO)
    sure = await task(services, ADA, one.id, Do.CANCEL)
    assert "Cancel “6 cases”?" in said(sure.owed[0])
    await task(services, ADA, one.id, Do.VOID)
    (cancelled,) = await do_due(services)
    assert "Cancelled, and counts for nobody:" in said(cancelled)
    over = await task(services, ADA, one.id, Do.VOID)
    assert over.toast is not None
    assert await services.store.sittings.current(BEN) is None
    card = await task(services, BEN, one.id, Do.DO)
    assert "Cancelled" in said(card.owed[0])
    assert await pass_time(services, 60 * DAY_MS) == []


async def test_an_educator_tries_it(services: Services) -> None:
    """As practice of their own, which counts for nobody."""
    await page(services)
    await choose(services, ADA, "make:")
    one = await made(services)
    await task(services, ADA, one.id, Do.TRY)
    sitting = await services.store.sittings.current(ADA)
    assert sitting is not None
    assert (sitting.mode, sitting.assignment_id) == ("study", None)
    again = await task(services, ADA, one.id, Do.TRY)
    assert "You have a session open" in said(again.owed[0])
