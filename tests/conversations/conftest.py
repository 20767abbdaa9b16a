"""What tests leave behind that start bots of their own."""

from collections.abc import AsyncIterator

import pytest

from tests.support.bot import BotProcess


@pytest.fixture(autouse=True)
async def no_bot_outlives_its_test() -> AsyncIterator[None]:
    """Processes that a failed or cancelled test left are killed."""
    yield
    for bot in list(BotProcess.started):
        await bot.kill()
