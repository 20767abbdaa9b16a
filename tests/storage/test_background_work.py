"""Long work in a thread of its own."""

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from storage.background_work import beside

FOREVER_S = 600.0


async def test_what_comes_of_it_comes_back() -> None:
    """Its result, or its error; the event loop goes on meanwhile."""
    begun, go_on = threading.Event(), threading.Event()

    def work(number: int) -> int:
        begun.set()
        assert go_on.wait(60)
        return 100 // number

    for number in (4, 0):
        begun.clear()
        go_on.clear()
        going = asyncio.create_task(beside(work, number))
        assert await asyncio.to_thread(begun.wait, 60)
        assert not going.done()
        go_on.set()
        if number:
            assert await going == 25
        else:
            with pytest.raises(ZeroDivisionError):
                await going


async def test_whoever_waits_may_give_up() -> None:
    """What comes of it then is nobody's."""
    go_on, over = threading.Event(), threading.Event()

    def work() -> None:
        go_on.wait(60)
        over.set()

    going = asyncio.create_task(beside(work))
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    go_on.set()
    assert await asyncio.to_thread(over.wait, 60)
    await asyncio.sleep(0)


def test_a_program_that_ends_does_not_wait() -> None:
    """However long the work would take; and it ends in silence."""
    program = (
        "import asyncio, time\n"
        "from storage.background_work import beside\n"
        "async def main():\n"
        f"    going = asyncio.create_task(beside(time.sleep, {FOREVER_S}))\n"
        "    await asyncio.sleep(0)\n"
        "asyncio.run(main())\n"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert time.monotonic() - began < FOREVER_S / 2
    assert (done.stdout, done.stderr) == (b"", b"")
