"""Let machines die, look for what was erased in a replica, and write down what came of it.

``python -m tests.soak.litestream`` writes into RESULTS.md; without Litestream it says so.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.soak import results
from tests.soak.dying_machine import Death, Drill
from tests.soak.erased_replica import HOUR_S, TOLD_HOURS, hours_held
from tests.support.litestream import PROGRAM, WHY_NOT


def main() -> int:
    """Let as many die as the arguments ask for; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.litestream", description=__doc__)
    parser.add_argument("--deaths", type=int, default=6)
    parser.add_argument("--people", type=int, default=40, help="who vote all the time")
    parser.add_argument("--seed", type=int, help="of the dice; a new one unless given")
    asked = parser.parse_args()
    if PROGRAM is None:
        sys.stdout.write(f"Not tried: {WHY_NOT}\n")
        return 0
    seed = random.SystemRandom().getrandbits(32) if asked.seed is None else asked.seed
    dice = random.Random(seed)
    deaths = []
    for _ in range(asked.deaths):
        with tempfile.TemporaryDirectory(prefix="drill-") as folder:
            deaths.append(asyncio.run(Drill(Path(folder), asked.people, dice).run()))
        sys.stdout.write(f"{deaths[-1]}\n")
    command = (
        f"python -m tests.soak.litestream --deaths {asked.deaths} --people {asked.people}"
        f" --seed {seed}"
    )
    results.write("A machine that dies", command, _numbers(deaths))
    with tempfile.TemporaryDirectory(prefix="drill-") as folder:
        held = asyncio.run(hours_held(Path(folder)))
    results.write("Erased, but not yet gone", command, _figures_of(held))
    gone = all(hours < TOLD_HOURS for hours in held.values())
    return 0 if gone and all(death.kept for death in deaths) else 1


def _numbers(deaths: list[Death]) -> dict[str, object]:
    return {
        "machines that died": len(deaths),
        "votes before": sum(death.votes for death in deaths),
        "of these missing for good": sum(death.missing for death in deaths),
        "the most of one machine": max(death.missing for death in deaths),
        "the oldest of them, s before": round(max(death.oldest_s for death in deaths), 1),
        "votes later in polls that went with the machine": sum(
            death.missing_later for death in deaths
        ),
        "updates that came again": sum(death.came_again for death in deaths),
        "votes doubled": sum(death.doubled for death in deaths),
        "replica, as the doctor told": ", ".join(sorted({death.behind for death in deaths})),
        "longest restore, s": round(max(death.restored_in_s for death in deaths), 1),
        "integrity": ", ".join(sorted({death.integrity for death in deaths})),
    }


def _figures_of(held: Mapping[str, float]) -> dict[str, object]:
    return {
        "an hour lasts here, s": round(HOUR_S, 2),
        "hours in the file": round(held["file"], 1),
        "hours in its log": round(held["log"], 1),
        "hours in the replica": round(held["replica"], 1),
        "hours, as /privacy says": TOLD_HOURS,
    }


if __name__ == "__main__":
    sys.exit(main())
