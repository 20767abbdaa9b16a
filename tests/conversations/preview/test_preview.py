"""`morning-report preview`, as an author meets it."""

import asyncio
import io
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import expect
from rich.console import Console

from bot.base.shutdown import Stop
from bot.preview.run_preview import PreviewError, run_picture, run_preview
from bot.settings import Settings
from tests.content.samples import question_data, write_case
from tests.content.test_images import png
from tests.content.variants import CHANGES, write_varied
from tests.support.browser import CHROMIUM, browsing, new_tab
from tests.support.sandbox import Message, Person, SandboxClient

ROOT = Path(__file__).parents[3]
FIGURE = {
    "file": "figures/lumps.png",
    "caption": "The lumps.",
    "alt": "A body with black dots.",
    "creator": "The authors",
    "licence": "CC-BY-4.0",
    "consent": "not-required",
}
THEN = question_data(id="then", prompt="And then?", reveal="They ulcerate.")
SECOND = {"questions": [question_data(), THEN]}


def save(path: Path, **changes: Any) -> None:
    """Write a case as many editors do: a new file takes the old one's name."""
    write_case(path.with_suffix(".tmp"), **changes).replace(path)


def draw(path: Path, colour: str) -> None:
    """A figure of one colour."""
    path.parent.mkdir(exist_ok=True)
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(drawn, "PNG")
    put(path, drawn.getvalue())


def put(path: Path, content: bytes) -> None:
    """A file as it is saved, never half of it."""
    path.with_suffix(".tmp").write_bytes(content)
    path.with_suffix(".tmp").replace(path)


def names(folder: Path) -> set[str]:
    """What lies in a folder."""
    return {each.name for each in folder.iterdir()}


class Author:
    """Someone who saves a file and looks at the preview."""

    def __init__(self, sandbox: SandboxClient) -> None:
        self.sandbox = sandbox

    async def notes(self, wanted: str, seconds: float = 60) -> dict[str, Any]:
        """The notes, once they say this."""
        async with asyncio.timeout(seconds):
            while True:
                notes = (await self.sandbox.ask("GET", "/notes"))["notes"]
                if notes is not None and wanted in str(notes):
                    return dict(notes)
                await asyncio.sleep(0.02)

    async def chats(self) -> list[list[Message]]:
        """What stands in the chats: of one's own try, of the right and of the wrong answers."""
        everybody = await self.sandbox.people()
        return [await Person(self.sandbox, one["id"], one).messages() for one in everybody]

    async def sees(self) -> str:
        """The strongest colour of the figure in the poll of one's own try."""
        (poll,) = polls((await self.chats())[0])
        file = poll["media"]["photo"][-1]["file_id"]
        with Image.open(io.BytesIO(await self.sandbox.file(file))) as image:
            shades = image.convert("RGB").resize((1, 1)).tobytes()
        return max(zip(shades, ("red", "green", "blue"), strict=True))[1]


@asynccontextmanager
async def previewing(path: Path) -> AsyncIterator[Author]:
    """The preview of a file in this process; at the end it must stop by itself."""
    settings = Settings()
    stop, said = Stop(settings.clock), io.StringIO()
    running = asyncio.create_task(run_preview(settings, stop, path, None, Console(file=said)))
    try:
        async with asyncio.timeout(60):
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", said.getvalue())):
                assert not running.done()
                await asyncio.sleep(0.02)
        async with SandboxClient(found[0]) as sandbox:
            yield Author(sandbox)
    finally:
        stop.set()
        async with asyncio.timeout(60):
            await running


def texts(messages: list[Message]) -> str:
    """All that is said in a chat."""
    return "\n".join(m["poll"]["question"] if "poll" in m else m["text"] for m in messages)


def polls(messages: list[Message]) -> list[dict[str, Any]]:
    """The polls of a chat."""
    return [message["poll"] for message in messages if "poll" in message]


async def test_a_file_is_followed_from_save_to_save(tmp_path: Path) -> None:
    """Broken at first, then played to its end; broken again, the last good version stays."""
    path = tmp_path / "hard-lumps.yaml"
    path.write_text("id: [")
    async with previewing(path) as author:
        notes = await author.notes("Nothing to show yet")
        assert [each["label"] for each in notes["remarks"]] == ["yaml-syntax"]
        assert await author.chats() == [[], [], []]

        save(path, **SECOND)
        await author.notes("Shown as saved")
        own, right, wrong = await author.chats()
        assert [poll["question"] for poll in polls(own)] == ["What are they?"]
        assert polls(own)[0]["view"]["can_vote"]
        for chat, verdict in ((right, "✅ Right."), (wrong, "❌ Not this time.")):
            assert [poll["question"] for poll in polls(chat)] == ["What are they?", "And then?"]
            assert texts(chat).count(verdict) == 2
            assert all(message["from"]["is_bot"] for message in chat)

        save(path, **SECOND, title="Soft lumps", level=None)
        notes = await author.notes("This version has errors; you see that of")
        assert notes["remarks"][0]["tone"] == "error"
        assert await author.chats() == [own, right, wrong]

        save(path, **SECOND, title="Soft lumps")
        await author.notes("Shown as saved")
        first = {message["message_id"] for message in [*own, *right, *wrong]}
        for chat in await author.chats():
            assert "Soft lumps" in chat[0]["poll"]["description"]
            assert not first & {message["message_id"] for message in chat}

        path.unlink()
        notes = await author.notes("This version has errors")
        assert notes["remarks"][0]["label"] == "unreadable"


