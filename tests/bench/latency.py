"""How long a learner waits for the explanation, and how fast a broadcast goes."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import attend
from bot.base.shutdown import Stop
from bot.base.time_units import MINUTE_MS
from bot.features.library.first_reading import read_library
from bot.features.shared.chat_settings import ChatSettings
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.sending.rate_limits import TELEGRAM, Pace
from bot.services import Services, equipped
from storage.chat_facts import ChatJoined, ChatSet
from storage.ledger import Entry
from storage.outcome import Outcome, OwedCall
from tests.bench.bench_sandbox import BenchSandbox, bench_sandbox
from tests.bench.crowd import seat
from tests.bench.report import Measurement, Section, at_least, at_most, middle, percentile
from tests.support.bot import TOKEN, settings_for

STEADY = ((1, 15), (10, 10), (20, 10))  # votes a second, for so many seconds
UNLIMITED = (100, 5)
BUSY = (10, 15)
READERS = 5000  # owed a message when the votes during a broadcast begin
GROUPS = 2000
ALLOWED = 30.0  # messages a second, by Telegram
NO_LIMITS = Pace(1e6, 1e6, 1e6, 1e6, 10**6, 1.0)
ALLOWANCE_S = 60.0  # seconds for what is under way to end

TOLD = f"""\
Votes come at a steady rate, each of another learner, on all shipped cases. *First message*: from
the vote to the message that begins with the verdict; *last message*: to the end of the
explanation, which is two messages for most cases. Telegram takes 30 messages a second in all: 20
votes a second are owed more than that, and the second messages wait. *During a broadcast*:
{READERS} messages are owed to others."""

TOLD_BROADCAST = f"""\
{GROUPS} groups are due for their scheduled case at once, with Telegram's limits at the sandbox. The
rate is taken from the first to the last message."""


async def measure(folder: Path) -> Section:
    """Latencies, with limits and without."""
    measurements: list[Measurement] = []
    async with at_work(_made(folder / "limited"), limits=True) as (sandbox, services):
        for rate, seconds in STEADY:
            measurements += await _at_rate(sandbox, services, rate, seconds, "limits on")
        await _owe_readers(sandbox, services)
        measurements += await _at_rate(sandbox, services, *BUSY, "during a broadcast", bound=1.0)
    async with at_work(_made(folder / "free"), limits=False) as (sandbox, services):
        measurements += await _at_rate(sandbox, services, *UNLIMITED, "limits off")
    return Section("From the answer to the explanation", TOLD, measurements)


@asynccontextmanager
async def at_work(folder: Path, *, limits: bool) -> AsyncIterator[tuple[BenchSandbox, Services]]:
    """The bot at work in this process, with Telegram's limits or without."""
    async with bench_sandbox(limits=limits) as sandbox:
        settings = settings_for(sandbox.url, folder)
        async with equipped(settings, read_library(settings)) as services:
            stop = Stop(settings.clock)
            pace = TELEGRAM if limits else NO_LIMITS
            working = asyncio.create_task(attend(services, TOKEN, stop, pace=pace))
            try:
                yield sandbox, services
            finally:
                stop.set()
                await working


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def _at_rate(
    sandbox: BenchSandbox,
    services: Services,
    rate: int,
    seconds: int,
    how: str,
    bound: float | None = None,
) -> list[Measurement]:
    first, last = await waited(sandbox, services, rate, seconds)
    what = f"{rate} votes/s, {how}"
    late = percentile(first, 0.99)
    return [
        Measurement(f"{what}: first message, median", f"{middle(first):.3f} s"),
        at_most(f"{what}: first message, 99th percentile", late, bound, " s")
        if bound
        else Measurement(f"{what}: first message, 99th percentile", f"{late:.3f} s"),
        Measurement(
            f"{what}: last message, median and 99th percentile",
            f"{middle(last):.3f} s, {percentile(last, 0.99):.3f} s",
        ),
    ]


