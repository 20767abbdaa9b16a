"""From a wrong answer through a clock's month to its review and the picture, in a browser."""

import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.async_api import Locator, Page, expect

from bot.base.time_units import DAY_MS
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.content.samples import write_case
from tests.support.bot import running_bot
from tests.support.browser import browsing, new_tab
from tests.support.progress_states import record
from tests.support.sandbox import SandboxClient
from tests.support.stepped_clock import SteppedClock


@pytest.fixture
def clock() -> SteppedClock:
    """Of bot and sandbox alike."""
    now = time.time()
    return SteppedClock(now, 5, now)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """One case of one question, of which Calcium is right."""
    (tmp_path / "one").mkdir()
    write_case(tmp_path / "one" / "hard-lumps.yaml")
    return replace(settings, content=tmp_path / "one")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """An empty tab on a phone."""
    async with browsing() as browser, new_tab(browser, 390, 844, patience=60) as page:
        yield page


async def write(page: Page, text: str) -> None:
    """Write a message and send it."""
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


async def vote(poll: Locator, choice: str) -> None:
    """Vote for the choice with these words."""
    await poll.get_by_test_id("poll-option").filter(has_text=choice).click()


async def test_what_was_sure_and_wrong_comes_back_in_a_month(
    page: Page,
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    clock: SteppedClock,
) -> None:
    """It says so, comes first, tells what was chosen then; and all of it is in the picture."""
    ada = await sandbox.person("Ada", language_code="en")
    await record(settings.database, ada.id, 60, clock.now())
    polls, said = page.get_by_test_id("poll"), page.get_by_test_id("message")
    async with running_bot(settings):
        await page.goto(f"{server.url}/#person={ada.id}")
        await page.get_by_test_id("start").click()
        await expect(said.filter(has_text="Good morning")).to_be_visible()
        await write(page, "/case")
        await expect(polls).to_have_count(1)
        certain = page.get_by_test_id("keyboard-button").filter(has_text="Certain")
        await certain.click()
        await expect(certain).to_have_text(re.compile("✓"))
        await vote(polls.first, "Fat")
        verdict = said.filter(has_text="You chose:")
        await expect(verdict).to_be_visible()
        assert "Sure, and wrong: worth keeping." in await verdict.inner_text()
        clock.step_to(clock.now() + 31 * DAY_MS)
        await write(page, "/review")
        await expect(polls).to_have_count(2)
        await expect(polls.last).to_contain_text("Review · last seen 4 weeks ago")
        await expect(polls.last.get_by_test_id("poll-question")).to_have_text("What are they?")
        await vote(polls.last, "Calcium")
        told = said.filter(has_text="Last time (4 weeks ago) you chose: Fat")
        await expect(told).to_be_visible()
        await write(page, "/progress")
        await expect(said.filter(has_text="Your progress").first).to_be_visible()
        picture = said.last.locator("img")
        await expect(picture).to_be_visible()
        size = await picture.evaluate("image => [image.naturalWidth, image.naturalHeight]")
        assert size == [1024, 1280]
