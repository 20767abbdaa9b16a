"""The bot at work deletes what has been kept for as long as is set."""

import asyncio
import time
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.jobs.retention import tidy_daily
from bot.settings import Settings
from content.library import load_library
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import DAY, Store
from tests.storage.samples import ADA, NOW, answered, posted, record
from tests.support.services import services_at
from tests.support.trouble import until

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
    tidying = asyncio.create_task(tidy_daily(services, stop, None))
    while (kept := await store.polls.has_answered(ADA, 1, 0)) and time.time() - began < 10:
        await services.clock.sleep(DAY / 1000)
    assert not kept
    assert time.time() - began > 31 / DAYS_A_SECOND
    stop.set()
    await tidying
    assert (await store.polls.tally("revision")).all.answers == 1
    await store.close()


async def test_after_a_long_absence_it_waits_a_day(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A clock that begins months ahead deletes nothing before somebody can have set it."""
    store = await Store.open(tmp_path / "bot.db", NOW)
    entry = Entry(Outcome((*posted(), answered())), update_id=5)
    await store.ledger.commit([entry], NOW)
    seen_at = await store.ledger.seen_at()
    assert seen_at == NOW
    services = services_at(NOW, store, load_library())
    services.settings = Settings(keep_answers_days=31)
    services.clock = Clock((NOW + 100 * DAY) / 1000, 2 * DAY / 1000, time.time())
    stop = Stop(services.clock)
    tidying = asyncio.create_task(tidy_daily(services, stop, seen_at))

    async def gone() -> bool:
        return not await store.polls.has_answered(ADA, 1, 0)

    async def warned() -> bool:
        return "away for 100 days" in caplog.text

    await until(warned)
    await until(gone)
    assert services.clock.now() - seen_at >= 101 * DAY
    stop.set()
    await tidying
    await store.close()
