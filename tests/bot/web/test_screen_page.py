"""The page on the projector, in a browser: what the room sees, and what a presenter can press."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from msgspec import Struct, field
from playwright.async_api import Browser, ConsoleMessage, Page, Route, expect

from bot.base.i18n import Languages
from bot.base.listen_address import ListenAddress
from bot.features.live.screen_values import Ballot
from bot.features.live.screen_view import screen
from bot.services import Services
from content.model import Case
from content.snapshot import Snapshot
from storage.live_rounds import State
from tests.content.samples import case as sample
from tests.content.samples import question_data
from tests.support.browser import browsing, new_tab
from tests.support.library import shipped_library
from tests.support.live_rounds import TOKEN, begin_round, round_shown, screens_served
from tests.support.services import services_with_cases
from tests.support.trouble import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
LIBRARY = shipped_library()
CASE = LIBRARY.cases["calcinosis-cutis"]
WORDS = Languages.load().words["en"]
PROJECTOR = (1280, 720)
STATES: tuple[State, ...] = ("gathering", "shown", "open", "closed", "revealed", "ended")


class Projector(Struct, dict=True):
    """A tab at the size of a projector's picture, and what it complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every error of the page, what it may not do, and what it asks of others."""
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("request", lambda request: self._requested(request.url))

    def _heard(self, message: ConsoleMessage) -> None:
        # That nobody answers while the bot is away, Chromium reports by itself.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _requested(self, url: str) -> None:
        if not url.startswith("http://127.0.0.1:"):
            self.complaints.append(f"request to {url}")

    async def sees(self, *texts: str) -> None:
        """Wait until all this stands there to be seen."""
        for text in texts:
            await expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    async def press(self, key: str) -> None:
        """Press a key."""
        await self.page.keyboard.press(key)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium, started once for all tests here."""
    async with browsing() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def projector(browser: Browser) -> AsyncIterator[Projector]:
    """A fresh tab. Whatever a test is about: no errors, and nothing fetched from elsewhere."""
    async with new_tab(browser, *PROJECTOR, patience=30) as page:
        projector = Projector(page)
        projector.watch()
        yield projector
    assert projector.complaints == []


@pytest_asyncio.fixture(loop_scope="session")
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with the shipped cases and a new database."""
    async with services_with_cases(tmp_path, 1_700_000_000_000) as services:
        services.library = LIBRARY
        yield services


async def test_a_room_goes_through_a_case(services: Services, projector: Projector) -> None:
    """Code, case and figure, count, bars before and after, the right answer: all by itself."""
    live = await begin_round(services, CASE)
    page = projector.page
    async with screens_served(services) as url:
        await page.goto(f"{url}/live/{TOKEN}")
        await projector.sees("K7MRW2", "t.me/morning_report_bot?start=lv_K7MRW2")
        await live.join(12)
        await projector.sees("12 people are in")
        await expect(page.locator("#join-large")).to_have_js_property("complete", value=True)
        await live.step("shown")
        await projector.sees(CASE.title, "A 64-year-old woman")
        figure = page.locator("#figures img")
        await expect(figure).to_have_js_property("complete", value=True)
        assert await figure.evaluate("(it) => it.naturalWidth > 0")
        await expect(figure).to_have_attribute("alt", CASE.figures[0].alt)
        await expect(page.locator("#question")).to_be_hidden()
        await live.step("open")
        await live.vote(*[[0]] * 6, *[[1]] * 3)
        await projector.sees("Vote now", "9 of 12 in", CASE.questions[0].prompt)
        await expect(page.locator("#question .track")).to_have_count(0)
        await live.step("closed")
        await live.step("closed", votes_shown=True)
        await projector.sees("67%", "33%")
        await live.step("open", ballot=2, votes_shown=False)
        await projector.sees("Discuss, then vote again")
        await expect(page.locator("#question .track")).to_have_count(0)
        await live.vote(*[[0]] * 9)
        await live.step("closed")
        await live.step("closed", votes_shown=True)
        await projector.sees("First vote", "After discussion", "> 95%")
        await expect(page.locator("#said")).to_have_text("Voting is closed")
        await live.step("revealed")
        await projector.sees("✓ right answer", "Key point:", "The answer")
        await expect(page.locator("#said")).to_have_text("The answer")
        await live.end()
        await projector.sees("This round is over")
        await page.reload()
        await projector.sees("No live round is shown here")


