"""Noticing that files changed."""

import asyncio
import shutil
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from watchfiles import Change, awatch
from watchfiles.main import FileChange

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.jobs import watch_files
from bot.jobs.watch_files import Watching, _counts, changes

QUIET = 0.15


async def told(news: AsyncGenerator[None]) -> None:
    """Wait to be told of changes."""
    async with asyncio.timeout(60):
        await anext(news)


async def nothing_told(news: AsyncGenerator[None]) -> bool:
    """Whether nothing is told for a while; ends the news."""
    try:
        async with asyncio.timeout(4 * QUIET):
            await anext(news)
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize("how", [Watching.ON, Watching.POLL])
async def test_a_burst_of_changes_is_told_once(tmp_path: Path, how: Watching) -> None:
    """The first word comes by itself; then many saves are one, by renaming and in folders too."""
    figures = tmp_path / "figures"
    figures.mkdir()
    async with aclosing(changes(Stop(Clock()), tmp_path, quiet=QUIET, how=how)) as news:
        await told(news)
        for number in range(5):
            (tmp_path / ".new").write_text(f"version {number}")
            (tmp_path / ".new").replace(tmp_path / "case.yaml")
            (figures / f"{number}.png").write_bytes(b"\x89PNG")
        await told(news)
        assert await nothing_told(news)


async def test_folders_come_and_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is missing, made, swapped for another and deleted is told of each time."""
    monkeypatch.setattr(watch_files, "_LOOK", 0.2)
    folder, other = tmp_path / "cases", tmp_path / "other"
    async with aclosing(changes(Stop(Clock()), folder, quiet=QUIET)) as news:
        await told(news)
        folder.mkdir()
        await told(news)
        other.mkdir()
        (other / "case.yaml").write_text("of another branch")
        folder.rename(tmp_path / "gone")
        other.rename(folder)
        await told(news)
        (folder / "case.yaml").write_text("edited there")
        await told(news)
        shutil.rmtree(folder)
        await told(news)


async def test_a_system_without_watches_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the system gives no more watches, files are looked at again and again; the log says."""

    def refuse(*folders: Path, **how: Any) -> AsyncGenerator[set[FileChange]]:
        if how["force_polling"] is None:
            raise OSError("OS file watch limit reached")
        return awatch(*folders, **how)

    monkeypatch.setattr(watchfiles, "awatch", refuse)
    monkeypatch.setattr(watch_files, "_LOOK", 0.2)
    async with aclosing(changes(Stop(Clock()), tmp_path, quiet=QUIET)) as news:
        await told(news)
        (tmp_path / "case.yaml").write_text("new")
        await told(news)
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        "Content is looked at again and again: OSError."
    ]


async def test_hidden_files_are_no_news(tmp_path: Path) -> None:
    """What git and editors keep for themselves is passed over."""
    async with aclosing(changes(Stop(Clock()), tmp_path, quiet=QUIET)) as news:
        await told(news)
        (tmp_path / ".git").mkdir()
        (tmp_path / ".git" / "index").write_text("x")
        (tmp_path / ".case.yaml.swp").write_text("x")
        assert await nothing_told(news)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("/home/.venv/cases/a.yaml", True),
        ("/home/.venv/cases", True),
        ("/home/.venv/cases/figures/a.png", True),
        ("/home/.venv/cases/.git/index", False),
        ("/home/.venv/cases/figures/.a.png.swp", False),
        ("/home/.venv/cases/..data", True),
        ("/elsewhere/a.yaml", True),
    ],
)
def test_what_is_hidden_is_judged_within_the_folder(changed: str, expected: bool) -> None:
    """The folder itself may lie in a hidden one; two dots hide nothing."""
    root = Path("/home/.venv/cases")
    assert _counts([root], Change.modified, changed) is expected


async def test_watching_ends_at_once(tmp_path: Path) -> None:
    """Asked to stop, it ends without news; turned off, it never begins."""
    stop = Stop(Clock())
    seen = 0
    async with asyncio.timeout(60), aclosing(changes(stop, tmp_path, quiet=QUIET)) as news:
        async for _ in news:
            seen += 1
            stop.set()
    assert seen == 1
    off = changes(Stop(Clock()), tmp_path, how=Watching.OFF)
    assert [word async for word in off] == []


async def test_a_watch_that_is_cancelled_stops_nobody_else(tmp_path: Path) -> None:
    """Cancelling the one who listens leaves the program's stop alone."""
    stop = Stop(Clock())
    heard = asyncio.Event()

    async def listen() -> None:
        async with aclosing(changes(stop, tmp_path, quiet=QUIET)) as news:
            async for _ in news:
                heard.set()

    listening = asyncio.create_task(listen())
    async with asyncio.timeout(60):
        await heard.wait()
    listening.cancel()
    await asyncio.wait([listening], timeout=60)
    assert listening.cancelled()
    assert not stop
