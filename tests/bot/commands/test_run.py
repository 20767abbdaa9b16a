"""`morning-report run`, as far as it is not the bot itself."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import serve
from bot.base.shutdown import Stop
from bot.commands import run
from bot.features.library.first_reading import read_library
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from content.figure_bytes import FigureBytes
from content.library import Library
from tests.support.bot import TOKEN, BotProcess
from tests.support.trouble import until


@pytest.mark.parametrize("mode", [0o644, 0o600], ids=oct)
async def test_settings_that_others_can_read_are_warned_of(
    server: SandboxServer, tmp_path: Path, mode: int
) -> None:
    """They may hold the token: the log says what to do, and nothing of it where all is well."""
    settings = tmp_path / ".env"
    settings.touch()
    settings.chmod(mode)
    bot = await BotProcess.start(server.url, tmp_path)

    def said_so() -> bool:
        return any(
            "_bot is at work" in log.read_text("utf-8") for log in tmp_path.glob("bot-*.log")
        )

    async def at_work() -> bool:
        return said_so()

    await until(at_work)
    _, said = await bot.end()
    warned = ".env can be read by others of this machine: chmod 600 .env" in said
    assert warned is (mode == 0o644)


async def test_later_searches_leave_the_cases_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They stay; Python looks for unused objects among what comes after them."""
    libraries = []

    async def reading(
        settings: Settings,
        _token: str,
        _stop: Stop,
        read: Callable[[Settings, Callable[[], bool], FigureBytes], Library],
    ) -> None:
        libraries.append(read(settings, lambda: True, FigureBytes()))

    monkeypatch.setattr(run, "serve", reading)
    gc.collect()  # other tests' leavings are not to stay
    await run._watched(settings, TOKEN, Stop(settings.clock), fresh=False)
    (library,) = libraries
    assert gc.isenabled()
    searched = {id(each) for each in gc.get_objects()}
    assert len(library.cases) == 2
    assert searched.isdisjoint(map(id, library.cases.values()))


async def test_a_bot_that_others_start_leaves_python_s_searches_alone(settings: Settings) -> None:
    """A program may start many, one after another: what they leave is to be found."""
    stop = Stop(settings.clock)

    def read(settings: Settings, needed: Callable[[], bool], figures: FigureBytes) -> Library:
        library = read_library(settings, needed, figures)
        stop.set()
        return library

    before = gc.get_freeze_count()
    await serve(settings, TOKEN, stop, read=read)
    assert gc.get_freeze_count() == before
