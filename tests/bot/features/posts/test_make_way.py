"""A scheduled case and what is still open: the old one ends first, and its results come first."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS, MINUTE_MS
from bot.features.posts.post_case import post_case
from bot.features.shared.chat_settings import ChatSettings
from bot.jobs.due_jobs import DUE_JOBS, AsOf
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.chat_facts import CaseHeld
from storage.facts import CasePosted
from storage.outcome import Outcome
from storage.question_facts import ClosingDue, QuestionClosed, QuestionPut
from tests.storage.samples import GROUP
from tests.support.served_chats import BUTTONS, POLLS, join, later, put, said, send_all, served
from tests.support.services import commit, only_case, services_with_cases

DUE = 1_772_409_600_000 + 7 * HOUR_MS  # 2026-03-02, 07:00 UTC
TIMETABLE = Timetable(EVERY_DAY, 7 * 60, "UTC")
DAILY = replace(POLLS, timetable=TIMETABLE)
JOBS = {job.name: job.find for job in DUE_JOBS}


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases of two questions, at the time when a group's case is due."""
    async with services_with_cases(tmp_path, DUE) as services:
        yield services


async def happens(services: Services, *jobs: str) -> list[Outcome]:
    """What comes of these kinds of due things now, in this order; all is sent."""
    now, outcomes = services.clock.now(), list[Outcome]()
    for job in jobs:
        found = await JOBS[job](services, AsOf(now, now - 3000), 100)
        outcomes += [await commit(services, await task.act()) for task in found]
        await send_all(services)
    return outcomes


def facts(outcomes: list[Outcome], kind: type[Any]) -> list[Any]:
    """What happened of a kind."""
    return [fact for one in outcomes for fact in one.facts if isinstance(fact, kind)]


def methods(outcomes: list[Outcome]) -> list[str]:
    """What was sent, in order."""
    return [call.method for one in outcomes for call in one.owed]


async def yesterday(services: Services, settings: ChatSettings = DAILY, ago: int = DAY_MS) -> None:
    """A case came a while ago and took four seconds to arrive; now the next one is due."""
    services.clock = replace(services.clock, at=DUE - ago)
    group = await join(services, settings, due=DUE)
    case = next(iter(services.library.cases.values()))
    await commit(services, await post_case(services, group, case))
    later(services, 4000)
    await send_all(services)
    services.clock = replace(services.clock, at=DUE)


@pytest.mark.parametrize("settings", [DAILY, replace(DAILY, layout=BUTTONS.layout)])
async def test_results_of_yesterday_come_before_the_case_of_today(
    services: Services, tmp_path: Path, settings: ChatSettings
) -> None:
    """The old question ends at once, some seconds early; its results come, and then the case."""
    only_case(services, tmp_path / "own")
    await yesterday(services, settings)
    ending = await happens(services, "schedule", "closing")
    assert [fact.closes_at for fact in facts(ending, ClosingDue)] == [DUE]
    poll = settings.layout is not BUTTONS.layout
    assert methods(ending) == (["stopPoll"] if poll else [])
    later(services, 3000)
    results = await happens(services, "schedule", "closing")
    assert facts(results, CasePosted) == []
    assert "Time is up" in said(results[-1].owed[0])
    later(services, 1000)
    case = await happens(services, "schedule")
    assert [fact.due_at for fact in facts(case, CasePosted)] == [DUE]
    assert (await served(services)).chat.next_due == DUE + DAY_MS


async def test_what_was_missed_with_the_bot_down_comes_in_order(
    services: Services, tmp_path: Path
) -> None:
    """Until all that people did has been read nothing closes; the case waits for that too."""
    only_case(services, tmp_path / "own")
    await yesterday(services)
    later(services, HOUR_MS)
    for _ in range(3):
        assert facts(await happens(services, "schedule"), CasePosted) == []
        later(services, 1000)
    both = await happens(services, "closing", "schedule")
    assert len(facts(both, QuestionClosed)) == len(facts(both, CasePosted)) == 1


