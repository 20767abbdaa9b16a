"""Administrators hear that updates go elsewhere: at once, and not again and again."""

from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
from msgspec.structs import replace

from bot.base.time_units import MINUTE_MS
from bot.intake.diverted_updates import DivertedUpdates
from bot.services import Services
from storage.errors import StorageError
from storage.ledger import Entry
from tests.support.services import StillClock, services_with_cases

NOW = 1_772_409_600_000
ROOT, OTHER = 10, 11


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with services_with_cases(tmp_path, NOW) as services:
        services.settings = replace(services.settings, admins=frozenset({ROOT, OTHER}))
        yield services


async def test_it_is_told_at_most_hourly(services: Services) -> None:
    """To every administrator, in words that say what to do; and again while it lasts."""
    heard: list[Entry] = []
    diverted = DivertedUpdates(services, heard.extend)
    for minutes in (0, 1, 59, 60, 61):
        services.clock = StillClock(at=NOW + minutes * MINUTE_MS)
        await diverted.tell()
    assert [[call.chat_id for call in entry.outcome.owed] for entry in heard] == [[ROOT, OTHER]] * 2
    assert "--remove-webhook" in str(heard[0].outcome.owed[0])


async def test_what_could_not_be_recorded_is_told_next_time(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that fails keeps nobody from asking for updates on."""
    heard: list[Entry] = []
    diverted = DivertedUpdates(services, heard.extend)
    with monkeypatch.context() as broken:
        broken.setattr(services.store.ledger, "commit", AsyncMock(side_effect=StorageError("full")))
        await diverted.tell()
    assert heard == []
    await diverted.tell()
    assert len(heard) == 1
