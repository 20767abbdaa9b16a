"""A browser on the sandbox's page, and a bot that is nothing but HTTP calls."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
import pytest_asyncio
from msgspec import Struct, field
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

from bot.base.clock import SYSTEM_CLOCK
from bot.sandbox.server import SandboxServer
from tests.support.browser import browsing, new_tab

TOKEN = "42:made-up"


class Bot(Struct):
    """The bot's side of a sandbox, as raw calls, and the people's side where no page is needed."""

    http: httpx.AsyncClient
    offset: int = 0

    async def call(self, method: str, **params: Any) -> Any:
        """The result of a Bot API method; fails the test where the sandbox refuses it."""
        answer = (await self.http.post(f"/bot{TOKEN}/{method}", json=params)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def update(
        self, kind: str, wanted: Callable[[dict[str, Any]], bool] = lambda _: True
    ) -> dict[str, Any]:
        """The next update of this kind, if wanted; those before it are confirmed and forgotten."""
        for _ in range(20):
            for update in await self.call("getUpdates", offset=self.offset, limit=1, timeout=2):
                self.offset = update["update_id"] + 1
                if kind in update and wanted(update[kind]):
                    return dict(update[kind])
        raise AssertionError(f"no {kind} came")

    async def control(self, path: str, **body: Any) -> Any:
        """A call of the control interface."""
        answer = await self.http.post(f"/sandbox/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def person(self, name: str = "Ada", *, started: bool = True) -> int:
        """Someone new, who has pressed Start unless told otherwise."""
        person = (await self.control("people", first_name=name, language_code="en"))["id"]
        if started:
            await self.control(f"chats/{person}/messages", **{"from": person, "text": "/start"})
            await self.update("message")
        return int(person)

    async def chat(self, kind: str, title: str, members: list[int], **more: Any) -> int:
        """A chat of several people, made by the first of them."""
        body = {"type": kind, "title": title, "members": members, "admins": members[:1]}
        return int((await self.control("chats", **body, **more))["id"])

    async def chats(self) -> list[dict[str, Any]]:
        """The chats of several people, as they are now."""
        return list((await self.http.get("/sandbox/chats")).json()["chats"])

    async def set_member(self, chat: int, member: int, status: str, **rights: bool) -> None:
        """Make someone something else in a chat."""
        body = {"status": status, "rights": rights}
        answer = await self.http.put(f"/sandbox/chats/{chat}/members/{member}", json=body)
        assert answer.is_success, answer.text


class Visit(Struct, dict=True):
    """One tab, and what it complained of."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every error, and every request that leaves the sandbox."""
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("request", lambda request: self._requested(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        # What the sandbox refuses, or does not answer while it is down, Chromium reports by itself.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def _requested(self, url: str) -> None:
        if not url.startswith(self.url):
            self.complaints.append(f"request to {url}")

    async def open(self, person: int | None = None, path: str = "/") -> Page:
        """Load the page as this person, and wait until it is live."""
        await self.page.goto(f"{self.url}{path}" + (f"#person={person}" if person else ""))
        if person:
            await expect(self.get("person-picker")).to_have_value(str(person))
        return self.page

    def get(self, testid: str) -> Locator:
        """The parts with this mark."""
        return self.page.get_by_test_id(testid)

    def chat(self, chat: int) -> Locator:
        """The row of a chat in the list."""
        return self.page.locator(f'[data-testid="chat"][data-chat-id="{chat}"]')


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox(request: pytest.FixtureRequest) -> AsyncIterator[SandboxServer]:
    """A sandbox of the test's own; its clock can be given as an indirect parameter."""
    server = SandboxServer(clock=getattr(request, "param", SYSTEM_CLOCK))
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def bot(sandbox: SandboxServer) -> AsyncIterator[Bot]:
    """A bot that has connected."""
    async with httpx.AsyncClient(base_url=sandbox.url, timeout=20) as http:
        bot = Bot(http)
        await bot.call("getMe")
        yield bot


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started once for all tests."""
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, sandbox: SandboxServer) -> AsyncIterator[Visit]:
    """A fresh tab. Whatever a test is about: no errors, and nothing fetched from elsewhere."""
    async with new_tab(browser, 1280, 800, patience=30) as page:
        visit = Visit(page, sandbox.url)
        visit.watch()
        yield visit
    assert visit.complaints == []
