"""Acting on what Telegram refuses to groups and channels, under the lock of all that acts."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.features.membership.rejected_call import refused
from bot.services import Services
from storage.errors import RejectedError, StorageError
from storage.ledger import Entry
from storage.outbox import OwedRow

log = logging.getLogger(__name__)


class Rejections:
    """What sending tells of calls to groups and channels that were refused for good.

    ``working`` is the lock that intake holds too; ``committed`` is called after each commit.
    """

    def __init__(
        self,
        services: Services,
        working: asyncio.Lock,
        committed: Callable[[Sequence[Entry]], None],
    ) -> None:
        self._services = services
        self._working = working
        self._committed = committed

    async def tell(self, row: OwedRow, description: str) -> None:
        """Record what follows from a refusal. Raises StorageError."""
        async with self._working:
            try:
                entry = Entry(await refused(self._services, row, description))
                await self._services.store.ledger.commit([entry], self._services.clock.now())
            except RejectedError as error:
                log.error("What follows from a refusal cannot be kept: %s", error)
                return
            except StorageError:
                raise
            except Exception:
                # The call itself is settled: nothing else may wait for this.
                log.exception("What follows from a refusal of %s could not be found.", row.method)
                return
        self._committed([entry])
