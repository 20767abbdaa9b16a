"""What tests of rules begin with: a bot's services, without a bot around them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services import Services
from tests.storage.samples import NOW
from tests.support.services import services_with_cases


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with a new database and six cases of two questions each, at ``NOW``."""
    async with services_with_cases(tmp_path, NOW) as services:
        yield services
