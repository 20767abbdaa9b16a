"""Run the campaigns and write their numbers into RESULTS.md: ``python -m tests.soak``."""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.soak.campaign import Campaign, Plan
from tests.soak.campaign_checks import CampaignResults, CampaignSize
from tests.soak.faults import CHAT_TROUBLES, TROUBLES, Trouble
from tests.soak.results import write

_CAMPAIGNS: Sequence[tuple[str, str, Sequence[Trouble]]] = (
    ("Kills at random instants", "kills", ()),
    ("Every trouble mixed", "rounds", TROUBLES),
    ("Kills and troubles amid groups and channels", "chat_kills", CHAT_TROUBLES),
)
"""The title of each campaign, the argument that says how many lives, and what happens in them."""


def main() -> int:
    """Run what the arguments ask for; 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="lives that end by a kill alone")
    parser.add_argument("--rounds", type=int, default=300, help="lives with every trouble mixed")
    parser.add_argument("--people", type=int, default=40, help="who vote all the time")
    parser.add_argument("--chat-kills", type=int, default=100, help="kills in troubled chats")
    parser.add_argument("--members", type=int, default=20, help="who vote in each of the chats")
    parser.add_argument("--seed", type=int, help="of the dice; a new one unless given")
    parser.add_argument("--dry", action="store_true", help="write nothing into RESULTS.md")
    asked = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32) if asked.seed is None else asked.seed
    logging.basicConfig(level="WARNING")
    kept = True
    rounds = {name: getattr(asked, name) for name in ("kills", "rounds", "chat_kills")}
    for title, name, troubles in _CAMPAIGNS:
        if rounds[name]:
            in_chats = name == "chat_kills"
            people = asked.members if in_chats else asked.people
            plan = Plan(CampaignSize(rounds[name], people, seed), troubles, in_chats)
            only = {other: rounds[name] if other == name else 0 for other in rounds}
            only |= {"members" if in_chats else "people": people, "seed": seed}
            options = " ".join(f"--{key.replace('_', '-')} {n}" for key, n in only.items())
            command = f"python -m tests.soak {options}"
            sys.stdout.write(f"{title}: {command}\n")
            results = _run(plan)
            if not asked.dry:
                write(title, command, results.table())
            sys.stdout.write(f"{results}\n")
            kept &= results.every_promise_kept
    return 0 if kept else 1


def _run(plan: Plan) -> CampaignResults:
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        return asyncio.run(Campaign(plan, Path(folder)).run())


if __name__ == "__main__":
    sys.exit(main())
