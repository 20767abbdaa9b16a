"""Whether the doctor finds the page of live rounds where browsers are to find it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.base.listen_address import ListenAddress
from bot.operations.doctor_screen import screen_side
from bot.operations.findings import Gravity
from bot.settings import Settings
from bot.web.http_server import HttpServer
from tests.storage.samples import NOW
from tests.support.live_rounds import screens_served
from tests.support.services import services_with_cases


@pytest.fixture
async def elsewhere() -> AsyncIterator[str]:
    """The address of a server that is not the bot's."""
    server = HttpServer(Starlette(), ListenAddress())
    await server.start()
    yield f"http://{server.address}"
    await server.stop()


async def test_without_an_address_nothing_is_asked() -> None:
    """Most bots have no screen."""
    assert await screen_side(Settings()) == []


async def test_a_page_that_answers_is_well(tmp_path: Path) -> None:
    """Whether a round is under way or not, and below a path too."""
    async with services_with_cases(tmp_path, NOW) as services:
        for below in ("", "/bots/one"):
            async with screens_served(services, below=below) as url:
                (found,) = await screen_side(Settings(public_url=url))
                assert (found.grade, found.about) == (Gravity.OK, "screen")
                assert url in found.said


async def test_another_server_or_none_is_told(elsewhere: str) -> None:
    """With what to do."""
    (other,) = await screen_side(Settings(public_url=elsewhere))
    assert (other.grade, "something else answers" in other.said) == (Gravity.WARNING, True)
    (none,) = await screen_side(Settings(public_url="http://127.0.0.1:9"))
    assert (none.grade, "nothing answers" in none.said) == (Gravity.WARNING, True)
    assert "MORNING_REPORT_PUBLIC_URL" in none.advice
