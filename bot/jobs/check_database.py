"""The whole database is gone through beside the work: at a start, daily, where damage shows."""

import logging
from collections.abc import Callable, Collection, Sequence

from bot.base.shutdown import Stop
from bot.features.shared.texts import damaged_tables
from bot.services import Services
from storage.errors import DamagedDatabaseError, StorageError
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import DAY_MS

log = logging.getLogger(__name__)


async def check_database(
    services: Services, stop: Stop, committed: Callable[[Sequence[Entry]], None]
) -> None:
    """Check until asked to stop, and tell administrators of damage that can be lived with.

    ``committed`` is called after each commit. Raises DamagedDatabaseError where votes can no longer
    be taken in safely.
    """
    told: frozenset[str] = frozenset()
    while not stop:
        services.store.damage_met.clear()
        try:
            damaged = await services.store.check()
            if damaged - told:
                await _tell(services, sorted(damaged), committed)
                told |= damaged
        except DamagedDatabaseError:
            raise
        except StorageError as error:
            log.warning("The database could not be checked: %s", error)
        await stop.or_news(services.store.damage_met, services.clock.real(DAY_MS / 1000))


async def _tell(
    services: Services,
    tables: Collection[str],
    committed: Callable[[Sequence[Entry]], None],
) -> None:
    log.error(
        "The database is damaged in %s. What needs that fails, all else goes on; restore a backup:"
        " morning-report restore FILE",
        ", ".join(tables),
    )
    words = services.languages.choose(None, None)
    told = [damaged_tables(admin, tables, words) for admin in sorted(services.settings.admins)]
    entry = Entry(Outcome(owed=tuple(told)))
    await services.store.ledger.commit([entry], services.clock.now())
    committed([entry])
