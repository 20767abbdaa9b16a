"""A whole day of many groups, in accelerated time; at its end every promise must be kept.

``python -m tests.soak.day`` runs it and writes its numbers into RESULTS.md.
"""

import argparse
import asyncio
import shutil
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from bot.base.clock import Clock
from bot.base.time_units import HOUR_MS
from bot.sandbox.server import SandboxServer
from content.library import SHIPPED, load_library
from tests.soak.day_checks import BrokenPromiseError, check_day, told, unfinished
from tests.soak.simulated_groups import SimulatedGroups, Size
from tests.support.bot import BotProcess

DAY = datetime(2026, 3, 29, tzinfo=UTC)
"""Clocks are put forward in much of Europe, at 01:00 UTC."""
_TAIL = 8  # hours after the last due time; a case's questions are open one after the other


class Plan(Struct, frozen=True):
    """How many groups, and how fast their clock runs; in the middle the bot is started anew."""

    size: Size
    speed: int
    seed: int
    limits: bool = True


async def run_day(plan: Plan, folder: Path) -> dict[str, object]:
    """Run the day; returns its numbers. Raises BrokenPromiseError, TimeoutError."""
    begun = time.monotonic()
    shutil.copytree(SHIPPED, folder / "cases")
    # Everybody is put on record before the day begins: that takes its time.
    epoch = int(time.time()) + 2 + plan.size.learners // 2000
    start = int(DAY.timestamp())
    clock = Clock(start, plan.speed, epoch)
    server = SandboxServer(clock=clock, limits=plan.limits)
    await server.start()
    try:
        world = server._world
        simulated = SimulatedGroups(world, clock, plan.size, start * 1000, plan.seed)
        await simulated.put_on_record(folder / "bot.db")
        acting = [
            asyncio.create_task(each) for each in (simulated.members.act(), _tell(simulated, clock))
        ]
        peak, restart = await _two_bots(plan, simulated, clock, server.url, folder)
        for each in acting:
            each.cancel()
        numbers = check_day(simulated, world, folder / "bot.db", load_library(folder / "cases"))
        calls = server._api.traffic.calls()
    finally:
        await server.stop()
    refused = Counter(call["status"] for call in calls if call["status"] != 200)
    return {
        "groups": plan.size.groups,
        "time zones": len({group.settings.zone for group in simulated.groups.values()}),
        "learners": plan.size.learners,
        "hours lived": f"{(clock.now() / 1000 - start) / 3600:.1f}",
        "times as fast": plan.speed,
        "seconds": round(time.monotonic() - begun),
        **numbers,
        "calls refused by Telegram for their pace": refused[429],
        "seconds for the orderly end at noon": f"{restart:.1f}",
        "peak memory of the bot, MB": peak,
    }


async def _two_bots(
    plan: Plan, simulated: SimulatedGroups, clock: Clock, url: str, folder: Path
) -> tuple[int | None, float]:
    """Run a bot until noon and another until all is done. Peak MB, and seconds of the first end."""
    middle = int(DAY.timestamp() * 1000) + plan.size.hours * HOUR_MS // 2
    settings = {
        "MORNING_REPORT_CLOCK": f"{DAY:%Y-%m-%dT%H:%M:%S}x{plan.speed}@{int(clock.epoch)}",
        "MORNING_REPORT_CONTENT": str(folder / "cases"),
        "MORNING_REPORT_SHIPPED_CASES": "off",
    }
    deadline = simulated.last_due + _TAIL * HOUR_MS
    bot = await BotProcess.start(url, folder, **settings)
    while clock.now() < middle:
        await _alive(bot)
    peaks = [_peak(bot)]
    before = time.monotonic()
    outputs = [await bot.end()]
    ending = time.monotonic() - before
    bot = await BotProcess.start(url, folder, **settings)
    while (
        clock.now() < simulated.last_due
        or not simulated.members.idle
        or unfinished(folder / "bot.db")
    ):
        await _alive(bot)
        if clock.now() > deadline:
            raise BrokenPromiseError(f"not done in time: {unfinished(folder / 'bot.db')}")
    peaks.append(_peak(bot))
    outputs.append(await bot.end())
    for code, output in outputs:
        if code or " ERROR " in output or " WARNING " in output:
            raise BrokenPromiseError(f"exit code {code}:\n{output}")
    return (None if None in peaks else max(filter(None, peaks))), ending


async def _alive(bot: BotProcess) -> None:
    """A moment later, still. Raises BrokenPromiseError."""
    await asyncio.sleep(0.5)
    if not bot.alive:
        raise BrokenPromiseError(f"the bot ended: {await bot.finished()}")


async def _tell(simulated: SimulatedGroups, clock: Clock) -> None:
    """Say every hour of the day how far it is."""
    while True:
        await clock.sleep((HOUR_MS - clock.now() % HOUR_MS) / 1000)
        shown = datetime.fromtimestamp(clock.now() / 1000, UTC)
        sys.stdout.write(f"{shown:%H:%M}, {simulated.members.actions.number} votes\n")
        sys.stdout.flush()


def _peak(bot: BotProcess) -> int | None:
    """The most memory that the bot has had, in MB; None where the system does not tell."""
    status = Path(f"/proc/{bot.pid}/status")
    if not status.exists():
        return None
    (line,) = [one for one in status.read_text().splitlines() if one.startswith("VmHWM")]
    return int(line.split()[1]) >> 10


def main() -> int:
    """Run the day that the arguments ask for; 1 where a promise was not kept."""
    whole = Size()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=whole.groups)
    parser.add_argument("--learners", type=int, default=whole.learners)
    parser.add_argument("--daily", type=int, default=whole.daily, help="learners with daily cases")
    parser.add_argument("--hours", type=int, default=whole.hours)
    parser.add_argument("--speed", type=int, default=120, help="of the clock")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 2**32)
    parser.add_argument("--no-limits", action="store_true", help="a sandbox without sending limits")
    parser.add_argument("--dry", action="store_true", help="write nothing into RESULTS.md")
    asked = parser.parse_args()
    size = Size(asked.groups, asked.learners, asked.daily, asked.hours)
    plan = Plan(size, asked.speed, asked.seed, not asked.no_limits)
    command = (
        f"python -m tests.soak.day --groups {size.groups} --learners {size.learners}"
        f" --daily {size.daily} --hours {size.hours} --speed {plan.speed} --seed {plan.seed}"
        f"{'' if plan.limits else ' --no-limits'}"
    )
    return told("A day", command, partial(run_day, plan), dry=asked.dry)


if __name__ == "__main__":
    sys.exit(main())
