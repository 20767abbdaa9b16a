"""A wrong clock: administrators hear of it, and whatever it shows, nothing is lost or repeated."""

import asyncio
import random
from collections import Counter
from email.utils import formatdate
from pathlib import Path

import pytest
from msgspec import field
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.compared_clock import ComparedClock
from bot.base.shutdown import Stop
from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.wrong_times import wrong_times
from bot.jobs.due_jobs import DUE_JOBS, AsOf
from bot.jobs.job_context import JobContext
from bot.jobs.watch_clock import set_times_right, watch_clock
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday, upcoming
from bot.services import Services
from storage.case_mark_facts import CasePassed
from storage.chat_facts import ChatJoined, ChatSet, DailySet
from storage.chats import Chat
from storage.facts import CasePosted, PersonMet
from storage.outcome import Outcome
from tests.storage.samples import ADA, GROUP, answered, on_disk
from tests.support.served_chats import end_all
from tests.support.services import commit, services_with_cases
from tests.support.trouble import until

START = 1_772_409_600_000  # 2026-03-02, a Monday, 00:00 UTC
WEEKDAYS = EVERY_DAY - {Weekday.SATURDAY, Weekday.SUNDAY}
GROUP_TIMES = Timetable(WEEKDAYS, 7 * 60, "Europe/Berlin")
OWN_TIMES = Timetable(EVERY_DAY, 6 * 60 + 30, "Europe/Berlin")
ERRORS = (
    0,
    0,
    0,
    -56 * 365 * DAY_MS,
    -8 * DAY_MS,
    -3 * HOUR_MS,
    HOUR_MS,
    20 * HOUR_MS,
    9 * DAY_MS,
    3650 * DAY_MS,
)


class HandClock(Clock, frozen=True):
    """The right time and the error of what is shown, in ms, both set by hand."""

    hands: dict[str, int] = field(default_factory=lambda: {"true": START, "error": 0})

    def now(self) -> int:
        """UTC milliseconds."""
        return self.hands["true"] + self.hands["error"]

    def monotonic(self) -> float:
        """Seconds; nobody sets them."""
        return self.hands["true"] / 1000


def hear(clock: Clock, own: HandClock) -> None:
    """Telegram answers."""
    clock.heard(formatdate(own.hands["true"] / 1000, usegmt=True), 0)


async def scheduled(services: Services, at: int) -> None:
    """A group and a learner with schedules and a digest, set by a clock that shows ``at``."""
    settings = ChatSettings(timetable=GROUP_TIMES, digest=True, zone="Europe/Berlin").to_json()
    plan = DailyPlan(OWN_TIMES)
    (case,) = upcoming(GROUP_TIMES, at, 1)
    facts = (
        PersonMet(ADA, "en", START),
        ChatJoined(GROUP, "group", "Ward", settings, ADA, START),
        ChatSet(GROUP, settings, case, at),
        DailySet(ADA, plan.timetable.to_json(), None, plan.due_after(at)),
    )
    await commit(services, Outcome(facts))


