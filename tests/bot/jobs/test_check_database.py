"""The database is gone through: at a start, daily, where damage shows; who hears of it."""

from collections.abc import Callable

import pytest

from bot.base.clock import Clock
from bot.jobs.check_database import check_database
from bot.services import Services
from bot.settings import Settings
from storage.errors import DamagedDatabaseError, StorageError
from tests.bot.jobs.conftest import Work, until
from tests.storage.samples import ADA, BEN
from tests.support.trouble import fast_clock

Found = frozenset[str] | Exception


@pytest.fixture
async def services(services: Services) -> Services:
    """A bot that Ada and Ben administer."""
    services.settings = Settings(admins=frozenset({ADA, BEN}))
    return services


def finding(
    services: Services, monkeypatch: pytest.MonkeyPatch, *found: Found
) -> Callable[[], int]:
    """Each check finds the next of these, and the last again and again; how many there were."""
    checks = 0

    async def check() -> frozenset[str]:
        nonlocal checks
        one = found[min(checks, len(found) - 1)]
        checks += 1
        if isinstance(one, Exception):
            raise one
        return one

    monkeypatch.setattr(services.store, "check", check)
    return lambda: checks


async def test_damage_is_told_to_each_administrator_once(
    services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whenever more of it is found, all of it."""
    services.clock = fast_clock(1e8)
    one, two = frozenset({"figures"}), frozenset({"figures", "flags"})
    checks = finding(services, monkeypatch, frozenset(), one, one, two, two)
    work = Work(services)
    async with work.going_on(lambda: check_database(work.context)):
        await until(lambda: checks() > 7)
    assert len(work.told(ADA)) == len(work.told(BEN)) == 2
    assert "figures" in work.told(ADA)[0]
    assert "flags" in work.told(ADA)[1]
    assert caplog.text.count("The database is damaged in") == 2


async def test_it_is_looked_at_once_a_day_and_where_damage_shows(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a start at once; what showed before a look is in it."""
    services.clock = Clock()
    waits: list[float | None] = []
    work = Work(services)
    or_news = work.stop.or_news

    async def noted(news: object, within: float | None) -> None:
        waits.append(within)
        await or_news(news, within)  # type: ignore[arg-type]

    monkeypatch.setattr(work.stop, "or_news", noted)
    services.store.damage_met.set()
    checks = finding(services, monkeypatch, frozenset())
    async with work.going_on(lambda: check_database(work.context)):
        await until(lambda: len(waits) == 1)
        services.store.damage_met.set()
        await until(lambda: len(waits) == 2)
    assert checks() == 2
    assert waits == [86_400.0, 86_400.0]


async def test_a_check_that_fails_is_made_again(
    services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And tells nobody of damage."""
    services.clock = fast_clock(1e8)
    checks = finding(services, monkeypatch, StorageError("busy"), frozenset())
    work = Work(services)
    async with work.going_on(lambda: check_database(work.context)):
        await until(lambda: checks() > 2)
    assert work.committed == []
    assert "The database could not be checked: busy" in caplog.text


async def test_damage_that_votes_cannot_live_with_ends_the_bot(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for this hears it."""
    finding(services, monkeypatch, DamagedDatabaseError("updates"))
    with pytest.raises(DamagedDatabaseError):
        await check_database(Work(services).context)