async def test_variants_are_shown_behind_the_case(tmp_path: Path) -> None:
    """As reviews ask them: each alone, right and wrong, with its own story, figure and words."""
    path = write_varied(tmp_path)
    async with previewing(path) as author:
        await author.notes("Shown as saved")
        own, right, wrong = await author.chats()
        assert [poll["question"] for poll in polls(own)] == ["What are they?"]
        asked = [
            "What are they?",
            "And then?",
            "What are they?",
            "And seen like this?",
            "And then?",
        ]
        for chat, verdict in ((right, "✅ Right."), (wrong, "❌ Not this time.")):
            assert [poll["question"] for poll in polls(chat)] == asked
            assert texts(chat).count(verdict) == len(asked)
            *_, child, view, man = polls(chat)
            assert "A boy of 9" in child["description"]
            assert ["media" in poll for poll in (child, view, man)] == [False, True, True]
            assert [option["text"] for option in man["options"]] == ["Cut them out", "Wait"]
        notes = await author.notes("Shown as saved")
        assert "variant man: 2 choices" in str(notes["remarks"])
        save(path, **CHANGES, title="Soft lumps")
        put(tmp_path / "man.png", png(50, 30)[:-20])
        await author.notes("Telegram would refuse sendPoll")


async def test_a_figure_is_followed_too(tmp_path: Path) -> None:
    """In its own folder; one that Telegram would refuse is said to be, and mended when it is."""
    path, figure = tmp_path / "hard-lumps.yaml", tmp_path / FIGURE["file"]
    draw(figure, "red")
    save(path, figures=[FIGURE])
    async with previewing(path) as author:
        await author.notes("Shown as saved")
        assert await author.sees() == "red"
        put(figure, figure.read_bytes()[:-40])
        notes = await author.notes("Telegram would refuse sendPoll")
        assert "figure-damaged" in str(notes["remarks"])
        draw(figure, "blue")
        await author.notes("Shown as saved")
        assert await author.sees() == "blue"


@asynccontextmanager
async def program(
    *arguments: str, folder: Path, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program in a process of its own, killed at the end if it still runs."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *arguments),
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def test_the_page_follows_by_itself(tmp_path: Path) -> None:
    """On a phone: saved, shown; broken, said; mended, shown; Ctrl-C ends it."""
    path = tmp_path / "hard-lumps.yaml"
    save(path)
    async with (
        browsing() as browser,
        new_tab(browser, 390, 844, patience=30) as page,
        program("preview", path.name, folder=tmp_path) as process,
    ):
        assert process.stdout is not None
        async with asyncio.timeout(60):
            while not (found := re.search(rb"http://[\d.:]+", await process.stdout.readline())):
                assert process.returncode is None
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(found[0].decode())
        await expect(page.get_by_test_id("poll")).to_contain_text("What are they?")
        save(path, questions=[question_data(prompt="What could they be?")])
        await expect(page.get_by_test_id("poll-question")).to_have_text("What could they be?")
        save(path, level="sage")
        await expect(page.get_by_test_id("remark").first).to_contain_text("hard-lumps.yaml:1")
        await expect(page.get_by_test_id("poll-question")).to_have_text("What could they be?")
        save(path)
        await expect(page.get_by_test_id("poll-question")).to_have_text("What are they?")
        await page.get_by_test_id("shortcut").filter(has_text="Wrong").click()
        await expect(page.get_by_test_id("message").last).to_contain_text("Not this time.")
        assert complaints == []
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            output, _ = await process.communicate()
        assert process.returncode == 0
        assert b"Traceback" not in output


async def test_a_picture_holds_all_of_the_case(tmp_path: Path) -> None:
    """Three phones' width, as high as what it shows, and nothing else is left in the folder."""
    if CHROMIUM is None:
        pytest.skip("no chromium is installed")
    text = "A paragraph of the discussion, long enough to fill some lines. " * 12
    sections = [{"heading": f"Part {n}", "text": text} for n in range(4)]
    save(tmp_path / "hard-lumps.yaml", **SECOND, discussion=sections)
    arguments = ("preview", "hard-lumps.yaml", "--png", "lumps.png")
    async with program(*arguments, folder=tmp_path) as process, asyncio.timeout(60):
        output, _ = await process.communicate()
    assert (process.returncode, output) == (0, b"lumps.png is written.\n")
    assert names(tmp_path) == {"hard-lumps.yaml", "lumps.png"}
    with Image.open(tmp_path / "lumps.png") as image:
        assert image.format == "PNG"
        assert 2 * 3 * 390 <= image.width <= 2 * (3 * 390 + 40)
        assert image.height > 2 * 2 * 844
        # Something of the explanations stands near the lower edge, where a cut would have left it.
        edge = image.convert("L").crop((900, image.height - 200, image.width, image.height))
        assert min(edge.tobytes()) < 128


async def test_without_a_browser_a_picture_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """The exit code is that of something to mend, and nothing is written."""
    save(tmp_path / "lumps.yaml")
    arguments = ("preview", "lumps.yaml", "--png", "lumps.png")
    async with program(*arguments, folder=tmp_path, PATH="") as process, asyncio.timeout(60):
        output, _ = await process.communicate()
    assert process.returncode == 1
    assert output.startswith(b"Error: a picture needs Chromium or Chrome, and none is installed")
    assert len(output.splitlines()) == 1
    assert names(tmp_path) == {"lumps.yaml"}


async def test_of_a_broken_case_there_is_no_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its problems are listed instead."""
    monkeypatch.setattr("shutil.which", lambda _: "chromium")
    path = tmp_path / "hard-lumps.yaml"
    save(path, level="sage")
    settings = Settings()
    with pytest.raises(PreviewError, match=r"hard-lumps\.yaml:1:\d+: wrong-value"):
        await run_picture(
            settings,
            Stop(settings.clock),
            path,
            tmp_path / "lumps.png",
            Console(file=io.StringIO()),
        )
