"""The loop that does what falls due: in batches, one failure stopping nobody, none closed early."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.shutdown import Stop
from bot.jobs import due_jobs_loop
from bot.jobs.due_jobs import AsOf, DueJob, DueTask
from bot.jobs.due_jobs_loop import BATCH, LAST_VOTES_S, DueJobsLoop
from bot.jobs.job_context import JobContext
from bot.services import Services
from content.library import library_of
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from tests.support.new_store import new_store
from tests.support.services import services_at
from tests.support.trouble import until

NOW = 1_700_000_000_000
ADMIN = 42


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """Services with an administrator to tell, and no cases."""
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, library_of([]))
    services.settings = replace(services.settings, admins=(ADMIN,))
    yield services
    await store.close()


class Chores:
    """Made-up tasks that fall due, and what the timekeeper made of them."""

    def __init__(self, keys: Sequence[int], broken: int | None = None) -> None:
        self.waiting = list(keys)
        self.horizons: list[AsOf] = []
        self.batches: list[int] = []
        self.broken = broken

    async def find(self, services: Services, horizon: AsOf, limit: int) -> list[DueTask]:
        self.horizons.append(horizon)
        return [DueTask(key, partial(self.act, key)) for key in self.waiting[:limit]]

    async def act(self, key: int) -> Outcome:
        if key == self.broken:
            raise LookupError("of no consequence to others")
        return Outcome((PersonMet(key, None, NOW),))

    def committed(self, entries: Sequence[Entry]) -> None:
        self.batches.append(len(entries))
        facts = [fact for entry in entries for fact in entry.outcome.facts]
        done = {fact.person_id for fact in facts if isinstance(fact, PersonMet)}
        self.waiting = [key for key in self.waiting if key not in done]


@asynccontextmanager
async def at_work(
    services: Services, chores: Chores, monkeypatch: pytest.MonkeyPatch, *, caught_up: bool = True
) -> AsyncIterator[None]:
    """A timekeeper with these chores alone."""
    monkeypatch.setattr(due_jobs_loop, "DUE_JOBS", (DueJob("chore", chores.find),))
    stop = Stop(services.clock)
    keeper = DueJobsLoop(
        JobContext(services, asyncio.Lock(), stop, chores.committed), lambda: caught_up
    )
    running = asyncio.create_task(keeper.run())
    try:
        yield
    finally:
        stop.set()
        await running


async def test_much_is_done_in_batches(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between batches people's own requests get their turn."""
    chores = Chores(range(1, 2 * BATCH + 31))
    async with at_work(services, chores, monkeypatch):
        await until(lambda: _none(chores.waiting))
    assert chores.batches == [BATCH, BATCH, 30]


async def test_what_cannot_be_done_is_told_and_stops_nobody(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One broken task is tried once; the others are done, and administrators hear of it."""
    chores = Chores(range(1, BATCH + 11), broken=3)
    async with at_work(services, chores, monkeypatch):
        await until(lambda: _none([key for key in chores.waiting if key != chores.broken]))
    assert chores.waiting == [3]
    [told] = await services.store.outbox.waiting(0)
    assert told.chat_id == ADMIN


@pytest.mark.parametrize("caught_up", [True, False])
async def test_nothing_is_settled_before_all_is_read(
    services: Services, monkeypatch: pytest.MonkeyPatch, caught_up: bool
) -> None:
    """While updates wait at Telegram, votes may be among them: nothing counts as settled."""
    chores = Chores([1])
    async with at_work(services, chores, monkeypatch, caught_up=caught_up):
        await until(lambda: _none(chores.waiting))
    settled = NOW - round(LAST_VOTES_S * 1000) if caught_up else 0
    assert chores.horizons[0] == AsOf(NOW, settled)


async def _none(waiting: list[int]) -> bool:
    return not waiting
