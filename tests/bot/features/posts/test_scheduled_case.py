"""A chat's schedule when it is due: the case comes once, of several missed the latest."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.posts.scheduled_case import post_scheduled_case
from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.chat_facts import ChatWarned
from storage.facts import CasePosted
from storage.outcome import Outcome
from storage.question_facts import QuestionPut
from tests.storage.samples import ADA
from tests.support.served_chats import POLLS, end_all, join, later, said, served
from tests.support.services import commit, services_with_cases

MONDAY = 1_772_409_600_000  # 2026-03-02, 00:00 UTC
DUE = MONDAY + 7 * HOUR_MS + HOUR_MS // 2
DAILY = replace(POLLS, timetable=Timetable(EVERY_DAY, 7 * 60 + 30, "UTC"))


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot at the time when a group's case is due."""
    async with services_with_cases(tmp_path, DUE) as services:
        yield services


async def fall_due(services: Services) -> Outcome:
    """What comes of the group's schedule now; it is recorded too."""
    return await commit(services, await post_scheduled_case(services, await served(services)))


def posted(outcome: Outcome) -> list[int | None]:
    """When the cases that were posted were due."""
    return [fact.due_at for fact in outcome.facts if isinstance(fact, CasePosted)]


async def next_due(services: Services) -> int | None:
    """When the group's next case is due."""
    return (await served(services)).chat.next_due


async def test_a_case_comes_when_it_is_due(services: Services) -> None:
    """Behind what people wait for; and the next one tomorrow."""
    await join(services, DAILY, due=DUE, digest_due=DUE + HOUR_MS)
    outcome = await fall_due(services)
    assert posted(outcome) == [DUE]
    assert all(call.broadcast for call in outcome.owed)
    assert outcome.owed[-1].method == "sendPoll"
    chat = (await served(services)).chat
    assert (chat.next_due, chat.digest_due) == (DUE + DAY_MS, DUE + HOUR_MS)


async def test_a_case_that_was_served_is_not_served_again(services: Services) -> None:
    """Though its time is on record as due once more: a page of the file was lost, a clock set."""
    await join(services, DAILY, due=DUE)
    await fall_due(services)
    await join(services, DAILY, due=DUE)
    again = await fall_due(services)
    assert (posted(again), again.owed) == ([], ())
    assert await next_due(services) == DUE + DAY_MS
    services.clock = replace(services.clock, at=DUE + DAY_MS)
    await end_all(services)
    assert posted(await fall_due(services)) == [DUE + DAY_MS]


@pytest.mark.parametrize(("late_ms", "comes"), [(2 * HOUR_MS, True), (2 * HOUR_MS + 1, False)])
async def test_a_case_missed_by_more_than_two_hours_is_let_go(
    services: Services, late_ms: int, comes: bool
) -> None:
    """The bot was down; tomorrow's comes at its time."""
    await join(services, DAILY, due=DUE)
    later(services, late_ms)
    outcome = await fall_due(services)
    assert posted(outcome) == ([DUE] if comes else [])
    assert await next_due(services) == DUE + DAY_MS


async def test_of_several_missed_the_latest_comes(services: Services) -> None:
    """A bot that was down for days sends one case, not one for each day."""
    await join(services, DAILY, due=DUE)
    later(services, 3 * DAY_MS + HOUR_MS)
    assert posted(await fall_due(services)) == [DUE + 3 * DAY_MS]
    assert await next_due(services) == DUE + 4 * DAY_MS


async def test_skipped_times_pass_without_a_case(services: Services) -> None:
    """Each takes one from the count; then cases come again."""
    await join(services, replace(DAILY, skipped=2), due=DUE)
    left = []
    for _ in range(3):
        outcome = await fall_due(services)
        left.append(((await served(services)).settings.skipped, len(posted(outcome))))
        later(services, DAY_MS)
    assert left == [(1, 0), (0, 0), (0, 1)]


@pytest.mark.parametrize(
    "settings",
    [replace(DAILY, paused=True), replace(DAILY, timetable=None)],
    ids=["paused", "no schedule"],
)
async def test_what_rests_sends_nothing_and_is_due_no_more(
    services: Services, settings: ChatSettings
) -> None:
    """Whatever stood on record as due."""
    await join(services, settings, due=DUE)
    outcome = await fall_due(services)
    assert (posted(outcome), outcome.owed) == ([], ())
    assert await next_due(services) is None


async def test_a_schedule_without_a_due_time_waits_for_one(services: Services) -> None:
    """It was served meanwhile."""
    await join(services, DAILY)
    assert posted(await fall_due(services)) == []
    assert await next_due(services) is None


async def test_what_is_not_due_yet_waits(services: Services) -> None:
    """A clock that was set back: the time on record stays."""
    await join(services, DAILY, due=DUE)
    later(services, -1)
    assert posted(await fall_due(services)) == []
    assert await next_due(services) == DUE


async def test_where_no_case_fits_whoever_brought_the_bot_hears_of_it(services: Services) -> None:
    """At most once a day; the schedule goes on."""
    await join(services, replace(DAILY, topics=frozenset({"unheard-of"})), due=DUE)
    outcome = await fall_due(services)
    assert posted(outcome) == []
    (told,) = outcome.owed
    assert told.chat_id == ADA
    assert "no case" in said(told).lower()
    assert any(isinstance(fact, ChatWarned) for fact in outcome.facts)
    assert await next_due(services) == DUE + DAY_MS


async def test_each_time_brings_another_case(services: Services) -> None:
    """Until all have been; the cases of one day after another."""
    await join(services, DAILY, due=DUE)
    cases, questions = [], 0
    for _ in services.library.cases:
        outcome = await fall_due(services)
        cases += [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]
        questions += sum(isinstance(fact, QuestionPut) for fact in outcome.facts)
        await end_all(services)
        later(services, DAY_MS)
    assert sorted(cases) == sorted(services.library.cases)
    assert questions == len(cases), "the second question of a case waits for the first to close"
