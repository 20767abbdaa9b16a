"""What a bot works with, before Telegram is asked."""

from pathlib import Path

import pytest

from bot.app import BotError, equipped, read_library
from bot.settings import Settings
from storage.errors import StorageError
from storage.store import Store


@pytest.mark.parametrize(("words", "tries"), [("database is locked", 2), ("disk I/O error", 1)])
async def test_a_locked_database_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, words: str, tries: int
) -> None:
    """Another program will let go of it; any other failure is told at once."""
    tried: list[Path] = []
    really = Store.open

    async def at_first_failing(path: Path, now: int) -> Store:
        tried.append(path)
        if len(tried) == 1:
            raise StorageError(words)
        return await really(path, now)

    monkeypatch.setattr(Store, "open", at_first_failing)
    try:
        async with equipped(settings, read_library(settings)) as services:
            assert services.library.cases
    except BotError as error:
        assert words in str(error)
    assert len(tried) == tries
