"""`morning-report demo`, as a newcomer meets it: in a browser, without a token."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.support.browser import browsing, new_tab
from tests.support.sandbox import SandboxClient


class Demo:
    """The program in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process, url: str) -> None:
        self.process = process
        self.url = url

    async def end(self, number: signal.Signals) -> int:
        """Send a signal; returns the exit code."""
        self.process.send_signal(number)
        async with asyncio.timeout(60):
            await self.process.communicate()
        return self.process.returncode or 0


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """The demo, once it has said where it is."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo"),
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[3])},
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        while not (
            found := re.search(rb"http://127\.0\.0\.1:\d+", await process.stdout.readline())
        ):
            assert process.returncode is None
    yield Demo(process, found[0].decode())
    if process.returncode is None:
        process.kill()
        await process.communicate()


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """An empty tab on a phone."""
    async with browsing() as browser, new_tab(browser, 390, 844, patience=30) as page:
        yield page


async def test_a_newcomer_goes_from_start_to_the_next_case(demo: Demo, page: Page) -> None:
    """Start, a case with its figure, a vote, the explanation with references, the next case."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    polls = page.get_by_test_id("poll")
    buttons = page.get_by_test_id("keyboard-button")
    await page.goto(demo.url)
    await page.get_by_test_id("start").click()
    await (
        buttons.get_by_text("Start", exact=True).or_(buttons.filter(has_text="Start")).first.click()
    )
    await expect(polls).to_have_count(1)
    await expect(polls.first.locator("img").first).to_be_visible()
    await polls.first.get_by_test_id("poll-option").first.click()
    vote = polls.first.get_by_test_id("poll-vote")
    if await vote.count():
        await vote.click()
    explanation = page.get_by_test_id("message").filter(has_text="You chose:")
    await expect(explanation.first).to_be_visible()
    references = explanation.first.locator("a[href*='//doi.org/'], a[href*='//pubmed.']")
    await expect(references.first).to_be_attached()
    if await polls.count() == 1:
        await expect(buttons.filter(has_text="Next case").last).to_be_visible()
        await buttons.filter(has_text="Next case").last.click()
    await expect(polls).to_have_count(2)
    assert complaints == []
    assert await demo.end(signal.SIGINT) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_ends_when_asked(demo: Demo, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end it, with exit code 0."""
    assert await demo.end(number) == 0


async def test_it_fails_in_a_sentence(demo: Demo) -> None:
    """What ends the bot ends the demo with exit code 1, and without a traceback."""
    async with SandboxClient(demo.url) as sandbox:
        await sandbox.fault("401")
        person = await sandbox.person("Ada")
        await person.send("/start")
    async with asyncio.timeout(60):
        output, _ = await demo.process.communicate()
    assert demo.process.returncode == 1
    assert b"Error: Telegram does not accept the token." in output
    assert b"Traceback" not in output
