"""Cases that are being published while the bot is killed, again and again."""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from content.library import case_paths
from content.loader import read_case
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked
from storage.store import Store
from tests.content.samples import case_data
from tests.support.bot import BotProcess
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import text_of
from tests.support.trouble import until

CASES = 40
KILLED_AT = (1, 8, 15, 30, 40)  # files written


async def test_every_case_is_whole_in_use_and_told_of(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """Killed as it writes: no file is half there, none is missing, and each author hears of each.

    Of what was sent when it was killed, one message may come twice.
    """
    author = await sandbox.person("Ada", language_code="en")
    folder = tmp_path / "cases"
    folder.mkdir()
    start = datetime.fromtimestamp(clock.start, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    await owe(tmp_path / "bot.db", author.id, clock)
    await author.send("/start")
    environment = {
        "MORNING_REPORT_CONTENT": str(folder),
        "MORNING_REPORT_SHIPPED_CASES": "off",
        "MORNING_REPORT_CLOCK": f"{start}x{clock.speed}@{clock.epoch}",
    }
    for number in KILLED_AT:
        bot = await BotProcess.start(server.url, tmp_path, None, **environment)
        await until(partial(written, folder, number))
        await bot.kill()
        for path in case_paths(folder)[0]:
            assert read_case(path).problems == ()
    bot = await BotProcess.start(server.url, tmp_path, None, **environment)
    await until(partial(all_told, author))
    told = await told_of(author)
    assert (await bot.end())[0] == 0
    assert set(told) == {f"Lumps {number}" for number in range(CASES)}
    assert sum(told.values()) <= CASES + len(KILLED_AT)
    assert {path.name for path in folder.iterdir()} == {f"lumps-{n}.yaml" for n in range(CASES)}


async def owe(database: Path, author_id: int, clock: Clock) -> None:
    """All of them are to be published."""
    store = await Store.open(database, clock.now())
    asked = [
        PublicationAsked(
            f"lumps-{number}",
            author_id,
            None,
            json.dumps(case_data(id=f"lumps-{number}", title=f"Lumps {number}")),
            (),
            None,
            clock.now(),
        )
        for number in range(CASES)
    ]
    met = PersonMet(author_id, "en", clock.now())
    await store.ledger.commit([Entry(Outcome((met, *asked)))], clock.now())
    await store.close()


async def written(folder: Path, number: int) -> bool:
    """Whether so many files are there."""
    return len(case_paths(folder)[0]) >= number


async def told_of(author: Person) -> Counter[str]:
    """Of which cases the author heard that they are in use, and how often."""
    texts = [text_of(message) for message in await author.messages()]
    lines = [line for text in texts if "Published and in use" in text for line in text.split("\n")]
    return Counter(line for line in lines if line.startswith("Lumps "))


async def all_told(author: Person) -> bool:
    """Whether that is all of them."""
    return len(await told_of(author)) == CASES
