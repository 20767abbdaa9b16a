"""A machine that dies, and another that goes on from the replica: ``make soak`` lets more die."""

import asyncio
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.base.clock import SYSTEM_CLOCK
from storage.facts import PersonForgotten
from storage.store import Store
from tests.soak.dying_machine import Drill
from tests.storage.samples import ADA, BEN, answered, mentions, posted, record
from tests.support.command_line import command_line
from tests.support.litestream import PROGRAM, WHY_NOT, Litestream, replicating

PEOPLE = 10

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=WHY_NOT)


async def test_no_more_than_the_last_seconds_go_with_a_machine(tmp_path: Path) -> None:
    """Bot and Litestream are killed and their folder is gone; what Telegram still has comes again,
    and what was voted before the last seconds is all there, once.
    """
    death = await Drill(tmp_path, PEOPLE, random.Random(), busy_s=(6.0, 8.0)).run()
    assert death.votes > death.missing
    assert death.kept, death


def test_going_back_to_an_earlier_hour_brings_nobody_back_who_was_erased_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The database that is replaced knows whom; the others are as they were then."""
    earlier = tmp_path / "earlier.db"
    database = asyncio.run(_erased_since(tmp_path, earlier))
    assert mentions(earlier, ADA)
    run = command_line(tmp_path, monkeypatch, capsys)
    monkeypatch.setenv("MORNING_REPORT_DATABASE", str(database))
    code, out, _ = run("restore", earlier, "--force")
    assert (code, "1 learner erased since: erased in it again" in out) == (0, True)
    assert not mentions(database, ADA)
    assert mentions(database, BEN)


async def _erased_since(folder: Path, earlier: Path) -> Path:
    """A database, and what it was before somebody was erased."""
    machine = folder / "machine"
    machine.mkdir()
    async with replicating(machine, folder / "replica", folder) as litestream:
        store = await Store.open(litestream.database, SYSTEM_CLOCK.now(), replicated=True)
        try:
            await store.claim(7007)
            await record(store, *posted(), answered(), answered(BEN, post_id=None))
            at = await _replicated(litestream)
            await record(store, PersonForgotten(ADA))
            await _replicated(litestream)
        finally:
            await store.close()
        await litestream.end()
        await litestream.restore(earlier, "-timestamp", at.isoformat())
    return litestream.database


async def _replicated(litestream: Litestream) -> datetime:
    """Wait until all until now is, and return a time just after."""
    await litestream.caught_up()
    at = datetime.now(UTC)
    await asyncio.sleep(1.1)  # a replica's times are its files', one a second
    return at
