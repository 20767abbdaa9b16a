"""The daily case when it is due: sent, let go, held back by night, or at rest."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.daily.send_daily import send_daily
from bot.features.daily.set_up_daily import daily
from bot.features.shared.visitors import Visitor, receive
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import SILENT_CASES, QuietHours
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from content.library import load_library
from storage.chat_facts import DailySet
from storage.chats import Daily
from storage.facts import CasePosted, PersonForgotten, PersonLeft, PersonMet
from storage.outcome import Outcome
from storage.practice_facts import ObjectivePaused
from tests.bot.features.cases.test_open_case import answer_case
from tests.storage.samples import ADA, BEN, GROUP, answered, posted
from tests.support.crowd import CASES, write_cases
from tests.support.services import StillClock, commit, services_with_cases

MONDAY = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
DUE = MONDAY + 7 * HOUR_MS + HOUR_MS // 2
PLAN = DailyPlan(Timetable(EVERY_DAY, 7 * 60 + 30, "UTC"))


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases, at the time when Ada's daily case is due."""
    async with services_with_cases(tmp_path, DUE) as services:
        await commit(services, Outcome((PersonMet(ADA, "en", DUE - DAY_MS), wanted())))
        yield services


def wanted(plan: DailyPlan = PLAN, due: int | None = DUE, unanswered: int = 0) -> DailySet:
    """Ada's daily case, due."""
    return DailySet(ADA, plan.timetable.to_json(), plan.quiet_json(), due, unanswered)


async def kept(services: Services) -> Daily:
    """Ada's plan as it is stored."""
    found = await services.store.chats.daily(ADA)
    assert found is not None
    return found


async def serve(services: Services, now: int | None = None) -> Outcome:
    """What comes of Ada's plan at an instant: by default, at the time when it is due."""
    plan = await kept(services)
    services.clock = StillClock(at=now or plan.next_due or 0)
    return await commit(services, await send_daily(services, plan))


def cases(outcome: Outcome) -> list[str]:
    """The cases that were sent."""
    return [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]


def texts(outcome: Outcome) -> list[str]:
    """What the messages say."""
    return [call.params["text"] for call in outcome.owed if "text" in call.params]


async def test_a_case_comes_when_it_is_due(services: Services) -> None:
    """A case not seen yet goes out behind what people wait for, and the next is due tomorrow."""
    outcome = await serve(services)
    assert len(cases(outcome)) == 1
    assert all(call.broadcast and call.chat_id == ADA for call in outcome.owed)
    assert outcome.owed[-1].method == "sendPoll"
    plan = await kept(services)
    assert (plan.next_due, plan.unanswered) == (DUE + DAY_MS, 1)


async def test_each_day_brings_another_case(services: Services) -> None:
    """No case comes twice while there are others."""
    sent = set()
    for _ in range(4):
        (given,) = cases(await serve(services))
        await answer_case(services, given)
        sent.add(given)
    assert len(sent) == 4


async def test_reviews_and_cases_come_in_turns(services: Services) -> None:
    """As long as any is due; a review counts as the day's item."""
    for case_id in ("made-0", "made-1"):
        question = services.library.cases[case_id].questions[0]
        long_ago = answered(ADA, None, case_id=case_id, question_id=question.id)
        await commit(services, Outcome((long_ago,)))
    purposes = []
    for _ in range(4):
        outcome = await serve(services)
        (given,) = [fact for fact in outcome.facts if isinstance(fact, CasePosted)]
        purposes.append(given.purpose)
        question = services.library.cases[given.case_id].questions[0]
        at = services.clock.now()
        named = {"case_id": given.case_id, "question_id": question.id, "answered_at": at}
        await commit(services, Outcome((answered(ADA, given.post_id, **named),)))
        assert (await kept(services)).unanswered == 0
    assert purposes == ["review", "case", "review", "case"]


async def test_a_review_left_open_is_not_put_again(services: Services) -> None:
    """It stands there still; another comes, or a case."""
    question = services.library.cases["made-0"].questions[0]
    long_ago = answered(ADA, None, case_id="made-0", question_id=question.id)
    await commit(services, Outcome((long_ago,)))
    purposes = []
    for _ in range(5):
        outcome = await serve(services)
        purposes += [fact.purpose for fact in outcome.facts if isinstance(fact, CasePosted)]
    assert purposes[0] == "review"
    assert "review" not in purposes[1:]


async def test_what_a_group_had_is_not_repeated_in_private(services: Services) -> None:
    """Of the groups where they answer, within a month; of other groups it may be."""
    there = [CasePosted(n, GROUP, None, f"made-{n}", "digest", DUE) for n in (0, 1)]
    now = answered(ADA, 0, case_id="made-0", question_id="q-0-a", answered_at=DUE)
    await commit(services, Outcome((*posted(9, BEN), *there, now)))
    sent = set()
    for _ in range(4):
        (given,) = cases(await serve(services))
        await answer_case(services, given)
        sent.add(given)
    assert sent == {f"made-{n}" for n in range(2, 6)}


