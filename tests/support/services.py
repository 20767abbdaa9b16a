"""What use cases share, for tests that call them without a bot around them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.base.clock import Clock
from bot.base.i18n import Languages
from bot.services import Outcomes, Services
from bot.settings import Settings
from bot.telegram.batches import Arrival
from content.library import Library, load_library
from content.model import Case
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.content.samples import write_case
from tests.support.crowd import write_cases
from tests.support.new_store import new_store


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
        Outcomes(),
        Arrival(now, fresh=True),
        "morning_report_bot",
    )


@asynccontextmanager
async def services_with_cases(folder: Path, now: int) -> AsyncIterator[Services]:
    """The services of a bot at an instant, with made-up cases, and a database in a folder."""
    store = await new_store(folder / "bot.db", now)
    try:
        yield services_at(now, store, made_cases())
    finally:
        await store.close()


@cache
def made_cases() -> Library:
    """Six cases of two questions each, read once: nothing can change them."""
    with TemporaryDirectory() as folder:
        return load_library(write_cases(Path(folder) / "cases"))


def only_case(services: Services, folder: Path, **changes: Any) -> Case:
    """A legal case, written into a new folder with these changes, is all that the library has."""
    folder.mkdir()
    write_case(folder / "hard-lumps.yaml", **changes)
    services.library = load_library(folder)
    return services.library.cases["hard-lumps"]


async def commit(services: Services, outcome: Outcome) -> Outcome:
    """Record what a use case came to, and hand it back."""
    await services.store.ledger.commit([Entry(outcome)], services.clock.now())
    return outcome
