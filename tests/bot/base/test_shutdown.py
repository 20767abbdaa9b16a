"""Ending: parts wake from their waits, and a program ends by signal, in time and with its error."""

import asyncio
import os
import signal

import pytest

from bot.base import shutdown
from bot.base.clock import SYSTEM_CLOCK, Clock
from bot.base.shutdown import Stop, supervise


async def test_a_pause_ends_by_time_or_by_the_stop() -> None:
    """Seconds are the clock's; a stop wakes everybody."""
    stop = Stop(Clock(speed=1000))
    async with asyncio.timeout(60):
        await stop.pause(10)
    assert not stop
    pausing = asyncio.create_task(stop.pause(1e9))
    stop.set()
    async with asyncio.timeout(60):
        await pausing
    assert stop


async def test_work_is_given_up_when_the_stop_comes_first() -> None:
    """It is cancelled and has ended before the wait for it does."""
    stop, ended = Stop(SYSTEM_CLOCK), []

    async def work() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(True)
        return "never"

    waiting = asyncio.create_task(stop.unless(work()))
    await asyncio.sleep(0)
    stop.set()
    assert (await waiting, ended) == (None, [True])


async def test_work_that_is_done_first_gives_its_result_or_error() -> None:
    """As if it had been awaited itself."""
    stop = Stop(SYSTEM_CLOCK)

    async def work(fail: bool) -> str:
        await asyncio.sleep(0)
        if fail:
            raise LookupError
        return "done"

    assert await stop.unless(work(False)) == "done"
    with pytest.raises(LookupError):
        await stop.unless(work(True))


async def test_work_ends_with_whoever_waits_for_it() -> None:
    """A cancelled wait leaves nothing running behind."""
    stop, ended = Stop(SYSTEM_CLOCK), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(stop.unless(work()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()


def signalled(*numbers: int) -> None:
    for number in numbers:
        os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_the_program_to_end(number: int) -> None:
    """It may finish what is in hand."""
    steps = []

    async def program(stop: Stop) -> None:
        signalled(number)
        await stop.wait()
        steps.append("finished")

    supervise(program, SYSTEM_CLOCK)
    assert steps == ["finished"]


def test_a_second_signal_ends_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is in a hurry is obeyed; clean-up still runs."""
    monkeypatch.setattr(shutdown, "_SHUTDOWN_S", 3600.0)
    steps = []

    async def program(stop: Stop) -> None:
        signalled(signal.SIGINT)
        await stop.wait()
        signalled(signal.SIGINT)
        try:
            await asyncio.sleep(60)
            steps.append("slept on")
        finally:
            steps.append("cleaned up")

    supervise(program, SYSTEM_CLOCK)
    assert steps == ["cleaned up"]


def test_a_programs_error_is_raised() -> None:
    """Whether it comes before a signal or after."""

    async def program(stop: Stop) -> None:
        stop.set()
        await asyncio.sleep(0)
        raise LookupError

    with pytest.raises(LookupError):
        supervise(program, SYSTEM_CLOCK)
