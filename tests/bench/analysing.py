"""How long item analysis takes, and what voters feel of it."""

import asyncio
import time
from pathlib import Path

from bot.jobs.reckon_items import reckoned_beside
from bot.services import Services
from content.library import Library
from content.reckoned_items import Reckoned
from content.snapshot import Snapshot
from tests.bench.latency import at_work, waited
from tests.bench.report import Measurement, Section, at_most, middle, percentile
from tests.support.item_answers import fill

ITEMS, PEOPLE = 1000, 2000
REPEATS = 3
RATE, SECONDS, ROUNDS = 10, 10, 3

TOLD = f"""\
{PEOPLE:,} people have each answered {ITEMS:,} questions: {PEOPLE * ITEMS:,} answers in a database.
*Analysis*: in a process of its own that gives way to others, from its start until the bot has the
numbers of every question; {REPEATS} times, the median. *Votes*: {RATE} a second, each of another
learner, from the vote to the first message, in turns with and without analyses made one after
another; the 99th percentile of {ROUNDS} rounds."""


async def measure(folder: Path) -> Section:
    """Analyses by themselves, then beside votes."""
    quiet, busy = [], []
    async with at_work(folder, limits=False) as (sandbox, services):
        database = services.settings.database
        await asyncio.to_thread(fill, database, _questions(services.library), PEOPLE)
        took = [await _reckoned(services) for _ in range(REPEATS)]
        await waited(sandbox, services, RATE, SECONDS)  # uncounted: all is loaded once
        for _ in range(ROUNDS):
            quiet += (await waited(sandbox, services, RATE, SECONDS))[0]
            reckoning = asyncio.create_task(_without_pause(services))
            busy += (await waited(sandbox, services, RATE, SECONDS))[0]
            reckoning.cancel()
            await asyncio.wait([reckoning])
    without, beside = percentile(quiet, 0.99), percentile(busy, 0.99)
    measurements = [
        at_most(f"{ITEMS:,} questions, {PEOPLE:,} people", middle(took), 10, " s"),
        Measurement("votes without analyses", f"{without:.3f} s"),
        at_most("votes with analyses", beside, 0.25, " s"),
    ]
    return Section("Item analysis", TOLD, measurements)


def _questions(library: Library) -> list[Snapshot]:
    """As many cases as items are wanted, each of other words."""
    shipped = [library.snapshot(case) for case in library.cases.values()]
    return [
        Snapshot(
            one.case.model_copy(update={"id": f"case-{n}", "vignette": f"Patient {n}."}),
            one.figures,
        )
        for n, one in ((n, shipped[n % len(shipped)]) for n in range(ITEMS))
    ]


async def _reckoned(services: Services) -> float:
    begun = time.perf_counter()
    found = await reckoned_beside(services.settings.database, services.clock.now())
    took = time.perf_counter() - begun
    _ensure_all(found)
    return took


def _ensure_all(found: Reckoned) -> None:
    counts = {one.statistics.answers for one in found.items if one.key.case_id.startswith("case-")}
    if len(found.items) < ITEMS or counts != {PEOPLE}:
        raise AssertionError("answers are missing")


async def _without_pause(services: Services) -> None:
    while True:
        await reckoned_beside(services.settings.database, services.clock.now())
