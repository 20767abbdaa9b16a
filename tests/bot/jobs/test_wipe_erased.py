"""After somebody was erased: tried until it succeeds, ever more slowly."""

import asyncio

import pytest

from bot.base.clock import Clock
from bot.base.shutdown import Stop
from bot.jobs.wipe_erased import ErasedWiper
from bot.services import Services
from storage.chat_facts import NameHidden
from storage.errors import StorageError
from storage.facts import Fact, PersonForgotten, PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from tests.bot.jobs.conftest import until
from tests.storage.samples import ADA, GROUP, NOW

AN_HOUR_S = 3600.0


class LookedAt(Stop):
    """How long is waited for news, each time; it is over at once, but for waits of an hour."""

    def __init__(self) -> None:
        super().__init__(Clock())
        self.waits: list[float | None] = []

    async def or_news(self, news: asyncio.Event, within: float | None) -> None:
        self.waits.append(within)
        await super().or_news(news, within if within == AN_HOUR_S else 0)


Result = bool | Exception


def wiping(services: Services, monkeypatch: pytest.MonkeyPatch, *results: Result) -> list[int]:
    """Each try comes to the next of these, at the end to success; when the tries were."""
    left, tries = list(results), list[int]()

    async def wipe(now: int) -> bool:
        tries.append(now)
        one = left.pop(0) if left else True
        if isinstance(one, Exception):
            raise one
        return one

    monkeypatch.setattr(services.store, "wipe", wipe)
    return tries


async def test_it_is_tried_ever_more_slowly_until_it_succeeds(
    services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """At a start at once; for half a minute at most; then there is a look once an hour."""
    failures: list[Result] = [False] * 7
    tries = wiping(services, monkeypatch, *failures, StorageError("locked"), True)
    stop = LookedAt()
    running = asyncio.create_task(ErasedWiper(services, stop).run())
    await until(lambda: AN_HOUR_S in stop.waits)
    stop.set()
    await running
    assert stop.waits == [0.5, 1, 2, 4, 8, 16, 30, 30, AN_HOUR_S]
    assert tries == [NOW] * 9
    assert "could not be wiped from the disk yet: locked" in caplog.text


@pytest.mark.parametrize(
    ("fact", "erases"),
    [
        (PersonForgotten(ADA), True),
        (NameHidden(GROUP, ADA), True),
        (PersonMet(ADA, "en", NOW), False),
    ],
)
async def test_it_is_tried_after_each_erasure(
    services: Services, monkeypatch: pytest.MonkeyPatch, fact: Fact, erases: bool
) -> None:
    """As soon at it as the first time, however long the last one took; for nothing else."""
    tries = wiping(services, monkeypatch, False, True, False, True)
    stop = LookedAt()
    wiper = ErasedWiper(services, stop)
    running = asyncio.create_task(wiper.run())
    await until(lambda: AN_HOUR_S in stop.waits)
    wiper.note([Entry(Outcome((fact,)))])
    await until(lambda: not erases or stop.waits.count(AN_HOUR_S) == 2)
    await asyncio.sleep(0.01)
    stop.set()
    await running
    assert stop.waits == [0.5, AN_HOUR_S] * (1 + erases)
    assert len(tries) == 2 * (1 + erases)
