"""A group and a channel as three people live through a case there, in the browser."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import Locator, Page, expect

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.browser import browsing, new_tab
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import Chat, Person, SandboxClient
from tests.support.trouble import fast_clock

RIGHT, WRONG = "Rheumatoid arthritis", "Systemic sclerosis"
SCHEDULED = ChatSettings(open_for=100, topics=frozenset({"rheumatology"}), language="en")


class Tab(Struct, frozen=True):
    """The page, in which one is now this person, now that."""

    page: Page
    url: str

    def get(self, testid: str) -> Locator:
        """The parts with this mark."""
        return self.page.get_by_test_id(testid)

    async def enter(self, chat: int, person: Person) -> None:
        """Open the page as a person, in a chat."""
        await self.page.goto(f"{self.url}/#person={person.id}")
        await expect(self.get("person-picker")).to_have_value(str(person.id))
        await self.go(chat)

    async def go(self, chat: int) -> None:
        """Open a chat."""
        await self.page.locator(f'[data-testid="chat"][data-chat-id="{chat}"]').click()

    async def be(self, person: Person) -> None:
        """Change over to a person, in the same chat."""
        await self.get("person-picker").select_option(str(person.id))
        await expect(self.get("person-picker")).to_have_value(str(person.id))

    def button(self, label: str | re.Pattern[str]) -> Locator:
        """A button under a message."""
        return self.get("keyboard-button").filter(has_text=label)

    def message(self, *words: str) -> Locator:
        """The message with all these words."""
        found = self.get("message")
        for each in words:
            found = found.filter(has_text=each)
        return found


@pytest.fixture
def clock() -> Clock:
    """Ten times as fast: a minute is six seconds."""
    return fast_clock(10)


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Three residents."""
    return [await sandbox.person(name, language_code="en") for name in ("Ada", "Ben", "Cleo")]


@pytest.fixture
async def tab(settings: Settings) -> AsyncIterator[Tab]:
    """An empty tab; whatever a test is about, the page has no errors."""
    complaints: list[str] = []
    async with browsing() as browser, new_tab(browser, 1280, 800, patience=30) as page:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield Tab(page, settings.api_url)
    assert complaints == []


async def scheduled(settings: Settings, chat: Chat, choices: ChatSettings) -> None:
    """Let the chat's schedule want a case at the next full minute."""
    minute = settings.clock.now() // MINUTE_MS + 1
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    await set_up_chats(
        settings, chat, replace(choices, timetable=timetable), due=minute * MINUTE_MS
    )


async def all_counted(settings: Settings, number: int) -> None:
    """Wait until so many answers are on record."""
    async with asyncio.timeout(60):
        while True:
            rows = await asyncio.to_thread(query, settings.database, "SELECT 1 FROM answers")
            if len(rows) == number:
                return
            await asyncio.sleep(0.05)


async def test_a_scheduled_case_in_a_group(
    sandbox: SandboxClient, settings: Settings, people: list[Person], tab: Tab
) -> None:
    """It arrives, three vote, one reads the explanation in private; it closes, results appear."""
    ada, ben, cleo = people
    group = await sandbox.chat("supergroup", "Ward 7", people, [ada], bot="administrator")
    await scheduled(settings, group, SCHEDULED)
    await tab.enter(group.id, ada)
    async with running_bot(settings):
        await expect(tab.get("poll")).to_be_visible()
        for person, choice in ((ada, WRONG), (ben, RIGHT), (cleo, RIGHT)):
            await tab.be(person)
            await tab.page.get_by_role("radio", name=choice).click()
            await expect(tab.get("poll").get_by_role("radio")).to_have_count(0)
        await all_counted(settings, 3)
        await tab.button("Explanation").click()
        await expect(tab.message("Right.", f"You chose: {RIGHT}").first).to_be_visible()
        await expect(tab.get("chat-title")).not_to_have_text("Ward 7")
        await tab.go(group.id)
        results = tab.message("Time is up.")
        await expect(results).to_contain_text("3 have answered.")
        await expect(results).to_contain_text(f"Right answer: {RIGHT}")
        await expect(tab.message("Not yet reviewed by a clinician.")).to_be_visible()
        await expect(tab.button("Explanation")).to_have_count(0)
    # The explanation was read in private, and nothing of it stood here before the end.
    said = [message for message in await group.messages() if "You chose" in str(message)]
    assert said == []


async def test_a_scheduled_case_in_a_channel(
    sandbox: SandboxClient, settings: Settings, people: list[Person], tab: Tab
) -> None:
    """Choices are buttons; each tap is judged for that person alone; then come the results."""
    ada, ben, cleo = people
    channel = await sandbox.chat("channel", "Case of the day", people, [ada])
    await scheduled(settings, channel, replace(SCHEDULED, layout=Layout.BUTTONS))
    await tab.enter(channel.id, ada)
    async with running_bot(settings):
        post = tab.message("Stone-hard lumps")
        await expect(post.last).to_be_visible()
        text = await post.last.inner_text()
        for person, choice, verdict in (
            (ada, WRONG, "Not this time."),
            (ben, RIGHT, "Right."),
            (cleo, RIGHT, "Right."),
        ):
            await tab.be(person)
            number = re.search(rf"(\d)\. {choice}", text)
            assert number is not None
            await tab.button(re.compile(rf"^{number[1]}\b")).click()
            await expect(tab.get("alert")).to_contain_text(verdict)
            await tab.get("alert-ok").click()
        await expect(tab.button("Explanation · 3 have answered")).to_be_visible()
        await tab.button(re.compile("^Explanation")).click()
        await expect(tab.message("Right.", f"You chose: {RIGHT}").first).to_be_visible()
        await tab.go(channel.id)
        results = tab.message("Time is up.")
        await expect(results).to_contain_text("3 have answered.")
        await expect(tab.message("Not yet reviewed by a clinician.")).to_be_visible()
        await expect(tab.button(re.compile(r"^\d"))).to_have_count(0)
