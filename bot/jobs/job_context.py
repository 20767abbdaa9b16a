"""What jobs that go on beside intake are given."""

import asyncio
from collections.abc import Callable, Sequence

from msgspec import Struct

from bot.base.shutdown import Stop
from bot.services import Services
from storage.ledger import Entry
from storage.outcome import Outcome


class JobContext(Struct, frozen=True):
    """What they share, and how they commit.

    ``working`` is the lock that intake holds too. ``committed`` is called after each commit.
    """

    services: Services
    working: asyncio.Lock
    stop: Stop
    committed: Callable[[Sequence[Entry]], None]

    async def commit(self, *outcomes: Outcome) -> None:
        """Commit these together. Raises StorageError."""
        entries = [Entry(outcome) for outcome in outcomes]
        await self.services.store.ledger.commit(entries, self.services.clock.now())
        self.committed(entries)
