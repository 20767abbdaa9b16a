"""What open screens of a live round cost while votes come, and how soon they show the closing.

``python -m tests.bench.screens URL COUNT`` opens so many, in a process of its own.
"""

import asyncio
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from msgspec import Struct

from bot.services import Services
from tests.bench.report import Measurement, Section, at_most
from tests.support.bot import ROOT
from tests.support.library import shipped_library
from tests.support.live_rounds import TOKEN, PlayedRound, begin_round, screens_served
from tests.support.services import services_with_cases

SCREENS = 100
VOTERS = 300
WITHIN_S = 5.0
TURNS = 5
NOW = 1_700_000_000_000
_CLOSED = b'"state":"closed"'

TOLD = f"""\
{VOTERS} votes come within {WITHIN_S:g} s, one a commit, while {SCREENS} screens stand open in
another process, and while none does. *Screens*: the processor time of the bot's process with them,
less that without. *Closing*: from the commit to the last of all screens being told.
Middle of {TURNS} turns."""


class Turn(Struct, frozen=True):
    """One round of votes: seconds."""

    processor: float
    took: float
    closing: float
    states: float  # told to each screen


async def measure(_folder: Path) -> Section:
    """The load of many screens."""
    alone, watched = [], []
    for _ in range(TURNS):
        alone.append(await _turn(0))
        watched.append(await _turn(SCREENS))
    loads = sorted(
        (one.processor - other.processor) / one.took
        for one, other in zip(watched, alone, strict=True)
    )
    votes = sorted(one.processor / one.took for one in alone)
    closing = sorted(one.closing for one in watched)
    middle = TURNS // 2
    return Section(
        f"{SCREENS} screens of a live round",
        TOLD,
        [
            Measurement("the votes themselves", f"{100 * votes[middle]:.1f}% of a core"),
            at_most("screens", 100 * loads[middle], 5, "% of a core"),
            Measurement("states told to each screen", f"{watched[middle].states:.0f}"),
            at_most("closing", closing[middle], 1, " s"),
        ],
    )


async def _turn(screens: int) -> Turn:
    with TemporaryDirectory() as folder:
        async with services_with_cases(Path(folder), NOW) as services:
            return await _vote_before(services, screens)


async def _vote_before(services: Services, screens: int) -> Turn:
    services.library = shipped_library()
    live = await begin_round(services, services.library.cases["calcinosis-cutis"])
    await live.join(VOTERS)
    await live.step("shown")
    await live.step("open")
    async with screens_served(services) as url:
        watching = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.bench.screens", url, str(screens)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert watching.stdout is not None
        await watching.stdout.readline()
        began, spent = time.perf_counter(), time.process_time()
        await _vote(live)
        took, spent = time.perf_counter() - began, time.process_time() - spent
        await live.step("closed")
        closed = time.time()
        line = await watching.stdout.readline()
        last, states = map(float, line.split())
        await watching.wait()
    return Turn(spent, took, last - closed, states)


async def _vote(live: PlayedRound) -> None:
    began = time.perf_counter()
    for number in range(VOTERS):
        await asyncio.sleep(max(0.0, began + number * WITHIN_S / VOTERS - time.perf_counter()))
        await live.vote_of(number, [number % 4])


async def _watch(url: str, count: int) -> None:
    """Open so many screens, say so, and say when the last of them was told of the closing."""
    address = urlsplit(url)
    opened = [await asyncio.open_connection(address.hostname, address.port) for _ in range(count)]
    for reader, writer in opened:
        writer.write(f"GET /live/{TOKEN}/events HTTP/1.1\r\nHost: bot\r\n\r\n".encode())
        await reader.readuntil(b"data: ")
    sys.stdout.write("open\n")
    sys.stdout.flush()
    states = await asyncio.gather(*(_until_closed(reader) for reader, _ in opened))
    each = sum(states) / count if count else 0
    sys.stdout.write(f"{time.time()} {each}\n")
    sys.stdout.flush()


async def _until_closed(reader: asyncio.StreamReader) -> int:
    states = 1
    while _CLOSED not in (line := await reader.readline()):
        assert line, "the stream has ended"
        states += line.startswith(b"data: {")
    return states


if __name__ == "__main__":
    asyncio.run(_watch(sys.argv[1], int(sys.argv[2])))
