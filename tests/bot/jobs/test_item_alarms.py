"""Once a day items are reckoned, and administrators asked about those that alarm."""

from email.utils import formatdate

import pytest

from bot.base.compared_clock import ComparedClock
from bot.features.items.reckon import reckon
from bot.jobs.item_alarms import look_for_alarms
from bot.services import Services
from bot.settings import Settings
from content.reckoned_items import Reckoned
from storage.errors import StorageError
from tests.bot.jobs.conftest import NotedStop, Work
from tests.storage.samples import ADA, NOW
from tests.support.item_answers import fill

A_DAY_S = 86_400.0


@pytest.fixture
async def services(services: Services) -> Services:
    """A bot that Ada administers, with a database that is reckoned by its path."""
    database = services.store._database.path
    services.settings = Settings(admins=frozenset({ADA}), database=database)
    return services


def answered(services: Services, people: int) -> None:
    """So many people answer each case's first question; one of these has the wrong key."""
    snapshots = [services.library.snapshot(case) for case in services.library.cases.values()]
    fill(services.settings.database, snapshots, people, miskeyed={2})


class Reckonings:
    """How often items were reckoned, and which tries are to fail first."""

    def __init__(self) -> None:
        self.made = 0
        self.errors: list[Exception] = []

    async def reckon_anew(self, services: Services, _stop: object) -> Reckoned:
        """In place of another process this one reckons."""
        self.made += 1
        if self.errors:
            raise self.errors.pop(0)
        return reckon(services.settings.database, NOW)


@pytest.fixture
def reckonings(monkeypatch: pytest.MonkeyPatch) -> Reckonings:
    """What is reckoned from here on."""
    reckonings = Reckonings()
    monkeypatch.setattr("bot.jobs.item_alarms.reckon_anew", reckonings.reckon_anew)
    return reckonings


async def looked(services: Services, days: int) -> Work:
    """What is done in so many days."""
    work = Work(services, NotedStop(most=days + 1))
    await look_for_alarms(work.context)
    return work


async def test_what_alarms_is_asked_about_once(services: Services, reckonings: Reckonings) -> None:
    """A minute after the start, and then daily: the card that is open is not sent again."""
    answered(services, 60)
    work = await looked(services, 3)
    assert work.stop.paused == [60.0, A_DAY_S, A_DAY_S, A_DAY_S]
    assert reckonings.made == 3
    (asked,) = work.told(ADA)
    assert "Made question 2-a?" in asked


@pytest.mark.parametrize(("people", "reckoned"), [(4, 0), (5, 1)])
async def test_of_too_few_answers_nothing_is_reckoned(
    services: Services, reckonings: Reckonings, people: int, reckoned: int
) -> None:
    """Without thirty in all, no item can alarm, and no process is begun."""
    answered(services, people)
    await looked(services, 1)
    assert reckonings.made == reckoned


async def test_nothing_is_reckoned_for_nobody(services: Services, reckonings: Reckonings) -> None:
    """Without administrators nobody could be asked."""
    answered(services, 60)
    services.settings = Settings(database=services.settings.database)
    await looked(services, 1)
    assert reckonings.made == 0


async def test_a_wrong_clock_waits_a_day(services: Services, reckonings: Reckonings) -> None:
    """Which answers are old it cannot tell."""
    answered(services, 60)

    clock = ComparedClock.of(services.clock)
    clock.heard(formatdate(NOW / 1000 + 2 * A_DAY_S, usegmt=True), 0)
    services.clock = clock
    await looked(services, 1)
    assert reckonings.made == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StorageError("disk I/O error"), "Alarms of items must wait: the database failed"),
        (ValueError("odd"), "What items' numbers say cannot be told."),
    ],
)
async def test_what_fails_today_is_looked_at_tomorrow(
    services: Services,
    reckonings: Reckonings,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    said: str,
) -> None:
    """Whatever it was."""
    answered(services, 60)
    reckonings.errors = [error]
    work = await looked(services, 2)
    assert said in caplog.text
    assert len(work.told(ADA)) == 1


async def test_without_numbers_nobody_is_asked(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process failed, or all is to stop."""

    async def none(*_: object) -> None:
        return None

    answered(services, 60)
    monkeypatch.setattr("bot.jobs.item_alarms.reckon_anew", none)
    assert (await looked(services, 1)).committed == []
