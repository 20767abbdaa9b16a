"""How long the queries take that somebody waits for, in a small database and in a large one."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.base.time_units import DAY_MS
from bot.features.leaderboard.leaderboard import PLACES, QUORUM
from storage.chat_facts import ChatMoved
from storage.facts import AnswerGiven, Fact, PersonForgotten
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.retention import Retention
from storage.store import Store
from tests.bench.large_database import BUSY, BUSY_MEMBERS, CASES, CHAT, MEMBERS, NOW, Filled, fill
from tests.bench.report import Measurement, Section, at_most, middle, percentile

SIZES = (10_000, 1_000_000)  # answers in groups, and as many in private
REPEATS = 15
BOUND_MS = 50.0  # ms
BOUND_MEANWHILE_MS = 250.0  # ms: in which the disk is also given what the log holds
VOTES_EVERY_S = 0.01

TOLD = f"""\
Groups of {MEMBERS} members were each put {CASES} cases, one a day, and all members answered; as
many answers were given in private, each to a poll of its own. In the large database there is a
channel of {BUSY_MEMBERS} besides, which was put as many cases. Each query is made {REPEATS} times
for as many people or chats, through storage as the bot does, and so is each erasure or move; the
median counts: what a busy machine adds now and then is no query's cost. What is written waits for
the disk. *Votes meanwhile*: one at a time, {VOTES_EVERY_S * 1000:.0f} ms after the last was on the
disk, while that goes on without a pause; the 99th percentile."""

Query = Callable[[Store, random.Random], Awaitable[object]]


async def measure(folder: Path) -> Section:
    """How long each query takes, at both sizes; and what is written for one person or chat."""
    (small, _), (large, filled) = [await _at_size(folder, answers) for answers in SIZES]
    measurements = []
    for what in large:
        growth = f"{what} ({SIZES[0]:,} answers: {small[what]:.1f} ms)"
        measurements.append(at_most(growth, large[what], BOUND_MS, " ms"))
    measurements += await _meanwhile(folder / f"{SIZES[1]}.db", filled)
    return Section(f"Looking up among {2 * SIZES[1]:,} answers", TOLD, measurements)


async def _at_size(folder: Path, answers: int) -> tuple[dict[str, float], Filled]:
    path = folder / f"{answers}.db"
    store = await Store.open(path, NOW)
    await store.claim(7007)
    await store.close()
    filled = fill(path, answers, busy=answers > SIZES[0])
    store = await Store.open(path, NOW)
    try:
        times = {
            what: await _usual(store, query, random.Random(6))
            for what, query in (_queries(filled) | _changes(filled)).items()
        }
        return times, filled
    finally:
        await store.close()


async def _usual(store: Store, query: Query, dice: random.Random) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        await query(store, dice)
        times.append((time.perf_counter() - began) * 1000)
    return middle(times)


def _queries(filled: Filled) -> dict[str, Query]:
    """What the bot asks when somebody votes, asks for a case, a leaderboard, results or data."""
    month, chat, person = NOW - 30 * DAY_MS, filled.chat, filled.member

    def case(dice: random.Random) -> str:
        return f"case-{dice.randrange(CASES)}"

    return {
        "a vote: its poll": lambda s, d: s.polls.known(
            f"poll-{-CHAT * CASES + d.randrange(CASES)}"
        ),
        "a vote: first answer?": lambda s, d: s.polls.has_answered_anywhere(person(d), case(d)),
        "a vote: how others answered": lambda s, d: s.polls.tally(case(d)),
        "the next case: what was seen": lambda s, d: s.people.progress(filled.learner(d)),
        "leaderboard of a group": lambda s, d: s.chats.leaderboard(chat(d), month, PLACES, QUORUM),
        "leaderboard of the busy channel": lambda s, d: s.chats.leaderboard(
            BUSY, month, PLACES, QUORUM
        ),
        "results of a case in a group": lambda s, d: s.results.of_case(chat(d), case(d)),
        "results of a case in the busy channel": lambda s, d: s.results.of_case(BUSY, case(d)),
        "latest cases of a group": lambda s, d: s.results.latest_cases(chat(d), 5),
        "cases that a group was given": lambda s, d: s.chats.used_cases(chat(d)),
        "digest of a group": lambda s, d: s.results.closed_since(chat(d), NOW - 7 * DAY_MS),
        "/mydata of a member": lambda s, d: s.people.everything(person(d)),
        "/mydata of a learner in private": lambda s, d: s.people.everything(filled.learner(d)),
    }


def _changes(filled: Filled) -> dict[str, Query]:
    """What is written at the wish of one, with the wait for the disk."""
    return {
        "/forget of a learner in private": lambda s, d: _commit(
            s, PersonForgotten(filled.learner(d))
        ),
        "a group moves": lambda s, d: _commit(s, _move(filled, d)),
        "a vote": lambda s, d: _commit(s, _vote(d.randrange(1 << 40, 1 << 50))),
    }


def _move(filled: Filled, dice: random.Random) -> ChatMoved:
    return ChatMoved(filled.chat(dice), -dice.randrange(1 << 40, 1 << 50))


def _vote(person_id: int) -> AnswerGiven:
    """A vote of somebody new in a group."""
    fields = (-CHAT * CASES, 0, "case-0", "q", "case-0", (1,), "correct", 1.0)
    return AnswerGiven(person_id, *fields, True, NOW, None)


async def _commit(store: Store, *facts: Fact) -> None:
    await store.ledger.commit([Entry(Outcome(facts))], NOW)


async def _meanwhile(path: Path, filled: Filled) -> list[Measurement]:
    """How long votes wait while the rest goes on, on what is left of the large database."""
    store, dice = await Store.open(path, NOW), random.Random(8)
    try:
        quiet = await _votes(store, asyncio.sleep(2))
        measurements = [Measurement("votes, while nothing else goes on", f"{quiet:.1f} ms")]
        again: dict[str, Callable[[], Awaitable[object]]] = {
            "/mydata": lambda: store.people.everything(filled.learner(dice)),
            "/forget": lambda: _commit(store, PersonForgotten(filled.learner(dice))),
            "a group that moves": lambda: _commit(store, _move(filled, dice)),
        }
        for what, work in again.items():
            waited = await _votes(store, _repeated(work, 2.0))
            measurements.append(
                at_most(f"votes meanwhile: {what}", waited, BOUND_MEANWHILE_MS, " ms")
            )
        began = time.perf_counter()
        waited = await _votes(store, store.tidy(NOW, Retention(people=365 * DAY_MS)))
        each = (time.perf_counter() - began) * 1000 / filled.silent
        what = f"retention: {filled.silent:,} silent learners"
        measurements.append(Measurement(f"{what}, each", f"{each:.1f} ms"))
        measurements.append(at_most(f"votes meanwhile: {what}", waited, BOUND_MEANWHILE_MS, " ms"))
        began = time.perf_counter()
        waited = await _votes(store, store.tidy(NOW, Retention(answers=31 * DAY_MS)))
        seconds = time.perf_counter() - began
        measurements.append(
            Measurement("retention: answers older than 31 days", f"{seconds:.0f} s")
        )
        measurements.append(at_most("votes meanwhile: the same", waited, BOUND_MEANWHILE_MS, " ms"))
        began = time.perf_counter()
        waited = await _votes(store, store.check())
        seconds = time.perf_counter() - began
        size = path.stat().st_size / 1_000_000  # noqa: ASYNC240 - nobody waits for it
        measurements.append(
            Measurement(f"the whole file is checked, {size:.0f} MB", f"{seconds:.1f} s")
        )
        measurements.append(at_most("votes meanwhile: the same", waited, BOUND_MEANWHILE_MS, " ms"))
    finally:
        await store.close()
    return measurements


async def _repeated(work: Callable[[], Awaitable[object]], seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        await work()


async def _votes(store: Store, work: Awaitable[object]) -> float:
    """The 99th percentile of what a vote's commit takes while some work goes on, in ms."""
    going, waits, dice = asyncio.ensure_future(work), [], random.Random()
    while not going.done():
        began = time.perf_counter()
        await _commit(store, _vote(dice.randrange(1 << 40, 1 << 50)))
        waits.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(VOTES_EVERY_S)
    await going
    return percentile(waits, 0.99)
