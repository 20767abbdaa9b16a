"""Items reckoned beside the bot: in a process of its own that is never waited for in vain."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.base import child_process
from bot.base.shutdown import Stop
from bot.features.items.reckon import reckon
from bot.jobs import reckon_items
from bot.jobs.job_context import JobContext
from bot.jobs.reckon_items import CannotReckonError, ItemReckoner, reckoned_beside
from bot.services import ItemPageAsked, Services
from bot.settings import Settings
from content.snapshot import Snapshot
from storage.ledger import Entry
from tests.content.samples import case
from tests.storage.samples import ADA, BEN, NOW
from tests.support.item_answers import fill
from tests.support.services import services_with_cases
from tests.support.trouble import until

PAGE = "items:0::"
HANGS = (
    "import os, pathlib, time; pathlib.Path('pid').write_text(str(os.getpid())); time.sleep(600)"
)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot administered by Ada, in which sixty people have answered nine items."""
    async with services_with_cases(tmp_path, NOW) as services:
        services.settings = Settings(admins=frozenset({ADA}), database=tmp_path / "bot.db")
        cases = [case(id=f"case-{n}", vignette=f"Patient {n}.") for n in range(9)]
        fill(services.settings.database, [Snapshot(one, ()) for one in cases], 60, miskeyed={2})
        yield services


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int | None]:
    """In place of the program one that hangs; its number, once it runs."""
    package = tmp_path / "program" / "bot" / "features" / "items"
    package.mkdir(parents=True)
    for folder in (package, *package.parents[:2]):
        (folder / "__init__.py").touch()
    (package / "__main__.py").write_text(HANGS, "utf-8")
    monkeypatch.setattr(child_process, "_ROOT", tmp_path / "program")
    monkeypatch.chdir(tmp_path)
    pid = tmp_path / "pid"
    return lambda: int(text) if pid.exists() and (text := pid.read_text()) else None


def runs(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_it_comes_to_the_same_as_in_one_process(services: Services) -> None:
    """All kinds of numbers on the way."""
    found = await reckoned_beside(services.settings.database, NOW)
    assert found == reckon(services.settings.database, NOW)
    assert {one.statistics.answers for one in found.items} == {60}
    assert [bool(one.alarms) for one in found.items].count(True) == 1


async def test_without_a_database_there_are_no_numbers(tmp_path: Path) -> None:
    """That is an answer, and no traceback."""
    with pytest.raises(CannotReckonError, match="ended with 1"):
        await reckoned_beside(tmp_path / "none.db", NOW)


async def test_called_off_the_process_ends(
    services: Services, hanging: Callable[[], int | None]
) -> None:
    """A bot that ends leaves none behind."""
    reckoning = asyncio.create_task(reckoned_beside(services.settings.database, NOW))
    await until(lambda: _true(hanging()))
    reckoning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reckoning
    pid = hanging()
    assert pid is not None
    assert not runs(pid)


async def test_one_that_hangs_is_given_up(
    services: Services, hanging: Callable[[], int | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a bound; whoever asked hears so, and others are reckoned for anew."""
    monkeypatch.setattr(reckon_items, "WITHIN_S", 0.5)
    told = await asked(services, ADA)
    assert ["could not be counted" in text for text in told] == [True]
    pid = hanging()
    assert pid is None or not runs(pid)


async def test_whoever_asked_is_told(services: Services) -> None:
    """Once; somebody without the rights, not at all."""
    services.item_requests.ask(ItemPageAsked(BEN, PAGE))
    told = await asked(services, ADA)
    assert len(told) == 1
    assert "Nobody has answered these questions yet" in told[0], "none of these is in the library"
    assert services.reckoned_items is not None
    assert len(services.reckoned_items.items) == 9


async def asked(services: Services, person_id: int) -> list[str]:
    """What is owed once a person has asked for the list."""
    stop, working = Stop(services.clock), asyncio.Lock()
    committed: list[Entry] = []
    reckoner = ItemReckoner(JobContext(services, working, stop, committed.extend))
    services.item_requests.ask(ItemPageAsked(person_id, PAGE))
    running = asyncio.create_task(reckoner.run())
    await until(lambda: _true(committed))
    stop.set()
    await running
    return [str(call.params["text"]) for entry in committed for call in entry.outcome.owed]


async def _true(value: object) -> bool:
    return bool(value)
