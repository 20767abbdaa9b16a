"""Once a day items are reckoned, and administrators asked about those that alarm."""

import asyncio
import logging
from typing import Final

from bot.base.time_units import DAY_MS
from bot.features.items.alarms import follow_up
from bot.jobs.job_context import JobContext
from bot.jobs.reckon_items import reckon_anew
from content.item_statistics import MINIMUMS
from storage.errors import StorageError

log = logging.getLogger(__name__)

_FIRST_S: Final = 60.0  # seconds after a start, in which people have waited long enough


async def look_for_alarms(context: JobContext) -> None:
    """Look until asked to stop; nothing while nobody could be asked, or the clock is wrong."""
    services, stop = context.services, context.stop
    await stop.pause(_FIRST_S)
    while not stop:
        if services.settings.admins and services.clock.right:
            try:
                await _look(context)
            except StorageError as error:
                log.error("Alarms of items must wait: the database failed (%s).", error)
            except Exception:
                # Votes must not suffer from this.
                log.exception("What items' numbers say cannot be told.")
        await stop.pause(DAY_MS / 1000)


async def _look(context: JobContext) -> None:
    services = context.services
    if not await services.store.item_cards.answered(MINIMUMS.discrimination):
        return
    reckoned = await reckon_anew(services, context.stop)
    if reckoned is None:
        return
    # Of thousands of cases it takes a while, once for each library; nobody waits for it.
    await asyncio.to_thread(getattr, services.library, "items")
    async with context.working:
        outcomes = await follow_up(services, reckoned)
        if outcomes:
            await context.commit(*outcomes)
