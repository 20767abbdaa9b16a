"""Exams get back the time in which the bot was away."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.shutdown import Stop
from bot.base.time_units import MINUTE_MS
from bot.features.sittings.plan import Mode
from bot.jobs.exam_time import give_time_back, note_at_work
from bot.services import Services
from tests.storage.samples import NOW
from tests.support.database import query
from tests.support.served_chats import later
from tests.support.services import services_with_cases
from tests.support.sittings import begin, current
from tests.support.trouble import until


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases."""
    async with services_with_cases(tmp_path, NOW) as services:
        yield services


async def noted(services: Services, path: Path, alive_at: int | None) -> None:
    """Let the bot be at work until it is noted to be."""
    stop = Stop(services.clock)
    working = asyncio.create_task(note_at_work(services, stop))

    async def so() -> bool:
        return query(path, "SELECT alive_at FROM sittings") == [(alive_at,)]

    try:
        await until(so)
    finally:
        stop.set()
        await working


async def test_what_was_noted_last_tells_how_long(services: Services, tmp_path: Path) -> None:
    """However often it starts; a session has no time to be given back."""
    await begin(services)
    deadline = (await current(services)).deadline
    assert deadline is not None
    later(services, 3 * MINUTE_MS)
    await noted(services, tmp_path / "bot.db", NOW + 3 * MINUTE_MS)
    later(services, 60 * MINUTE_MS)
    await give_time_back(services)
    await give_time_back(services)
    assert (await current(services)).deadline == deadline + 60 * MINUTE_MS


async def test_nothing_is_written_while_there_is_no_exam(
    services: Services, tmp_path: Path
) -> None:
    """A session takes as long as it takes."""
    await begin(services, Mode.STUDY)
    await noted(services, tmp_path / "bot.db", None)
    await give_time_back(services)
    assert (await current(services)).deadline is None
