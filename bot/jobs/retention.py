"""Once a day, what has been kept for as long as it may goes."""

import logging

from bot.base.shutdown import Stop
from bot.base.time_units import DAY_MS
from bot.services import Services
from storage.errors import RejectedError, StorageError

log = logging.getLogger(__name__)

_LOOK_S = 60.0  # seconds between looks at a clock that is wrong


async def tidy_daily(services: Services, stop: Stop) -> None:
    """Delete by age until asked to stop; nothing while the clock is wrong."""
    while not stop:
        if services.clock.right:
            await _tidy(services)
            await stop.pause(DAY_MS / 1000)
        else:
            await stop.pause(_LOOK_S)


async def _tidy(services: Services) -> None:
    try:
        await services.store.tidy(services.clock.now(), services.settings.retention)
    except (StorageError, RejectedError) as error:
        log.warning("What has served its time could not be deleted: %s", error)