async def waited(
    sandbox: BenchSandbox, services: Services, rate: int, seconds: int
) -> tuple[list[float], list[float]]:
    """How long each of so many votes a second waited for its first and for its last message."""
    people = await sandbox.order("people", rate * seconds)
    votes = await seat(services, people)
    before = await _last(sandbox)
    cast = await sandbox.order("stream", votes, rate)
    answered = await _explained(sandbox, services, people, before)
    in_turn = list(zip(people, cast, strict=True))
    return [answered[who][0] - at for who, at in in_turn], [
        answered[who][-1] - at for who, at in in_turn
    ]


async def _last(sandbox: BenchSandbox) -> int:
    calls = await sandbox.order("calls", 0)
    return calls[-1][0] if calls else 0


async def _explained(
    sandbox: BenchSandbox, services: Services, people: Sequence[int], after: int
) -> dict[int, list[float]]:
    """When each of these people was sent something, once nothing more is owed to them."""
    expected = set(people)
    async with asyncio.timeout(ALLOWANCE_S):
        while True:
            waiting = await services.store.outbox.waiting(0)
            if not expected & {row.chat_id for row in waiting}:
                answered = _by_chat(await sandbox.order("calls", after))
                if expected <= answered.keys():
                    return answered
            await asyncio.sleep(0.1)


def _by_chat(calls: Sequence[Any]) -> dict[int, list[float]]:
    answered: dict[int, list[float]] = {}
    for _seq, method, chat_id, status, when in calls:
        if method.startswith("send") and status == 200:
            answered.setdefault(chat_id, []).append(when)
    return answered


async def _owe_readers(sandbox: BenchSandbox, services: Services) -> None:
    """A broadcast that lasts longer than what is measured beside it."""
    readers = await sandbox.order("people", READERS)
    text = {"text": "Good morning."}
    entries = [
        Entry(Outcome(owed=(OwedCall(reader, "sendMessage", text, broadcast=True),)))
        for reader in readers
    ]
    await services.store.ledger.commit(entries, services.clock.now())


async def measure_broadcast(folder: Path) -> Section:
    """The share of Telegram's rate that a broadcast reaches."""
    async with bench_sandbox(limits=True) as sandbox:
        settings = settings_for(sandbox.url, folder)
        groups = await sandbox.order("groups", GROUPS)
        async with equipped(settings, read_library(settings)) as services:
            await _schedule(services, groups)
            stop = Stop(settings.clock)
            working = asyncio.create_task(attend(services, TOKEN, stop))
            calls = await _all_sent(sandbox, set(groups))
            stop.set()
            await working
    sent = [call for call in calls if call[3] == 200]
    span = sent[-1][4] - sent[0][4]
    rate = (len(sent) - 1) / span
    refused = sum(call[3] == 429 for call in calls)
    measurements = [
        Measurement("messages a second", f"{rate:.2f}"),
        at_least("share of 30 a second", rate / ALLOWED, 0.97),
        at_most("refusals (429)", refused, 0),
        at_most("calls per case delivered", len(calls) / GROUPS, 1),
    ]
    return Section("A case to many groups", TOLD_BROADCAST, measurements)


async def _schedule(services: Services, groups: Sequence[int]) -> None:
    now = services.clock.now()
    minute = now // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    document = ChatSettings(timetable=timetable).to_json()
    due = minute * MINUTE_MS
    entries = [
        Entry(
            Outcome(
                (
                    ChatJoined(chat, "supergroup", "Ward", document, None, now),
                    ChatSet(chat, document, due, None),
                )
            )
        )
        for chat in groups
    ]
    await services.store.ledger.commit(entries, now)


async def _all_sent(sandbox: BenchSandbox, groups: set[int]) -> list[Any]:
    """All sending calls, once each group has its case and a second has passed without more."""
    async with asyncio.timeout(3 * len(groups) / ALLOWED):
        before = -1
        while True:
            calls = [call for call in await sandbox.order("calls", 0) if call[1].startswith("send")]
            if len(calls) == before and groups <= {call[2] for call in calls if call[3] == 200}:
                return calls
            before = len(calls)
            await asyncio.sleep(1)
