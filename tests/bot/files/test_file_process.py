"""The process that makes files: started when needed, ended when idle, and no loss when it dies."""

import asyncio
import json
import os
import signal
import sys
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

import pytest
from msgspec import to_builtins
from PIL import Image

from bot.base import child_process
from bot.base.i18n import Languages
from bot.files import file_process
from bot.files.file_process import CannotMakeError, FileProcess
from tests.support.bot import ROOT, loaded_at_start
from tests.support.progress_states import STATES, pictured, state
from tests.support.report_samples import FULL, WORKBOOK
from tests.support.trouble import until

PICTURE = to_builtins(pictured(state(*STATES["20 answers"]), Languages.load().words["en"]))


def is_picture(png: bytes) -> bool:
    """Whether it can be opened."""
    with Image.open(BytesIO(png)) as image:
        return image.size == (1080, 1350)


def runs(pid: int | None) -> bool:
    """Whether there is a process of this number, and be it one that nobody has asked about."""
    return pid is not None and Path(f"/proc/{pid}").exists()


async def ended(pid: int | None) -> bool:
    """Whether it is no more."""
    return not runs(pid)


async def test_it_is_started_when_needed_and_ends_when_idle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One process draws picture after picture; the next after a rest has one of its own."""
    monkeypatch.delenv("MPLCONFIGDIR")  # as on most machines
    async with FileProcess(idle_s=0.1) as process:
        assert process.pid is None
        assert is_picture(await process.make(PICTURE))
        first = process.pid
        assert is_picture(await process.make(PICTURE))
        assert process.pid == first
        await until(lambda: ended(first))
        assert process.pid is None
        assert is_picture(await process.make(PICTURE))
        last = process.pid
    assert not runs(last)


async def test_two_at_once_get_each_their_own() -> None:
    """Drawn one after the other."""
    other = to_builtins(pictured(state(*STATES["3 months"]), Languages.load().words["fr"]))
    async with FileProcess() as process:
        drawn = await asyncio.gather(
            process.make(PICTURE), process.make(other), process.make(PICTURE)
        )
        assert drawn[0] == drawn[2] != drawn[1]


async def test_each_kind_is_what_it_is() -> None:
    """Pictures and workbooks, one after the other by one process."""
    async with FileProcess() as process:
        assert is_picture(await process.make(to_builtins(FULL)))
        pid = process.pid
        workbook = await process.make(to_builtins(WORKBOOK))
        assert is_zipfile(BytesIO(workbook))
        assert is_picture(await process.make(PICTURE))
        assert process.pid == pid


@pytest.mark.parametrize("midway", [False, True], ids=["at rest", "midway"])
async def test_killed_once_it_draws_all_the_same(midway: bool) -> None:
    """By a process in its place."""
    async with FileProcess() as process:
        await process.make(PICTURE)
        killed = process.pid
        assert killed is not None
        if midway:
            os.kill(killed, signal.SIGSTOP)
            drawing = asyncio.create_task(process.make(PICTURE))
            await asyncio.sleep(0)
        os.kill(killed, signal.SIGKILL)
        assert is_picture(await (drawing if midway else process.make(PICTURE)))
        assert process.pid != killed


async def test_what_cannot_be_drawn_costs_nothing_else() -> None:
    """The next is drawn, by the same process."""
    async with FileProcess() as process:
        with pytest.raises(CannotMakeError):
            await process.make({**PICTURE, "percents": 7})
        pid = process.pid
        assert is_picture(await process.make(PICTURE))
        assert process.pid == pid


async def test_a_missing_library_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No endless start."""
    monkeypatch.setattr(child_process, "_ROOT", broken(tmp_path))
    async with FileProcess() as process:
        with pytest.raises(CannotMakeError):
            await process.make(PICTURE)
        assert process.pid is None


def broken(folder: Path) -> Path:
    """A program that cannot draw."""
    package = folder / "bot" / "files"
    package.mkdir(parents=True)
    for each in (folder / "bot" / "__init__.py", package / "__init__.py"):
        each.touch()
    (package / "__main__.py").write_text("raise SystemExit(1)\n", "utf-8")
    return folder


async def test_one_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a bound; the next picture is drawn anew."""
    async with FileProcess() as process:
        await process.make(PICTURE)
        hanging = process.pid
        assert hanging is not None
        os.kill(hanging, signal.SIGSTOP)
        monkeypatch.setattr(file_process, "WITHIN_S", 0.2)
        with pytest.raises(CannotMakeError, match="not made within"):
            await process.make(PICTURE)
        assert not runs(hanging)
        monkeypatch.undo()
        assert is_picture(await process.make(PICTURE))


async def test_what_was_called_off_is_not_taken_for_the_next() -> None:
    """As when the bot ends while it is drawn, and others still wait."""
    async with FileProcess() as process:
        whole = await process.make(PICTURE)
        drawing = asyncio.create_task(process.make({**PICTURE, "note": "Another."}))
        await asyncio.sleep(0)
        drawing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await drawing
        assert await process.make(PICTURE) == whole


BOT = """
import asyncio, json, sys
from bot.files.file_process import FileProcess

async def main():
    async with FileProcess() as process:
        await process.make(json.loads(sys.argv[1]))
        print(process.pid, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


async def test_it_does_not_outlive_a_killed_bot() -> None:
    """Nobody is there to end it."""
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", BOT, json.dumps(PICTURE)),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert bot.stdout is not None
    async with asyncio.timeout(60):
        pid = int(await bot.stdout.readline())
    assert runs(pid)
    bot.kill()
    await bot.wait()
    await until(lambda: ended(pid))


def test_the_bot_loads_nothing_that_draws() -> None:
    """It would take a second, and more memory than all the rest."""
    slow = {"matplotlib", "numpy", "openpyxl", "PIL.Image"}
    assert loaded_at_start(slow) <= {"PIL.Image"}
