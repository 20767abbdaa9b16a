"""Reading the cases at the start: beside other work, and no longer than they are needed."""

import logging

import pytest

from bot.base.shutdown import Stop
from bot.features.library.first_reading import read_library, reading
from bot.settings import Settings
from content.library import NotNeededError


async def test_the_cases_come_while_others_work(settings: Settings) -> None:
    """They are all there when awaited, and what was read is kept beside the database."""
    async with reading(settings, Stop(settings.clock)) as coming:
        assert len((await coming).cases) == 2
    assert settings.known_cases.parent == settings.database.parent
    assert settings.known_cases.exists()


async def test_asked_to_stop_it_reads_no_further(settings: Settings) -> None:
    """What is half read is nothing."""
    stop = Stop(settings.clock)
    stop.set()
    async with reading(settings, stop) as coming:
        with pytest.raises(NotNeededError):
            await coming
    assert not settings.known_cases.exists()


async def test_nothing_is_read_after_a_start_that_failed(settings: Settings) -> None:
    """The thread has ended when the error of the start goes on."""
    with pytest.raises(LookupError):
        async with reading(settings, Stop(settings.clock)) as coming:
            raise LookupError
    assert coming.done()


def test_what_cannot_be_kept_is_told_and_no_more(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """The cases are there all the same."""
    settings.known_cases.mkdir(parents=True)
    with caplog.at_level(logging.WARNING):
        assert len(read_library(settings).cases) == 2
    assert "The next start must read all cases anew" in caplog.text
