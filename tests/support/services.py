"""What use cases share, for tests that call them without a bot around them."""

from bot.clock import Clock
from bot.context import Arrival, Services
from bot.deposits import Deposits
from bot.i18n import Languages
from bot.settings import Settings
from content.library import Library
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store


class StillClock(Clock, frozen=True):
    """A clock that shows ``at`` (UTC milliseconds) until it is replaced."""

    at: int = 0

    def now(self) -> int:
        """UTC milliseconds."""
        return self.at


def services_at(now: int, store: Store, library: Library) -> Services:
    """The services of a bot at an instant."""
    return Services(
        Settings(),
        StillClock(at=now),
        store,
        library,
        Languages.load(),
        Deposits(),
        Arrival(now, fresh=True),
        "morning_report_bot",
    )


async def commit(services: Services, outcome: Outcome) -> Outcome:
    """Record what a use case came to, and hand it back."""
    await services.store.ledger.commit([Entry(outcome)], services.clock.now())
    return outcome
