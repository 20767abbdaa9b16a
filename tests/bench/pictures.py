"""How long a picture of somebody's progress takes, and what others feel of it."""

import asyncio
import time
from pathlib import Path

from msgspec import to_builtins

from bot.base.i18n import Languages
from bot.files.file_process import FileProcess
from tests.bench.latency import at_work, waited
from tests.bench.report import Measurement, Section, at_most, middle, percentile
from tests.support.progress_states import STATES, pictured, state

FIRST = 3  # processes, each with nothing known of fonts
LATER = 10  # pictures
RATE, SECONDS, ROUNDS = 10, 10, 3
PICTURE = to_builtins(pictured(state(*STATES["2 years"]), Languages.load().words["en"]))

TOLD = f"""\
The picture of two years. *First*: the process that draws is started, and looks up the system's
fonts; *later*: the same process. *Votes*: {RATE} a second, each of another learner, from the vote
to the first message, in turns with and without pictures drawn one after another; the 99th
percentile of {ROUNDS} rounds. *Memory* is what the bot's process holds after these rounds beyond
what it held before the first picture."""


async def measure(folder: Path) -> Section:
    """Pictures by themselves, then beside votes."""
    first, later = [], []
    for _ in range(FIRST):
        async with FileProcess() as process:
            first.append(await _drawn(process))
            later += [await _drawn(process) for _ in range(LATER)]
    quiet, busy = [], []
    async with at_work(folder, limits=False) as (sandbox, services), FileProcess() as process:
        await waited(sandbox, services, RATE, SECONDS)  # uncounted: all is loaded once
        before = _memory()
        for _ in range(ROUNDS):
            quiet += (await waited(sandbox, services, RATE, SECONDS))[0]
            drawing = asyncio.create_task(_without_pause(process))
            busy += (await waited(sandbox, services, RATE, SECONDS))[0]
            drawing.cancel()
            await asyncio.wait([drawing])
        more = _memory() - before
    without, beside = percentile(quiet, 0.99), percentile(busy, 0.99)
    measurements = [
        at_most("the first picture", middle(first), 3, " s"),
        at_most("a later picture", middle(later), 1, " s"),
        Measurement("votes without pictures, with", f"{without:.3f} s, {beside:.3f} s"),
        at_most("with / without", beside / without, 1.2),
        at_most("memory", more, 5, " MB"),
    ]
    return Section("Pictures of progress", TOLD, measurements)


async def _drawn(process: FileProcess) -> float:
    begun = time.perf_counter()
    await process.make(PICTURE)
    return time.perf_counter() - begun


async def _without_pause(process: FileProcess) -> None:
    while True:
        await process.make(PICTURE)


def _memory() -> float:
    """What this process holds, in MB; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    (line,) = [line for line in status.read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024
