"""A sandbox and a bot by a fast clock, so that pauses between tries are soon over."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot, settings_for
from tests.support.sandbox import Person, SandboxClient
from tests.support.trouble import PATIENCE_S, arrive, fast_clock


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    """A sandbox whose clock runs fast."""
    server = SandboxServer(clock=fast_clock())
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def settings(server: SandboxServer, tmp_path: Path) -> Settings:
    """Settings of a bot by the same clock."""
    return settings_for(server.url, tmp_path, clock=server._world.clock)


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[Settings]:
    """The bot at work, with little patience."""
    async with running_bot(settings, PATIENCE_S):
        yield settings


@pytest.fixture
async def learner(sandbox: SandboxClient, bot: Settings) -> Person:
    """Someone who was welcomed."""
    return await arrive(sandbox)
