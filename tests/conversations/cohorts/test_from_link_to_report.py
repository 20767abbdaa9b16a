"""From a cohort's link to joining, the assignment and the report of it, in a browser."""

import asyncio
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
from tests.conversations.cohorts.conftest import joined, newcomer
from tests.support.bot import running_bot
from tests.support.browser import browsing, new_tab
from tests.support.practising import press, shows
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import is_poll, says
from tests.support.stepped_clock import SteppedClock

PEERS = ("Ben", "Cleo", "Dov", "Eli")


@pytest.fixture
def clock() -> SteppedClock:
    """Of bot and sandbox alike; it goes fast, since these chats get many messages."""
    now = time.time()
    return SteppedClock(now, 20, now)


@pytest.fixture
async def robin(sandbox: SandboxClient) -> Person:
    """Teaches, and administers the bot."""
    return await sandbox.person("Robin", language_code="en")


@pytest.fixture
async def settings(settings: Settings, robin: Person, tmp_path: Path) -> Settings:
    """One case of one question, of which Calcium is right."""
    (tmp_path / "one").mkdir()
    write_case(tmp_path / "one" / "hard-lumps.yaml")
    admins = frozenset({robin.id})
    return replace(settings, content=tmp_path / "one", shipped_cases=False, admins=admins)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    """An empty tab on a phone."""
    async with browsing() as browser, new_tab(browser, 390, 844, patience=60) as page:
        yield page


async def write(page: Page, text: str) -> None:
    """Write a message and send it."""
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("send").click()


def said(page: Page, text: str) -> Locator:
    """The latest message with these words."""
    return page.get_by_test_id("message").filter(has_text=text).last


async def tap(page: Page, text: str, label: str) -> None:
    """Press a button under the latest message with these words."""
    message = said(page, text)
    named = re.compile(rf"^{re.escape(label)}$")
    await message.get_by_test_id("keyboard-button").filter(has_text=named).click()


async def link_of_a_new_cohort(page: Page) -> str:
    """Who is in the page becomes an educator and makes a cohort; its link's payload."""
    await page.get_by_test_id("start").click()
    await write(page, "/cohort")
    await tap(page, "Cohorts are for educators", "Ask")
    await tap(page, "asks to be approved", "Approve")
    await expect(said(page, "You are approved as an educator")).to_be_visible()
    await write(page, "/cohort")
    await tap(page, "You teach no cohort yet", "Make a cohort")
    await expect(said(page, "Write the cohort's title")).to_be_visible()
    await write(page, "Interns")
    shown = await said(page, "0 of 50 have joined").inner_text()
    return shown.partition("start=")[2].split()[0]


async def does_it(peer: Person, payload: str) -> None:
    """A peer joins by name, and is right."""
    last = await joined(peer, payload, f"Join as {peer.made['first_name']}")
    card = await peer.wait_for(shows("something to do"), after=last["message_id"])
    await press(peer, card, "Start")
    poll = await peer.wait_for(is_poll, after=card["message_id"])
    await peer.vote(poll, [1])
    told = await peer.wait_for(shows("Hard means calcium"), after=poll["message_id"])
    await press(peer, told, "Go on with the session")
    await peer.wait_for(says("Session over"), after=told["message_id"])


@pytest.mark.long
async def test_from_the_link_to_the_report(
    page: Page,
    server: SandboxServer,
    sandbox: SandboxClient,
    settings: Settings,
    robin: Person,
    clock: SteppedClock,
) -> None:
    """One reads who sees what, joins, does what is assigned; the educator reads how all did."""
    ada = await sandbox.person("Ada", language_code="en")
    async with running_bot(settings):
        peers = [await newcomer(sandbox, name) for name in PEERS]
        await page.goto(f"{server.url}/#person={robin.id}")
        payload = await link_of_a_new_cohort(page)
        await write(page, "/assign")
        await tap(page, "None yet.", "New assignment")
        await tap(page, "New assignment for", "Late: refused")
        await expect(said(page, "Late work is not taken")).to_be_visible()
        await tap(page, "New assignment for", "Assign")
        await expect(said(page, "1 case, study")).to_be_visible()
        await page.goto(f"{server.url}/?start={payload}#person={ada.id}")
        consent = said(page, "You are invited to join")
        await expect(consent).to_contain_text("Robin, approved by Robin")
        await expect(consent).to_contain_text("They never see what you practise on your own")
        await tap(page, "You are invited to join", "Join as Ada")
        await tap(page, "Your cohort has something to do", "Start")
        poll = page.get_by_test_id("poll").last
        await poll.get_by_test_id("poll-option").filter(has_text="Urate").click()
        await tap(page, "You chose: Urate", "Go on with the session")
        await expect(said(page, "Session over: 0 of 1 question right.")).to_be_visible()
        await asyncio.gather(*(does_it(peer, payload) for peer in peers))
        clock.step_to(clock.now() + 9 * DAY_MS)
        await page.goto(f"{server.url}/#person={robin.id}")
        await tap(page, "is closed: its numbers are in the report.", "Report")
        report = said(page, "Report: Interns")
        await expect(report).to_contain_text("Members: 5")
        await expect(report).to_contain_text("5 of 5 on time; right 80% (38% to 96%)")
        await expect(report).to_contain_text("Hard lumps: 80% right")
        picture = page.get_by_test_id("message").locator("img").last
        await expect(picture).to_be_visible()
        size = await picture.evaluate("image => [image.naturalWidth, image.naturalHeight]")
        assert size == [1024, 1280]
        await expect(page.get_by_test_id("document").last).to_contain_text(".xlsx")