class Life:
    """A bot by a clock that errs, from one start to many; what it served is counted."""

    def __init__(self, services: Services, seed: int) -> None:
        self.services = services
        self.own = HandClock()
        self.dice = random.Random(seed)
        self.cases: Counter[tuple[int | None, int | None]] = Counter()
        self.digests: Counter[int | None] = Counter()
        self.gone_through = False
        self.start()

    def start(self) -> None:
        """A new process: Telegram answers before anything is done."""
        self.services.clock = ComparedClock.of(self.own)
        self.gone_through = False
        hear(self.services.clock, self.own)

    async def step(self) -> None:
        """Some time passes; the clock may be set, the bot started anew, Telegram heard."""
        self.own.hands["true"] += self.dice.choice((HOUR_MS // 7, 3 * HOUR_MS, 5 * HOUR_MS))
        if self.dice.random() < 0.2:
            self.own.hands["error"] = self.dice.choice(ERRORS)
        if self.dice.random() < 0.2:
            self.start()
        elif self.dice.random() < 0.7:
            hear(self.services.clock, self.own)
        await self.work()

    async def work(self) -> None:
        """What the jobs do, as they do it."""
        if not self.services.clock.right:
            self.gone_through = False
            return
        if not self.gone_through:
            await set_times_right(self.services)
            self.gone_through = True
        now = self.services.clock.now()
        for job in DUE_JOBS:
            for task in await job.find(self.services, AsOf(now, now), 10):
                due = (await self.chat()).digest_due
                outcome = await commit(self.services, await task.act())
                for fact in outcome.facts:
                    if isinstance(fact, CasePosted):
                        self.cases[fact.chat_id, fact.due_at] += 1
                        # A case left open would be offered again in place of the next.
                        passed = CasePassed(ADA, fact.case_id, now)
                        await commit(self.services, Outcome((passed,)))
                if job.name == "digest" and outcome.owed:
                    self.digests[due] += 1
        # A question that stays open may let the next case wait.
        await end_all(self.services)

    async def chat(self) -> Chat:
        found = await self.services.store.chats.get(GROUP)
        assert found is not None
        return found


@pytest.mark.parametrize("seed", range(6))
async def test_no_slot_is_served_twice_or_forgotten(tmp_path: Path, seed: int) -> None:
    """Through clocks set ahead and back, restarts and Telegram out of reach.

    Each due time is served at most once, in its own time; once the clock is right nothing is
    silent beyond the next one; and what people did is on record with the right time.
    """
    async with services_with_cases(tmp_path, START) as services:
        services.settings = replace(services.settings, database=tmp_path / "bot.db")
        life = Life(services, seed)
        await scheduled(services, START + life.dice.choice(ERRORS))
        for _ in range(150):
            await life.step()
            now = services.clock.now()
            assert abs(now - life.own.hands["true"]) <= 5 * 60 * 1000 or not services.clock.off_ms
            if services.clock.right:
                assert wrong_times(tmp_path / "bot.db", now).told() == ""
        assert set(life.cases.values()) == {1}
        assert set(life.digests.values()) <= {1}
        posts = on_disk(tmp_path / "bot.db", "SELECT posted_at, due_at FROM posts")
        assert posts
        assert all(0 <= posted - due <= 2 * HOUR_MS for posted, due in posts)
        life.own.hands["error"] = 0
        hear(services.clock, life.own)
        await life.work()
        before, now = sum(life.cases.values()), life.own.hands["true"]
        (group_due,) = upcoming(GROUP_TIMES, now, 1)
        (own_due,) = upcoming(OWN_TIMES, now, 1)
        await commit(services, Outcome((answered(ADA, None),)))
        for due in sorted((group_due, own_due)):
            life.own.hands["true"] = due + 1
            await life.work()
        assert sum(life.cases.values()) - before >= 2


async def test_administrators_hear_of_it_once_an_hour(tmp_path: Path) -> None:
    """With both times; not while it is right, nor again in the same hour."""
    async with services_with_cases(tmp_path, START) as services:
        database = tmp_path / "bot.db"
        services.settings = replace(services.settings, database=database, admins=(ADA,))
        own = HandClock(speed=60 * 60)
        services.clock = ComparedClock.of(own)
        stop = Stop(services.clock)
        looks = 0

        class CountedStop(Stop):
            async def pause(self, seconds: float) -> None:
                nonlocal looks
                looks += 1
                await super().pause(seconds)

        stop = CountedStop(services.clock)
        watching = asyncio.create_task(
            watch_clock(JobContext(services, asyncio.Lock(), stop, lambda _: None))
        )

        async def said(hours: int, error: int) -> list[str]:
            own.hands["true"] += hours * HOUR_MS
            own.hands["error"] = error
            hear(services.clock, own)
            seen = looks

            async def looked() -> bool:
                return looks > seen + 1

            await until(looked)
            return [text for (text,) in on_disk(database, "SELECT text FROM outbox ORDER BY id")]

        assert await said(0, 0) == []
        (first,) = await said(0, 3650 * DAY_MS)
        assert "it shows 2036-02-28 00:00, Telegram's 2026-03-02 00:00 (UTC)" in first
        assert len(await said(0, 3650 * DAY_MS)) == 1
        assert len(await said(1, -DAY_MS)) == 2
        assert len(await said(1, 0)) == 2
        stop.set()
        await watching
