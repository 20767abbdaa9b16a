"""What a bot works with, before Telegram is asked."""

from pathlib import Path

import pytest

from bot.app import BotError, equipped, read_library
from bot.settings import Settings
from storage.errors import StorageError
from storage.store import Store


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What opening the database fails with, one after another, before it succeeds."""
    failures: list[str] = []
    really = Store.open

    async def at_first_failing(path: Path, now: int) -> Store:
        if failures:
            raise StorageError(failures.pop(0))
        return await really(path, now)

    monkeypatch.setattr(Store, "open", at_first_failing)
    return failures


async def test_a_locked_database_is_waited_for(settings: Settings, failing: list[str]) -> None:
    """The program that holds it will let go."""
    failing.append("database is locked")
    async with equipped(settings, read_library(settings)) as services:
        assert len(services.library.cases) == 2
    assert failing == []


async def test_any_other_failure_is_told_at_once(settings: Settings, failing: list[str]) -> None:
    """What waiting does not mend ends the start with a sentence."""
    failing += ["disk I/O error", "not reached"]
    with pytest.raises(BotError, match="disk I/O error"):
        async with equipped(settings, read_library(settings)):
            pass
    assert failing == ["not reached"]
