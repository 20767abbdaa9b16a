"""The bot at work deletes what has been kept for as long as is set."""

import asyncio
import time
from pathlib import Path

from bot.app import _tidy_daily
from bot.clock import Clock
from bot.settings import Settings
from bot.stopping import Stop
from content.library import load_library
from storage.store import DAY, Store
from tests.storage.samples import ADA, NOW, answered, posted, record
from tests.support.services import services_at

DAYS_A_SECOND = 100


async def test_every_day_what_is_old_goes(tmp_path: Path) -> None:
    """Not at once, and not without being asked to; on the day after the last one it is kept."""
    store = await Store.open(tmp_path / "bot.db", NOW)
    await record(store, *posted(), answered())
    services = services_at(NOW, store, load_library())
    services.settings = Settings(keep_answers_days=31)
    began = time.time()
    services.clock = Clock(NOW / 1000, DAYS_A_SECOND * DAY / 1000, began)
    stop = Stop(services.clock)
    tidying = asyncio.create_task(_tidy_daily(services, stop))
    while (kept := await store.polls.has_answered(ADA, 1, 0)) and time.time() - began < 10:
        await services.clock.sleep(DAY / 1000)
    assert not kept
    assert time.time() - began > 31 / DAYS_A_SECOND
    stop.set()
    await tidying
    assert (await store.polls.tally("revision")).answers == 1
    await store.close()