async def test_a_waiting_case_is_not_looked_at_all_the_time(
    services: Services, tmp_path: Path
) -> None:
    """Nor does it keep other chats from being looked at."""
    only_case(services, tmp_path / "own")
    await yesterday(services)
    assert len(await happens(services, "schedule")) == 1
    assert await happens(services, "schedule") == []
    assert await services.store.chats.next_due(3000) == DUE + 1000


async def test_a_second_question_takes_the_next_time_of_the_schedule(services: Services) -> None:
    """No other case comes between the questions of one; the one after it comes a day later."""
    await yesterday(services)
    await happens(services, "schedule")
    later(services, 3000)
    second = await happens(services, "closing", "schedule")
    assert [fact.position for fact in facts(second, QuestionPut)] == [1]
    later(services, DAY_MS - 3000)
    for _ in range(4):
        assert facts(await happens(services, "schedule", "closing"), QuestionPut) == []
        later(services, 1000)
    third = await happens(services, "schedule", "closing", "schedule")
    assert [fact.due_at for fact in facts(third, CasePosted)] == [DUE + DAY_MS]
    assert await services.store.questions.open_in(GROUP) != []


async def test_a_case_of_two_questions_asked_for_just_before_is_waited_for(
    services: Services,
) -> None:
    """It goes on for half an hour each; then the case that was due comes."""
    await yesterday(services, replace(DAILY, open_for=1800), ago=10 * MINUTE_MS)
    came = []
    for minute in range(61):
        outcomes = await happens(services, "closing", "schedule")
        came += [(minute, fact.position) for fact in facts(outcomes, QuestionPut)]
        later(services, MINUTE_MS)
    # The first ended after 30 minutes, of which 20 were left; so did the second.
    assert came == [(21, 1), (52, 0)]


async def test_a_case_that_was_waited_for_too_long_is_let_go(services: Services) -> None:
    """Two hours, as one that was missed."""
    await yesterday(services, replace(DAILY, open_for=2 * 60 * 60), ago=10 * MINUTE_MS)
    for _ in range(5 * 60):
        assert facts(await happens(services, "closing", "schedule"), CasePosted) == []
        later(services, MINUTE_MS)
    assert (await served(services)).chat.next_due == DUE + DAY_MS


async def test_one_that_has_long_to_go_stays_open_beside_the_new_one(
    services: Services, tmp_path: Path
) -> None:
    """Cases open for two days, one each day: as the chat chose."""
    only_case(services, tmp_path / "own")
    await yesterday(services, replace(DAILY, open_for=2 * 24 * 60 * 60))
    assert len(facts(await happens(services, "schedule"), CasePosted)) == 1
    assert len(await services.store.questions.open_in(GROUP)) == 2


async def test_another_topic_of_the_forum_is_not_waited_for(
    services: Services, tmp_path: Path
) -> None:
    """Its results come there."""
    only_case(services, tmp_path / "own")
    await yesterday(services)
    await join(services, replace(DAILY, thread_id=77), due=DUE)
    assert len(facts(await happens(services, "schedule"), CasePosted)) == 1


async def test_what_has_not_arrived_yet_is_not_overtaken(
    services: Services, tmp_path: Path
) -> None:
    """Telegram could not be reached for a day: no pile of cases."""
    case = only_case(services, tmp_path / "own")
    services.clock = replace(services.clock, at=DUE - DAY_MS)
    await put(services, await join(services, DAILY, due=DUE), case, sent=False)
    services.clock = replace(services.clock, at=DUE)
    (task,) = await JOBS["schedule"](services, AsOf(DUE, DUE), 100)
    outcome = await task.act()
    assert (outcome.owed, [type(fact) for fact in outcome.facts]) == ((), [CaseHeld])


async def test_a_clock_that_was_ahead_holds_no_case_for_ever(
    services: Services, tmp_path: Path
) -> None:
    """What is held beyond a minute was held by a wrong clock."""
    only_case(services, tmp_path / "own")
    await join(services, DAILY, due=DUE)
    await commit(services, Outcome((CaseHeld(GROUP, DUE + DAY_MS),)))
    assert len(facts(await happens(services, "schedule"), CasePosted)) == 1
