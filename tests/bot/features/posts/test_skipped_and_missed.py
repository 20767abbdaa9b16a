"""A chat's schedule: what is skipped, what was missed, and what was served already."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.posts.scheduled_case import GRACE_MS, post_scheduled_case
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.served_chat import served_chat
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from storage.chat_facts import ChatJoined, ChatSet
from storage.facts import CasePosted
from storage.outcome import Outcome
from tests.storage.samples import ADA, GROUP
from tests.support.services import StillClock, commit, services_with_cases

DUE = 1_772_409_600_000 + 7 * HOUR_MS  # 2026-03-02, 07:00 UTC
DAILY = Timetable(EVERY_DAY, 7 * 60, "UTC")


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases."""
    async with services_with_cases(tmp_path, DUE) as services:
        yield services


async def schedule(services: Services, *, skipped: int = 0, due: int = DUE) -> None:
    """A group with a case each day at seven, the next at ``due``."""
    settings = ChatSettings(timetable=DAILY, skipped=skipped).to_json()
    joined = ChatJoined(GROUP, "group", "Ward", settings, ADA, due - DAY_MS)
    await commit(services, Outcome((joined, ChatSet(GROUP, settings, due, None))))


async def served(services: Services, now: int) -> tuple[list[int | None], int, int | None]:
    """The due times served at an instant; and what is on record then: skipped, next due."""
    services.clock = StillClock(at=now)
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    outcome = await commit(
        services, await post_scheduled_case(services, served_chat(services, chat))
    )
    kept = await services.store.chats.get(GROUP)
    assert kept is not None
    posts = [fact.due_at for fact in outcome.facts if isinstance(fact, CasePosted)]
    return posts, ChatSettings.from_json(kept.settings).skipped, kept.next_due


async def test_the_next_is_skipped(services: Services) -> None:
    """Once; the one after it comes."""
    await schedule(services, skipped=1)
    assert await served(services, DUE) == ([], 0, DUE + DAY_MS)
    assert await served(services, DUE + DAY_MS) == ([DUE + DAY_MS], 0, DUE + 2 * DAY_MS)


async def test_a_skip_is_used_up_by_what_was_missed(services: Services) -> None:
    """The bot was down past the grace of what was to be skipped: the next one comes."""
    await schedule(services, skipped=1)
    assert await served(services, DUE + GRACE_MS + 1) == ([], 0, DUE + DAY_MS)
    assert await served(services, DUE + DAY_MS) == ([DUE + DAY_MS], 0, DUE + 2 * DAY_MS)


@pytest.mark.parametrize(("skipped", "posts", "left"), [(0, 1, 0), (2, 1, 0), (3, 0, 0), (4, 0, 1)])
async def test_each_missed_time_uses_up_one(
    services: Services, skipped: int, posts: int, left: int
) -> None:
    """Down over two, found at the third: that one comes unless it is among those to be skipped."""
    await schedule(services, skipped=skipped)
    third = DUE + 2 * DAY_MS
    assert await served(services, third) == ([third] * posts, left, third + DAY_MS)


async def test_what_was_served_is_not_served_again(services: Services) -> None:
    """Where its due time comes a second time, since it was derived again, it is passed over."""
    await schedule(services)
    assert (await served(services, DUE))[0] == [DUE]
    settings = ChatSettings(timetable=DAILY).to_json()
    await commit(services, Outcome((ChatSet(GROUP, settings, DUE, None),)))
    assert await served(services, DUE + 1) == ([], 0, DUE + DAY_MS)