async def test_not_today_and_fewer(services: Services) -> None:
    """Who says so is not silent; fewer days are three a week, then one, and no fewer."""
    await serve(services)
    who = await receive(services, Visitor(ADA, "en"))
    outcome = await commit(services, await daily(services, who, "not today"))
    assert outcome.toast is not None
    plan = await kept(services)
    assert (plan.next_due, plan.unanswered) == (DUE + DAY_MS, 0)
    for days in ("Mon, Wed, Fri", "Mon", "Mon"):
        outcome = await commit(services, await daily(services, who, "fewer"))
        assert f"{days} at 07:30" in texts(outcome)[0]


async def test_fewer_begins_nothing_that_was_stopped(services: Services) -> None:
    """An old button under an item of before says that it rests."""
    who = await receive(services, Visitor(ADA, "en"))
    await commit(services, await daily(services, who, "off"))
    for wish in ("fewer", "not today"):
        await commit(services, await daily(services, who, wish))
        assert (await kept(services)).next_due is None


async def test_under_a_daily_item_stand_ways_to_have_fewer(services: Services) -> None:
    """Below how sure they are, also in a review."""
    rows = (await serve(services)).owed[-1].params["reply_markup"]["inline_keyboard"]
    assert [button["text"] for button in rows[-1]] == ["Not today", "Fewer", "Stop"]


async def test_a_case_left_open_is_offered_once(services: Services) -> None:
    """The day after it; then comes another, so that one case keeps nobody from all others."""
    (given,) = cases(await serve(services))
    outcome = await serve(services)
    assert cases(outcome) == []
    title = services.library.cases[given].title
    assert texts(outcome) == [f"You have one open: {title}"]
    assert all(call.broadcast for call in outcome.owed)
    assert (await kept(services)).unanswered == 2
    (other,) = cases(await serve(services))
    assert other != given
    assert texts(await serve(services)) == [], "three days unanswered: every other day from now on"
    assert texts(await serve(services)) == [
        f"You have one open: {services.library.cases[other].title}"
    ]


async def test_a_day_slept_through_is_let_go(services: Services) -> None:
    """What is two hours late still comes; what is later than that waits for tomorrow."""
    outcome = await send_daily(services, await kept(services))
    assert len(cases(outcome)) == 1
    late = await serve(services, DUE + 2 * HOUR_MS + 1)
    assert late.owed == ()
    plan = await kept(services)
    assert (plan.next_due, plan.unanswered) == (DUE + DAY_MS, 0)


async def test_a_late_case_waits_for_the_end_of_the_night(services: Services) -> None:
    """Missed shortly before the quiet hours, it comes right after them."""
    plan = DailyPlan(Timetable(EVERY_DAY, 22 * 60, "UTC"), QuietHours(23 * 60, 7 * 60))
    due = MONDAY + 22 * HOUR_MS
    await commit(services, Outcome((wanted(plan, due),)))
    late = await serve(services, due + HOUR_MS + 1)
    assert late.owed == ()
    assert (await kept(services)).next_due == MONDAY + DAY_MS + 7 * HOUR_MS
    assert len(cases(await serve(services))) == 1
    assert due + DAY_MS == (await kept(services)).next_due


async def test_a_time_in_the_quiet_hours_waits_for_their_end(services: Services) -> None:
    """A plan for 06:00 with quiet hours until 07:00 is a plan for 07:00."""
    plan = DailyPlan(Timetable(EVERY_DAY, 6 * 60, "UTC"), QuietHours(22 * 60, 7 * 60))
    due = plan.due_after(MONDAY)
    assert due == MONDAY + 7 * HOUR_MS
    await commit(services, Outcome((wanted(plan, due),)))
    assert len(cases(await serve(services))) == 1
    assert (await kept(services)).next_due == MONDAY + DAY_MS + 7 * HOUR_MS


async def test_it_stops_by_itself(services: Services) -> None:
    """After three days unanswered every other day, after six weekly; after nine a line, once."""
    days = []
    for day in range(37):
        outcome = await serve(services)
        days += [day] if outcome.owed else []
    assert days == [0, 1, 2, 4, 6, 8, 15, 22, 29, 36]
    assert cases(outcome) == []
    (line,) = texts(outcome)
    assert "9 in a row went unanswered" in line
    plan = await kept(services)
    assert (plan.next_due, plan.unanswered) == (None, 0)
    assert await services.store.chats.daily_due(DUE + 100 * DAY_MS) == []


async def test_who_asks_hears_that_it_comes_less_often(services: Services) -> None:
    """And how it comes as planned again."""
    who = await receive(services, Visitor(ADA, "en"))
    assert "The next one:" in texts(await daily(services, who, ""))[0]
    for unanswered, days in ((3, 2), (6, 7)):
        await commit(services, Outcome((wanted(unanswered=unanswered),)))
        (told, *_) = texts(await daily(services, who, ""))
        assert f"one comes every {days} days, until you answer one." in told
        assert "The next one:" not in told


