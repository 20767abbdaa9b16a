"""The process that draws: started when needed, ended when idle, and no loss when it dies."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from msgspec import to_builtins
from PIL import Image

from bot.base.i18n import Languages
from bot.charts import chart_process
from bot.charts.chart_process import CannotDrawError, ChartProcess
from tests.support.bot import ROOT
from tests.support.progress_states import STATES, pictured, state
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


async def test_it_is_started_when_needed_and_ends_when_idle() -> None:
    """One process draws picture after picture; the next after a rest has one of its own."""
    async with ChartProcess(idle_s=0.1) as charts:
        assert charts.pid is None
        assert is_picture(await charts.draw(PICTURE))
        first = charts.pid
        assert is_picture(await charts.draw(PICTURE))
        assert charts.pid == first
        await until(lambda: ended(first))
        assert charts.pid is None
        assert is_picture(await charts.draw(PICTURE))
        last = charts.pid
    assert not runs(last)


async def test_two_at_once_get_each_their_own() -> None:
    """Drawn one after the other."""
    other = to_builtins(pictured(state(*STATES["3 months"]), Languages.load().words["fr"]))
    async with ChartProcess() as charts:
        drawn = await asyncio.gather(charts.draw(PICTURE), charts.draw(other), charts.draw(PICTURE))
        assert drawn[0] == drawn[2] != drawn[1]


@pytest.mark.parametrize("midway", [False, True], ids=["at rest", "midway"])
async def test_killed_once_it_draws_all_the_same(midway: bool) -> None:
    """By a process in its place."""
    async with ChartProcess() as charts:
        await charts.draw(PICTURE)
        killed = charts.pid
        assert killed is not None
        if midway:
            os.kill(killed, signal.SIGSTOP)
            drawing = asyncio.create_task(charts.draw(PICTURE))
            await asyncio.sleep(0)
        os.kill(killed, signal.SIGKILL)
        assert is_picture(await (drawing if midway else charts.draw(PICTURE)))
        assert charts.pid != killed


async def test_what_cannot_be_drawn_costs_nothing_else() -> None:
    """The next is drawn, by the same process."""
    async with ChartProcess() as charts:
        with pytest.raises(CannotDrawError):
            await charts.draw({**PICTURE, "percents": 7})
        pid = charts.pid
        assert is_picture(await charts.draw(PICTURE))
        assert charts.pid == pid


async def test_a_missing_library_is_an_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No endless start."""
    monkeypatch.setattr(chart_process, "_ROOT", broken(tmp_path))
    async with ChartProcess() as charts:
        with pytest.raises(CannotDrawError):
            await charts.draw(PICTURE)
        assert charts.pid is None


def broken(folder: Path) -> Path:
    """A program that cannot draw."""
    package = folder / "bot" / "charts"
    package.mkdir(parents=True)
    for each in (folder / "bot" / "__init__.py", package / "__init__.py"):
        each.touch()
    (package / "__main__.py").write_text("raise SystemExit(1)\n", "utf-8")
    return folder


async def test_one_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a bound; the next picture is drawn anew."""
    async with ChartProcess() as charts:
        await charts.draw(PICTURE)
        hanging = charts.pid
        assert hanging is not None
        os.kill(hanging, signal.SIGSTOP)
        monkeypatch.setattr(chart_process, "WITHIN_S", 0.2)
        with pytest.raises(CannotDrawError, match="not drawn within"):
            await charts.draw(PICTURE)
        assert not runs(hanging)
        monkeypatch.undo()
        assert is_picture(await charts.draw(PICTURE))


async def test_what_was_called_off_is_not_taken_for_the_next() -> None:
    """As when the bot ends while it is drawn, and others still wait."""
    async with ChartProcess() as charts:
        whole = await charts.draw(PICTURE)
        drawing = asyncio.create_task(charts.draw({**PICTURE, "note": "Another."}))
        await asyncio.sleep(0)
        drawing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await drawing
        assert await charts.draw(PICTURE) == whole


BOT = """
import asyncio, json, sys
from bot.charts.chart_process import ChartProcess

async def main():
    async with ChartProcess() as charts:
        await charts.draw(json.loads(sys.argv[1]))
        print(charts.pid, flush=True)
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
    program = "import bot.app, sys; print({'matplotlib', 'numpy', 'PIL.Image'} & set(sys.modules))"
    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        check=True,
    )
    assert said.stdout.decode().strip() in {"set()", "{'PIL.Image'}"}