async def test_the_presenter_can_press_keys(services: Services, projector: Projector) -> None:
    """Dark and light, larger and smaller, each part by itself; a clicker turns them as pages."""
    live = await begin_round(services, CASE)
    await live.step("shown")
    await live.step("open")
    page = projector.page
    async with screens_served(services) as url:
        await page.goto(f"{url}/live/{TOKEN}")
        await projector.sees("Vote now")
        ground = "getComputedStyle(document.body).backgroundColor"
        light = await page.evaluate(ground)
        await projector.press("d")
        dark = await page.evaluate(ground)
        assert light != dark
        size = "parseFloat(getComputedStyle(document.getElementById('stage')).fontSize)"
        usual = await page.evaluate(size)
        await projector.press("-")
        assert await page.evaluate(size) == pytest.approx(usual / 1.1, rel=0.001)
        await page.reload()
        await projector.sees("Vote now")
        assert await page.evaluate(ground) == dark
        assert await page.evaluate(size) == pytest.approx(usual / 1.1, rel=0.001)
        for _ in range(3):
            await projector.press("+")
        assert await page.evaluate(size) >= usual * 1.1**2 - 1
        await expect(page.locator("#vignette")).to_be_hidden()
        await projector.sees("Press T for the whole text.")
        for _ in range(2):
            await projector.press("-")
        for key, parts in (
            ("t", {"vignette"}),
            ("i", {"figures"}),
            ("q", {"question"}),
            ("Escape", {"vignette", "figures", "question"}),
            ("PageDown", {"vignette"}),
            ("PageDown", {"figures"}),
            ("PageDown", {"question"}),
            ("PageDown", {"vignette", "figures", "question"}),
        ):
            await projector.press(key)
            visible = await page.evaluate(
                "[...document.querySelectorAll('.part')].filter((it) => it.checkVisibility())"
                ".map((it) => it.id)"
            )
            assert set(visible) == parts, key


async def test_the_screen_comes_back_by_itself(services: Services, projector: Projector) -> None:
    """After a restart, below a path of a proxy's, with what stands there by then."""
    live = await begin_round(services, CASE)
    page = projector.page
    async with screens_served(services, below="/bots/one") as url:
        address = ListenAddress.parse(url.removeprefix("http://").removesuffix("/bots/one"))
        await page.goto(f"{url}/live/{TOKEN}")
        await projector.sees("K7MRW2")
    await live.step("shown")
    await expect(page.locator("#connecting")).to_be_visible()
    await projector.sees("K7MRW2")
    async with screens_served(services, address, below="/bots/one"):
        await projector.sees("A 64-year-old woman")
        await expect(page.locator("#connecting")).to_be_hidden()
    await live.end()
    async with screens_served(services, address, below="/bots/one"):
        await projector.sees("No live round is shown here")


async def test_a_picture_that_did_not_come_is_asked_for_again(
    services: Services, projector: Projector
) -> None:
    """As where a proxy answers for a bot that is just starting: nobody has to reload the page."""
    live = await begin_round(services, CASE)
    page, refused = projector.page, 0

    async def once(route: Route) -> None:
        nonlocal refused
        refused += 1
        await (route.fulfill(status=502) if refused <= 1 else route.continue_())

    await page.route("**/figures/*", once)
    async with screens_served(services) as url:
        await page.goto(f"{url}/live/{TOKEN}")
        await live.step("shown")
        await projector.sees("A 64-year-old woman")
        picture = page.locator("#figures img").first

        async def there() -> bool:
            return bool(await picture.evaluate("(it) => it.naturalWidth"))

        await until(there)
    assert refused > 1


SHOWN = """
async (state) => {
  const { show } = await import('/live/files/parts.js');
  const { fit } = await import('/live/files/fit.js');
  show(state, '/live/x');
  fit(state, '', true);
  const stage = document.getElementById('stage');
  const frame = stage.getBoundingClientRect();
  const seen = [...stage.querySelectorAll('p, h1, h2, li')].filter((it) => it.checkVisibility());
  const outside = seen.filter((it) => {
    const box = it.getBoundingClientRect();
    return box.bottom > frame.bottom + 1 || box.right > frame.right + 1 || box.width === 0;
  });
  return {
    size: parseFloat(getComputedStyle(stage).fontSize),
    outside: outside.map((it) => it.textContent),
    parts: [...stage.querySelectorAll('.part')].filter((it) => !it.hidden).map((it) => it.id),
  };
}
"""

