"""A machine that dies, and another that goes on from the replica: ``make soak`` lets more die."""

import random
from pathlib import Path

import pytest

from tests.soak.litestream import Drill
from tests.support.litestream import PROGRAM, WHY_NOT

PEOPLE = 10


@pytest.mark.skipif(PROGRAM is None, reason=WHY_NOT)
async def test_no_more_than_the_last_seconds_go_with_a_machine(tmp_path: Path) -> None:
    """Bot and Litestream are killed and their folder is gone; what Telegram still has comes again,
    and what was voted before the last seconds is all there, once.
    """
    death = await Drill(tmp_path, PEOPLE, random.Random(), busy_s=(6.0, 8.0)).run()
    assert death.votes > death.missing
    assert death.kept, death
