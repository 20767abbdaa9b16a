"""Run the campaigns and write their figures into RESULTS.md: ``python -m tests.soak``."""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
from pathlib import Path

from tests.soak.campaign import Campaign, CampaignResults, Plan
from tests.soak.faults import TROUBLES
from tests.soak.results import write


def main() -> int:
    """Run what the arguments ask for; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="lives that end by a kill alone")
    parser.add_argument("--rounds", type=int, default=300, help="lives with every trouble mixed")
    parser.add_argument("--people", type=int, default=40, help="who vote all the time")
    parser.add_argument("--seed", type=int, help="of the dice; a new one unless given")
    asked = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32) if asked.seed is None else asked.seed
    logging.basicConfig(level="WARNING")
    kept = True
    for title, rounds, troubles in (
        ("Kills at random instants", asked.kills, ()),
        ("Every trouble mixed", asked.rounds, TROUBLES),
    ):
        if rounds:
            plan = Plan(rounds, asked.people, seed, troubles)
            which = (
                f"--kills {rounds} --rounds 0" if not troubles else f"--kills 0 --rounds {rounds}"
            )
            command = f"python -m tests.soak {which} --people {plan.people} --seed {seed}"
            sys.stdout.write(f"{title}: {command}\n")
            results = _run(plan)
            write(title, command, results.figures(plan))
            sys.stdout.write(f"{results}\n")
            kept &= results.every_promise_kept
    return 0 if kept else 1


def _run(plan: Plan) -> CampaignResults:
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        return asyncio.run(Campaign(plan, Path(folder)).run())


if __name__ == "__main__":
    sys.exit(main())
