"""Once a day, what has been kept for as long as it may goes."""

import logging
from typing import Final

from bot.base.shutdown import Stop
from bot.services import Services
from storage.errors import RejectedError, StorageError
from storage.store import DAY

log = logging.getLogger(__name__)

_ABSENCE: Final = 31 * DAY
"""Without a sign of life for so long it may be the clock that is wrong; no age is shorter."""


async def tidy_daily(services: Services, stop: Stop, seen_at: int | None) -> None:
    """Delete by age until asked to stop. ``seen_at`` (UTC ms): when this bot was last at work.

    After a long absence it waits a day, in which a wrong clock can be set.
    """
    while not stop:
        now = services.clock.now()
        if seen_at is not None and now - seen_at > _ABSENCE:
            log.warning(
                "By the clock, this bot was away for %d days. If that is wrong, set the clock:"
                " what is deleted by age goes in a day.",
                (now - seen_at) // DAY,
            )
        else:
            await _tidy(services, now)
        seen_at = now
        await stop.pause(DAY / 1000)


async def _tidy(services: Services, now: int) -> None:
    try:
        await services.store.tidy(now, services.settings.retention)
    except (StorageError, RejectedError) as error:
        log.warning("What has served its time could not be deleted: %s", error)
