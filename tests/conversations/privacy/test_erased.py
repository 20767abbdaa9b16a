"""After `/forget` the bot itself sees to it that the disk holds nothing of the person."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from bot.settings import Settings
from tests.support.database import query
from tests.support.sandbox import Person
from tests.support.seeing import buttons
from tests.support.trouble import says, until
from tests.support.wal import wal_of


def lies_there(database: Path, person_id: int) -> bool:
    """Whether an id lies in file or log; another program reads, which disturbs no lock."""
    files = [str(each) for each in (database, wal_of(database)) if each.exists()]
    found = subprocess.run(["cat", *files], stdout=subprocess.PIPE, check=True).stdout
    size = next(size for size in (4, 6, 8) if person_id < 1 << 8 * size - 1)
    return person_id.to_bytes(size, "big") in found or str(person_id).encode() in found


async def test_nothing_of_the_person_stays_on_the_disk(bot: Settings, learner: Person) -> None:
    """Not while somebody reads there; then by itself, in a moment, with the bot at work."""

    async def forget() -> None:
        question = await learner.send("/forget")
        asked = await learner.wait_for(says("Erase everything"), after=question["message_id"])
        await learner.press(asked, buttons(asked)["Erase everything"])
        await learner.wait_for(says("Done: nothing"), after=asked["message_id"])

    async def gone() -> bool:
        return not lies_there(bot.database, learner.id)

    assert not await gone()
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchall()
        await forget()
        assert query(bot.database, "SELECT count(*) FROM people") == [(0,)]
        assert not await gone()
    await until(gone)

    async def noted() -> bool:
        return query(bot.database, "SELECT count(*) FROM erasures") == [(0,)]

    await until(noted)