BAR_OVERLAPS = """() => {
  const texts = [...document.querySelectorAll('#bar p')].filter((it) => it.checkVisibility());
  const boxes = texts.map((it) => it.getBoundingClientRect());
  return boxes.some((one, n) => n > 0 && one.left < boxes[n - 1].right - 1)
    || boxes.some((one) => one.right > innerWidth);
}"""


def states(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """All that the screen may show of a case, votes and second votes too."""
    for position, question in enumerate(snapshot.case.questions):
        places = range(len(question.choices))
        ballot = Ballot(40, {place: 40 // len(places) for place in places})
        for state in STATES:
            for ballots in ((ballot,), (ballot, ballot)):
                now = round_shown(snapshot, state, position, ballots=ballots)
                yield msgspec.to_builtins(screen(now, WORDS))


def longest_case() -> Case:
    """The longest question that may be asked, of twelve choices."""
    text = (
        "Obstruction of the left main bronchus by a plug of mucus, without fever, {} days after it"
    )
    choices = [{"text": text.format(n).ljust(100, "."), "correct": n == 3} for n in range(12)]
    story = "A man of 71 with diabetes and kidney disease is brought in by his daughter. " * 15
    prompt = "Which of these explains all that was found, " * 6 + "and why?"
    return sample(vignette=story, questions=[question_data(prompt=prompt, choices=choices)])


@pytest.mark.long
@pytest.mark.parametrize("size", [PROJECTOR, (1920, 1080)])
async def test_all_that_is_shipped_is_read_from_the_last_row(
    services: Services, projector: Projector, size: tuple[int, int]
) -> None:
    """In every state all stands on the screen, in type of 24 of 720 lines or more."""
    await begin_round(services, CASE)
    await projector.page.set_viewport_size({"width": size[0], "height": size[1]})
    async with screens_served(services) as url:
        await projector.page.goto(f"{url}/live/{TOKEN}")
        await projector.sees("K7MRW2")
        for case in LIBRARY.cases.values():
            for state in states(LIBRARY.snapshot(case)):
                seen = await projector.page.evaluate(SHOWN, state)
                assert seen["outside"] == [], (case.id, state["state"])
                assert seen["size"] >= 24 * size[1] / 720, (case.id, state["state"])
                if state["state"] == "revealed":
                    assert not state["answer"]["key_point"] or "answer" in seen["parts"]


@pytest.mark.long
async def test_the_longest_question_fits_too(services: Services, projector: Projector) -> None:
    """Closer together, in smaller type where it must be; nothing is ever out of sight."""
    await begin_round(services, CASE)
    async with screens_served(services) as url:
        await projector.page.goto(f"{url}/live/{TOKEN}")
        await projector.sees("K7MRW2")
        for state in states(Snapshot(longest_case(), ())):
            seen = await projector.page.evaluate(SHOWN, state)
            assert seen["outside"] == [], state["state"]
            assert seen["size"] >= 17
            assert seen["size"] >= 24 or state["bars"]


async def test_upright_everything_stands_below_each_other(
    services: Services, projector: Projector
) -> None:
    """On a phone: the whole case in type that can be read, nothing beside the screen."""
    page = projector.page
    await begin_round(services, CASE)
    await page.set_viewport_size({"width": 390, "height": 844})
    async with screens_served(services) as url:
        await page.goto(f"{url}/live/{TOKEN}")
        await projector.sees("K7MRW2")
        for case in (CASE, LIBRARY.cases["lithium-level"], longest_case()):
            snapshot = LIBRARY.snapshot(case) if case.id in LIBRARY.cases else Snapshot(case, ())
            for state in states(snapshot):
                seen = await page.evaluate(SHOWN, state)
                assert seen["outside"] == [], (case.id, state["state"])
                assert await page.evaluate("document.documentElement.scrollWidth") == 390
                assert await page.evaluate(BAR_OVERLAPS) is False, (case.id, state["state"])
                assert seen["size"] >= 18
                if state["asked"] and not state["answer"]:
                    assert {"vignette", "question"} <= {*seen["parts"]}
