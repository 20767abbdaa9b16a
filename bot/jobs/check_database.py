"""The whole database is gone through beside the work: at a start, daily, where damage shows."""

import logging
from collections.abc import Collection

from bot.base.time_units import DAY_MS
from bot.features.shared.texts import damaged_tables
from bot.jobs.job_context import JobContext
from storage.errors import DamagedDatabaseError, StorageError
from storage.outcome import Outcome

log = logging.getLogger(__name__)


async def check_database(context: JobContext) -> None:
    """Check until asked to stop, and tell administrators of damage that can be lived with.

    Raises DamagedDatabaseError where votes can no longer be taken in safely.
    """
    services, stop = context.services, context.stop
    told: frozenset[str] = frozenset()
    while not stop:
        services.store.damage_met.clear()
        try:
            damaged = await services.store.check()
            if damaged - told:
                await _tell(context, sorted(damaged))
                told |= damaged
        except DamagedDatabaseError:
            raise
        except StorageError as error:
            log.warning("The database could not be checked: %s", error)
        await stop.or_news(services.store.damage_met, services.clock.real(DAY_MS / 1000))


async def _tell(context: JobContext, tables: Collection[str]) -> None:
    services = context.services
    log.error(
        "The database is damaged in %s. What needs that fails, all else goes on; restore a backup:"
        " morning-report restore FILE",
        ", ".join(tables),
    )
    words = services.languages.choose(None, None)
    told = [damaged_tables(admin, tables, words) for admin in sorted(services.settings.admins)]
    await context.commit(Outcome(owed=tuple(told)))
