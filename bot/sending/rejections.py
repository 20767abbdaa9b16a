"""Acting on what Telegram refuses for good, under the lock of all that acts."""

import asyncio
import logging
from collections.abc import Callable, Sequence

from bot.features.membership.rejected_call import refused
from bot.features.posts.rejected_case import bad_case, rejected_case
from bot.features.shared.texts import case_trouble
from bot.features.sittings.refused_item import refused_item
from bot.intake.administrator_alerts import AdministratorAlerts
from bot.services import Services
from bot.telegram.administrators import Lookup, LookupNeededError
from storage.errors import RejectedError, StorageError
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import NOTHING, Outcome

log = logging.getLogger(__name__)


class Rejections:
    """What sending tells of calls that were refused for good.

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
        words = services.languages.choose(None, None)
        self._alerts = AdministratorAlerts(services.settings.admins, words, case_trouble)

    async def tell(self, row: OwedRow, description: str) -> None:
        """Record what follows from a refusal. Raises StorageError."""
        needed = await self._tell(row, description)
        if needed:
            # Under no lock: others go on meanwhile.
            await self._services.rights.look_up(needed)
            await self._tell(row, description)

    async def _tell(self, row: OwedRow, description: str) -> Sequence[Lookup]:
        """The same; gives what must be asked of Telegram first."""
        async with self._working:
            try:
                entry = Entry(await self._follows(row, description))
                await self._services.store.ledger.commit([entry], self._services.clock.now())
            except RejectedError as error:
                log.error("What follows from a refusal cannot be kept: %s", error)
                return ()
            except LookupNeededError as needed:
                return needed.lookups
            except StorageError:
                self._alerts.lost()
                raise
            except Exception:
                # The call itself is settled: nothing else may wait for this.
                log.exception("What follows from a refusal of %s could not be found.", row.method)
                return ()
        self._alerts.committed()
        self._committed([entry])
        return ()

    async def _follows(self, row: OwedRow, description: str) -> Outcome:
        services = self._services
        follows = NOTHING
        if row.chat_id < 0:
            follows += await refused(services, row, description)
        follows += await rejected_case(services, row, description)
        follows += await refused_item(services, row, description)
        case_id = await bad_case(services, row, description)
        if case_id is not None:
            told = self._alerts.about(case_id, description, services.clock.now())
            follows += Outcome(owed=told)
        return follows
