"""The bot at work deletes what has been kept for as long as is set."""

import asyncio
import time
from email.utils import formatdate
from pathlib import Path

from bot.base.clock import Clock
from bot.base.compared_clock import ComparedClock
from bot.base.shutdown import Stop
from bot.base.time_units import DAY_MS
from bot.jobs.retention import tidy_daily
from bot.settings import Settings
from content.library import load_library
from storage.store import Store
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
    services.clock = Clock(NOW / 1000, DAYS_A_SECOND * DAY_MS / 1000, began)
    stop = Stop(services.clock)
    tidying = asyncio.create_task(tidy_daily(services, stop))
    while (kept := await store.polls.has_answered(ADA, 1, 0)) and time.time() - began < 10:
        await services.clock.sleep(DAY_MS / 1000)
    assert not kept
    assert time.time() - began > 31 / DAYS_A_SECOND
    stop.set()
    await tidying
    assert (await store.polls.tally("revision")).all.answers == 1
    await store.close()


async def test_nothing_goes_while_the_clock_is_wrong(tmp_path: Path) -> None:
    """A clock that is months ahead, or was and goes back, deletes nothing; a right one does."""
    store = await Store.open(tmp_path / "bot.db", NOW)
    await record(store, *posted(), answered())
    services = services_at(NOW, store, load_library())
    services.settings = Settings(keep_answers_days=31)
    clock = ComparedClock.of(Clock((NOW + 100 * DAY_MS) / 1000, 3600, time.time()))
    clock.heard(formatdate(NOW / 1000, usegmt=True), 0)
    services.clock = clock
    looks = 0

    class CountedStop(Stop):
        async def pause(self, seconds: float) -> None:
            nonlocal looks
            looks += 1
            await super().pause(seconds)

    stop = CountedStop(services.clock)
    tidying = asyncio.create_task(tidy_daily(services, stop))

    async def looked() -> bool:
        return looks > 3

    await until(looked)
    assert await store.polls.has_answered(ADA, 1, 0)
    clock.heard(formatdate(clock.own.now() / 1000, usegmt=True), 0)

    async def gone() -> bool:
        return not await store.polls.has_answered(ADA, 1, 0)

    await until(gone)
    stop.set()
    await tidying
    await store.close()