async def test_the_line_that_it_rests_waits_for_the_end_of_the_night(services: Services) -> None:
    """Due while the bot was down, and found in the quiet hours, it comes after them."""
    plan = DailyPlan(Timetable(EVERY_DAY, 21 * 60, "UTC"), QuietHours(22 * 60, 7 * 60))
    due = MONDAY + 21 * HOUR_MS
    await commit(services, Outcome((wanted(plan, due, SILENT_CASES),)))
    assert (await serve(services, due + 2 * HOUR_MS)).owed == ()
    assert (await kept(services)).next_due == MONDAY + DAY_MS + 7 * HOUR_MS
    assert "went unanswered" in texts(await serve(services))[0]
    assert (await kept(services)).next_due is None


async def test_any_answer_in_private_keeps_it_coming(services: Services) -> None:
    """An answer, to this case or another, begins the count anew."""
    for _ in range(SILENT_CASES):
        await serve(services)
    await commit(services, Outcome((answered(ADA, None),)))
    assert (await kept(services)).unanswered == 0
    assert len(cases(await serve(services))) == 1


async def test_a_vote_in_a_group_keeps_nothing_coming(services: Services) -> None:
    """Who answers in the ward's group alone has no use for a case a day in private."""
    await serve(services)
    there = CasePosted(7, GROUP, None, "lumps", "digest", DUE)
    await commit(services, Outcome((*posted(6), there, answered(ADA, 7))))
    assert (await kept(services)).unanswered == 1
    await commit(services, Outcome((answered(ADA, 6),)))
    assert (await kept(services)).unanswered == 0


async def test_nobody_is_written_to_who_blocked_the_bot(services: Services) -> None:
    """Nothing is sent, and after nine days the plan rests without a word."""
    await commit(services, Outcome((PersonLeft(ADA, DUE),)))
    for _ in range(SILENT_CASES + 1):
        assert (await serve(services)).owed == ()
    assert (await kept(services)).next_due is None


async def test_who_comes_back_soon_finds_the_plan_as_it_was(services: Services) -> None:
    """Blocked for a day, unblocked on the next: the case comes."""
    await commit(services, Outcome((PersonLeft(ADA, DUE),)))
    await serve(services)
    await commit(services, Outcome((PersonMet(ADA, "en", DUE + 1),)))
    assert len(cases(await serve(services))) == 1


async def test_with_nothing_left_it_waits_for_new_cases(services: Services, tmp_path: Path) -> None:
    """All seen: what is not yet right comes again, and is said to. All right: a line, once."""
    for case_id, case in services.library.cases.items():
        for question in case.questions:
            paused = ObjectivePaused(ADA, f"{case_id}/{question.id}", DUE)
            await commit(services, Outcome((paused,)))
    seen = set()
    for _ in range(CASES):
        outcome = await serve(services)
        (given,) = cases(outcome)
        assert not any("Once more" in text for text in texts(outcome))
        await answer_case(services, given, verdict="wrong")
        seen.add(given)
    assert len(seen) == CASES
    outcome = await serve(services)
    assert "Once more" in texts(outcome)[0]
    (again,) = cases(outcome)
    assert again in seen
    for case_id, case in services.library.cases.items():
        await commit(
            services,
            Outcome(
                tuple(
                    answered(ADA, None, case_id=case_id, question_id=question.id)
                    for question in case.questions
                )
            ),
        )
    outcome = await serve(services)
    assert "You have answered every case right" in texts(outcome)[0]
    due = (await kept(services)).next_due
    assert due is not None
    assert (await serve(services)).owed == ()
    assert (await kept(services)).next_due == due + DAY_MS
    asked = await daily(services, await receive(services, Visitor(ADA, "en")), "")
    assert "You have answered every case right" in texts(asked)[-1]
    services.library = load_library(write_cases(tmp_path / "more", CASES + 1))
    assert cases(await serve(services)) == [f"made-{CASES}"]
    assert (await kept(services)).unanswered == 1


async def test_a_clock_set_back_brings_nothing_twice(services: Services) -> None:
    """The next due time lies behind the one just served, whatever the clock says."""
    outcome = await serve(services, DUE - 3 * HOUR_MS)
    assert len(cases(outcome)) == 1
    assert (await kept(services)).next_due == DUE + DAY_MS


async def test_what_was_served_is_not_served_again(services: Services) -> None:
    """Where its due time comes a second time, since it was derived again, it is passed over."""
    assert len(cases(await serve(services))) == 1
    await commit(services, Outcome((wanted(unanswered=1),)))
    assert (await serve(services, DUE + 1)).owed == ()
    plan = await kept(services)
    assert (plan.next_due, plan.unanswered) == (DUE + DAY_MS, 1)


async def test_forgetting_ends_it(services: Services) -> None:
    """Who is forgotten has no plan any more."""
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert await services.store.chats.daily(ADA) is None


async def test_a_plan_survives_being_stored() -> None:
    """What is read is what was written."""
    quiet = replace(PLAN, quiet=QuietHours(22 * 60, 7 * 60))
    for plan in (PLAN, quiet):
        assert plan == DailyPlan.from_json(plan.timetable.to_json(), plan.quiet_json())
