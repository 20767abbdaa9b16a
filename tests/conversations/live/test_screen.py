"""Screen and phone side by side: one round in a browser, through a restart of the bot."""

from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.async_api import Page, expect

from bot.base.clock import Clock
from bot.base.listen_address import ListenAddress
from bot.demo.run_demo import free_port
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import running_bot, two_case_settings
from tests.support.browser import browsing, new_tab
from tests.support.live_phones import Phone, Presenter, educator
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, text_of

RIGHT = "Rheumatoid arthritis"
WRONG = "Systemic sclerosis"


@pytest.fixture
async def settings(server: SandboxServer, root: Person, clock: Clock, tmp_path: Path) -> Settings:
    """Settings of a bot with two cases, and a server of its own."""
    place = ListenAddress(port=free_port())
    return two_case_settings(
        server, tmp_path, clock, root, listen=place, public_url=f"http://{place}"
    )


@pytest.fixture
async def tabs() -> AsyncIterator[tuple[Page, Page]]:
    """A projector's picture, and a phone."""
    async with (
        browsing() as browser,
        new_tab(browser, 1280, 720, patience=30) as screen,
        new_tab(browser, 390, 844, patience=30) as phone,
    ):
        yield screen, phone


async def sees(page: Page, *texts: str) -> None:
    """Wait until all this stands there to be seen."""
    for text in texts:
        await expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()


async def test_a_round_on_screen_and_phone_side_by_side(
    sandbox: SandboxClient,
    server: SandboxServer,
    root: Person,
    settings: Settings,
    tabs: tuple[Page, Page],
) -> None:
    """What the presenter does, both show; what the phone votes, the screen counts."""
    screen, phone = tabs
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        live = await Presenter.begin(await educator(sandbox, root))
        await live.shows(f"Screen: {settings.public_url}/live/")
        address = text_of(live.panel).split("Screen: ")[1].split()[0]
        await screen.goto(address)
        await sees(screen, live.code)

        room = [Phone(await sandbox.person(name, language_code="en")) for name in "ABCDEF"]
        for one in room:
            await one.join(live.code)
        ben, *others = room
        await sees(screen, "6 people are in")
        await live.step("Show the case")
        await sees(screen, "A 64-year-old woman")
        await live.step("Open")
        await sees(screen, "Vote now", "0 of 6 in")

        await phone.goto(f"{server.url}/#person={ben.person.id}&chat={ben.person.id}")
        await ben.asks()
        choice = ben.number_of(RIGHT)
        await expect(screen.locator("#question li").nth(int(choice) - 1)).to_contain_text(RIGHT)
        buttons = phone.get_by_test_id("keyboard-button")
        await buttons.get_by_text(choice, exact=True).last.click()
        await sees(screen, "1 of 6 in")
        for other in others:
            await other.asks()
            await other.press(other.number_of(WRONG))
        await sees(screen, "6 of 6 in")
        await expect(screen.locator("#question .track")).to_have_count(0)
        await live.step("Close")
        await sees(screen, "Voting is closed")
        stopped_at = monotonic()
    # An open page keeps nobody waiting.
    assert monotonic() - stopped_at < 5

    async with running_bot(settings):
        await live.step("Show votes")
        await sees(screen, "17%", "83%", "< 5%")
        await live.step("Reveal")
        await sees(screen, "✓ right answer", "Key point:")
        await sees(phone, "Key point:")
        await live.step("End")
        await sees(screen, "This round is over")
