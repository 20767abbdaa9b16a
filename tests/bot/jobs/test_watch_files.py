"""Noticing that files changed."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.jobs.watch_files import changes
from content.file_state import FileState, file_state, state_of

EVERY_S = 0.05


class Looks:
    """What a watch sees, look by look; further looks see the last of it again.

    ``number``: how many looks there were.
    """

    def __init__(self, *seen: str) -> None:
        self._seen = seen
        self.number = 0

    def __call__(self) -> FileState:
        self.number += 1
        name = self._seen[min(self.number, len(self._seen)) - 1]
        return frozenset({(name, 1, 1, 1)})


async def told(news: AsyncGenerator[None]) -> None:
    """Wait to be told of changes."""
    async with asyncio.timeout(60):
        await anext(news)


async def told_at(looks: Looks, times: int) -> list[int]:
    """After which look each of the first news comes."""
    numbers = []
    async with aclosing(changes(Stop(Clock()), looks, 0.001)) as news:
        for _ in range(times):
            await told(news)
            numbers.append(looks.number)
    return numbers


@pytest.fixture
async def watching(tmp_path: Path) -> AsyncIterator[Callable[[Path], AsyncGenerator[None]]]:
    """Begins to watch a folder; the first word, which comes by itself, is heard by the test."""
    begun: list[AsyncGenerator[None]] = []

    def watch(folder: Path) -> AsyncGenerator[None]:
        begun.append(changes(Stop(Clock()), partial(file_state, folder), EVERY_S))
        return begun[-1]

    yield watch
    for news in begun:
        await news.aclose()


@pytest.mark.parametrize(
    ("seen", "after"),
    [
        ("ab", [1, 3]),  # the change, and a look at which it is still so
        ("abcd", [1, 5]),  # a burst is told once
        ("abaab", [1, 6]),  # what is as it was is no news
        ("aabbcc", [1, 4, 6]),
        ("abcdefghijklmn", [1, 7, 13]),  # a burst without an end is told all the same
    ],
)
async def test_a_change_is_told_once_it_has_come_to_rest(seen: str, after: list[int]) -> None:
    """The first word comes by itself; then what stays for two looks, and each change once."""
    assert await told_at(Looks(*seen), len(after)) == after


async def test_a_file_half_written_is_left_to_be_finished(
    tmp_path: Path, watching: Callable[[Path], AsyncGenerator[None]]
) -> None:
    """Written in pieces, then saved by renaming as editors do: told when it rests."""
    path = tmp_path / "case.yaml"
    news = watching(tmp_path)
    await told(news)
    writing = asyncio.create_task(anext(news))
    with path.open("w") as file:
        for piece in range(4):
            file.write(f"piece {piece}\n")
            file.flush()
            await asyncio.sleep(0)
    async with asyncio.timeout(60):
        await writing
    assert path.read_text().endswith("piece 3\n")
    before = path.stat()
    (tmp_path / ".new").write_text("x" * before.st_size)
    (tmp_path / ".new").replace(path)
    await told(news)


async def test_folders_come_and_go(
    tmp_path: Path, watching: Callable[[Path], AsyncGenerator[None]]
) -> None:
    """A folder that is missing, made, swapped for another and deleted is told of each time."""
    folder, other = tmp_path / "cases", tmp_path / "other"
    news = watching(folder)
    await told(news)
    folder.mkdir()
    (folder / "case.yaml").write_text("new")
    await told(news)
    other.mkdir()
    (other / "case.yaml").write_text("of another branch")
    folder.rename(tmp_path / "gone")
    other.rename(folder)
    await told(news)
    (folder / "figures").mkdir()
    (folder / "figures" / "a.png").write_bytes(b"\x89PNG")
    await told(news)
    shutil.rmtree(folder)
    await told(news)


async def test_watching_ends_at_once(tmp_path: Path) -> None:
    """Asked to stop, it ends without waiting for the next look."""
    stop = Stop(Clock())
    seen = 0
    async with asyncio.timeout(60), aclosing(changes(stop, Looks("a"), 3600)) as news:
        async for _ in news:
            seen += 1
            stop.set()
    assert seen == 1


def test_single_files_are_looked_at_too(tmp_path: Path) -> None:
    """Those that are there, hidden or not; one that comes is a change."""
    here, missing = tmp_path / ".hidden.yaml", tmp_path / "figures" / "a.png"
    here.write_text("x")
    before = state_of([here, missing])
    assert [Path(path) for path, *_ in before] == [here]
    missing.parent.mkdir()
    missing.write_bytes(b"\x89PNG")
    assert state_of([here, missing]) > before
