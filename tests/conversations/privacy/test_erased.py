"""After `/forget` the bot itself sees to it that the disk holds nothing of the person."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import ROOT, BotProcess
from tests.support.database import query
from tests.support.litestream import PROGRAM, WHY_NOT, replicating
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import buttons
from tests.support.trouble import arrive, says, until
from tests.support.wal import wal_of


def lies_there(database: Path, person_id: int) -> bool:
    """Whether an id lies in file or log; another program reads, which disturbs no lock."""
    files = [str(each) for each in (database, wal_of(database)) if each.exists()]
    found = subprocess.run(["cat", *files], stdout=subprocess.PIPE, check=True).stdout
    size = next(size for size in (4, 6, 8) if person_id < 1 << 8 * size - 1)
    return person_id.to_bytes(size, "big") in found or str(person_id).encode() in found


async def forget(learner: Person) -> None:
    """Have everything erased, and hear that it is."""
    question = await learner.send("/forget")
    asked = await learner.wait_for(says("Erase everything"), after=question["message_id"])
    await learner.press(asked, buttons(asked)["Erase everything"])
    await learner.wait_for(says("Done: nothing"), after=asked["message_id"])


async def test_nothing_of_the_person_stays_on_the_disk(bot: Settings, learner: Person) -> None:
    """Not while somebody reads there; then by itself, in a moment, with the bot at work."""

    async def gone() -> bool:
        return not lies_there(bot.database, learner.id)

    assert not await gone()
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchall()
        await forget(learner)
        assert query(bot.database, "SELECT count(*) FROM people") == [(0,)]
        assert not await gone()
    await until(gone)

    async def noted() -> bool:
        return query(bot.database, "SELECT count(*) FROM erasures") == [(0,)]

    await until(noted)


@pytest.mark.skipif(PROGRAM is None, reason=WHY_NOT)
async def test_beside_litestream_it_goes_in_the_pause_that_is_made_for_it(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path
) -> None:
    """The bot, at work all the time, does not try; the command of the pause does."""
    machine = tmp_path / "machine"
    machine.mkdir()
    async with replicating(machine, tmp_path / "replica", tmp_path) as litestream:
        bot = await BotProcess.start(
            server.url,
            machine,
            MORNING_REPORT_DATABASE=str(litestream.database),
            MORNING_REPORT_LITESTREAM=str(litestream.socket),
        )
        learner, other = await arrive(sandbox), await arrive(sandbox, "Ben")
        await litestream.caught_up()
        await litestream.end()
        await forget(learner)
        for _ in range(8):  # time enough for the bot to do it, if it did
            asked = await other.send("/help")
            await other.wait_for(says("/daily"), after=asked["message_id"])
        assert query(litestream.database, "SELECT in_log FROM erasures") == [(1,)]
        assert lies_there(litestream.database, learner.id)
        wiping = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "wipe"),
            cwd=machine,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "MORNING_REPORT_DATABASE": str(litestream.database),
            },
        )
        assert await wiping.wait() == 0
        assert query(litestream.database, "SELECT count(*) FROM erasures") == [(0,)]
        assert not lies_there(litestream.database, learner.id)
        assert (await bot.end())[0] == 0
