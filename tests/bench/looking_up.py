"""How long the queries take that somebody waits for, in a small database and in a large one."""

import json
import random
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

from bot.features.leaderboard.leaderboard import PLACES
from storage.store import DAY, Store
from tests.bench.report import Section, at_most, middle

MEMBERS = 40  # in a group
CASES = 50  # put to each group, one a day
SIZES = (10_000, 1_000_000)
SMALL_PER_GROUP = MEMBERS * CASES
BUSY_MEMBERS = 2_000  # in the one busy channel of the large database, which has as many cases
REPEATS = 15
BOUND = 50.0  # ms
NOW = 1_900_000_000_000
BUSY = -1
CHAT = -2

TOLD = f"""\
Groups of {MEMBERS} members were each put {CASES} cases, one a day, and all members answered; in
the large database there is a channel of {BUSY_MEMBERS} besides, which was put as many. Each query
is made {REPEATS} times for as many people or chats, through storage as the bot does; the median
counts: what a busy machine adds now and then is no query's cost."""

Query = Callable[[Store, random.Random], Awaitable[object]]


async def measure(folder: Path) -> Section:
    """How long each query takes, at both sizes."""
    small, large = [await _at_size(folder, answers) for answers in SIZES]
    figures = []
    for what in large:
        growth = f"{what} ({SIZES[0]:,} answers: {small[what]:.1f} ms)"
        figures.append(at_most(growth, large[what], BOUND, " ms"))
    return Section(f"Looking up among {SIZES[1]:,} answers", TOLD, figures)


async def _at_size(folder: Path, answers: int) -> dict[str, float]:
    path = folder / f"{answers}.db"
    await (await Store.open(path, NOW)).close()
    groups = _fill(path, answers)
    store = await Store.open(path, NOW)
    try:
        return {
            what: await _usual(store, query, random.Random(6))
            for what, query in _queries(groups).items()
        }
    finally:
        await store.close()


async def _usual(store: Store, query: Query, dice: random.Random) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        await query(store, dice)
        times.append((time.perf_counter() - began) * 1000)
    return middle(times)


def _queries(groups: int) -> dict[str, Query]:
    """What the bot asks when somebody votes, asks for a case, a leaderboard, results or data."""
    month = NOW - 30 * DAY

    def chat(dice: random.Random) -> int:
        return CHAT - dice.randrange(groups)

    def person(dice: random.Random) -> int:
        return 1 + dice.randrange(groups * MEMBERS)

    def case(dice: random.Random) -> str:
        return f"case-{dice.randrange(CASES)}"

    return {
        "a vote: its poll": lambda s, d: s.polls.known(
            f"poll-{-CHAT * CASES + d.randrange(CASES)}"
        ),
        "a vote: first answer?": lambda s, d: s.polls.has_answered_anywhere(person(d), case(d)),
        "a vote: how others answered": lambda s, d: s.polls.tally(case(d)),
        "the next case: what was seen": lambda s, d: s.people.progress(person(d)),
        "leaderboard of a group": lambda s, d: s.chats.standings(chat(d), month, PLACES),
        "leaderboard of the busy channel": lambda s, d: s.chats.standings(BUSY, month, PLACES),
        "results of a case in a group": lambda s, d: s.results.of_case(chat(d), case(d)),
        "results of a case in the busy channel": lambda s, d: s.results.of_case(BUSY, case(d)),
        "latest cases of a group": lambda s, d: s.results.latest_cases(chat(d), 5),
        "digest of a group": lambda s, d: s.results.closed_since(chat(d), NOW - 7 * DAY),
        "all that is kept about a person": lambda s, d: s.people.everything(person(d)),
    }


def _fill(path: Path, answers: int) -> int:
    """Answers straight into the tables: so many groups, which are returned."""
    busy = BUSY_MEMBERS * CASES if answers > SIZES[0] else 0
    groups = (answers - busy) // SMALL_PER_GROUP
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        _fill_library(connection)
        for number in range(groups):
            first = 1 + number * MEMBERS
            _fill_chat(connection, CHAT - number, range(first, first + MEMBERS))
        if busy:
            _fill_chat(connection, BUSY, range(1, 1 + BUSY_MEMBERS))
        connection.commit()
    return groups


def _fill_library(connection: sqlite3.Connection) -> None:
    snapshot = json.dumps({"format": 1, "case": {"title": "x" * 8000}, "figures": []})
    connection.executemany(
        "INSERT INTO snapshots VALUES (?, ?, ?)",
        [(f"digest-{case}", snapshot, NOW) for case in range(CASES)],
    )


def _fill_chat(connection: sqlite3.Connection, chat: int, members: range) -> None:
    dice = random.Random(chat)
    connection.executemany(
        "INSERT OR IGNORE INTO people VALUES (?, NULL, 'en', ?, NULL)",
        [(member, NOW - 60 * DAY) for member in members],
    )
    for case in range(CASES):
        post = -chat * CASES + case
        at = NOW - (CASES - case) * DAY
        connection.execute(
            "INSERT INTO posts VALUES (?, ?, NULL, ?, ?, ?, NULL, ?)",
            (post, chat, f"case-{case}", f"digest-{case}", at, at),
        )
        connection.execute(
            """
            INSERT INTO questions VALUES (?, 0, ?, 'poll', '[0,1,2,3]', 1, ?, ?, ?, ?,
                                          NULL, NULL, NULL)
            """,
            (post, chat, at, at, at + DAY, at + DAY),
        )
        connection.execute(
            "INSERT INTO poll_attempts VALUES (NULL, ?, ?, 0, ?, '', ?, ?, 1, ?, ?)",
            (post, post, chat, at, f"poll-{post}", at, at + DAY),
        )
        connection.executemany(
            """
            INSERT INTO answers VALUES
                (NULL, ?, ?, 0, ?, 'q', ?, ?, 'correct', ?, 1, ?, 5000, NULL)
            """,
            [
                (
                    *(member, post, f"case-{case}", f"case-{case}"),
                    *(f"[{dice.randrange(4)}]", dice.random(), at + 1000),
                )
                for member in members
            ],
        )
