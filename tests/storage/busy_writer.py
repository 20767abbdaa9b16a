"""A program that commits Outcomes until it is killed, and prints each update's id once it is kept.

Usage: ``python -m tests.storage.busy_writer DATABASE FIRST_ID``
"""

import asyncio
import sys
from itertools import count
from pathlib import Path

from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.storage.samples import NOW, posted, text


async def write(path: Path, first: int) -> None:
    store = await Store.open(path, NOW)
    for number in count(first):
        facts = (PersonMet(number, "en", NOW), *posted(number, number))
        outcome = Outcome(facts, (text("first", number), text("second", number, reply_to=0)))
        await store.ledger.commit([Entry(outcome, number)], NOW)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), int(sys.argv[2])))
