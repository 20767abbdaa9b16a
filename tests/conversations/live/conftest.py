"""A bot with two cases, its administrator, and an educator who presents."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot, two_case_settings
from tests.support.live_phones import educator
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked
from tests.support.trouble import fast_clock


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
async def root(sandbox: SandboxClient) -> Person:
    """The administrator of the bot."""
    return await sandbox.person("Root", language_code="en")


@pytest.fixture
async def settings(server: SandboxServer, root: Person, clock: Clock, tmp_path: Path) -> Settings:
    """Settings of a bot with two cases."""
    return two_case_settings(server, tmp_path, clock, root)


@pytest.fixture
async def ada(sandbox: SandboxClient, root: Person, settings: Settings) -> AsyncIterator[Person]:
    """An approved educator of a bot at work."""
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        yield await educator(sandbox, root)
