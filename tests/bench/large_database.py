"""A database as years of use leave it: groups that vote, and learners in private."""

import json
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.base.time_units import DAY_MS

NOW = 1_900_000_000_000
MEMBERS = 40  # in a group
CASES = 50  # put to each group, and given to each learner in private, one a day
BUSY_MEMBERS = 2_000  # in the one busy channel of a large database, which has as many cases
SILENT_SHARE = 10  # of the learners in private one in so many has been silent for years
SILENT_SINCE = NOW - 1000 * DAY_MS
BUSY = -1
CHAT = -2
_PRIVATE = 10_000_000  # the first learner in private; the ids of their posts begin there too

_POST = "id, chat_id, person_id, case_id, snapshot, posted_at, due_at"
_ATTEMPT = """
    outbox_id, post_id, position, chat_id, fingerprint, begun_at, poll_id, message_id, sent_at,
    closed_at
"""


class Filled(Struct, frozen=True):
    """How many groups there are, and how many learners in private."""

    groups: int
    learners: int

    def chat(self, dice: random.Random) -> int:
        """A group."""
        return CHAT - dice.randrange(self.groups)

    def member(self, dice: random.Random) -> int:
        """Somebody in one of the groups."""
        return 1 + dice.randrange(self.groups * MEMBERS)

    def learner(self, dice: random.Random) -> int:
        """Somebody who learns in private, and was there lately."""
        while (number := dice.randrange(self.learners)) % SILENT_SHARE == 0:
            pass
        return _PRIVATE + number

    @property
    def silent(self) -> int:
        """How many learners retention is to erase."""
        return -(-self.learners // SILENT_SHARE)


def fill(path: Path, answers: int, *, busy: bool) -> Filled:
    """So many answers in groups, and as many in private, one poll an answer, into an empty one."""
    in_channel = BUSY_MEMBERS * CASES if busy else 0
    groups = (answers - in_channel) // (MEMBERS * CASES)
    learners = answers // CASES
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        _fill_library(connection)
        for number in range(groups):
            first = 1 + number * MEMBERS
            _fill_chat(connection, CHAT - number, range(first, first + MEMBERS))
        if busy:
            _fill_chat(connection, BUSY, range(1, 1 + BUSY_MEMBERS))
        _fill_private(connection, learners)
        connection.commit()
    return Filled(groups, learners)


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
        [(member, NOW - 60 * DAY_MS) for member in members],
    )
    for case in range(CASES):
        post = -chat * CASES + case
        at = NOW - (CASES - case) * DAY_MS
        connection.execute(
            f"INSERT INTO posts ({_POST}) VALUES (?, ?, NULL, ?, ?, ?, ?)",
            (post, chat, f"case-{case}", f"digest-{case}", at, at),
        )
        connection.execute(
            """
            INSERT INTO questions (post_id, position, chat_id, layout, choice_order, message_id,
                                   sent_at, put_at, closes_at, closed_at)
            VALUES (?, 0, ?, 'poll', '[0,1,2,3]', 1, ?, ?, ?, ?)
            """,
            (post, chat, at, at, at + DAY_MS, at + DAY_MS),
        )
        _send(connection, [(post, chat, at)])
        _answer(connection, [_answered(dice, member, post, case, at) for member in members])


def _fill_private(connection: sqlite3.Connection, learners: int) -> None:
    """As it comes about: day by day, and so with each learner's rows among all others'."""
    dice = random.Random(7)
    connection.executemany(
        "INSERT INTO people VALUES (?, NULL, 'en', ?, NULL)",
        [(_PRIVATE + number, _day(number, 0)) for number in range(learners)],
    )
    for case in range(CASES):
        posts = list(_private_posts(case, learners))
        connection.executemany(
            f"INSERT INTO posts ({_POST}) VALUES (?, ?, ?, ?, ?, ?, NULL)",
            [
                (post, person, person, f"case-{case}", f"digest-{case}", at)
                for post, person, at in posts
            ],
        )
        _send(connection, posts)
        _answer(connection, [_answered(dice, who, post, case, at) for post, who, at in posts])


def _private_posts(case: int, learners: int) -> Iterator[tuple[int, int, int]]:
    for number in range(learners):
        post = _PRIVATE + case * learners + number
        yield post, _PRIVATE + number, _day(number, case)


def _day(number: int, case: int) -> int:
    last = SILENT_SINCE if number % SILENT_SHARE == 0 else NOW
    return last - (CASES - case) * DAY_MS


def _send(connection: sqlite3.Connection, posts: list[tuple[int, int, int]]) -> None:
    connection.executemany(
        f"INSERT INTO poll_attempts ({_ATTEMPT}) VALUES (?, ?, 0, ?, '', ?, ?, 1, ?, ?)",
        [(post, post, chat, at, f"poll-{post}", at, at + DAY_MS) for post, chat, at in posts],
    )


def _answered(dice: random.Random, person: int, post: int, case: int, at: int) -> tuple[Any, ...]:
    return (
        *(person, post, f"case-{case}", f"case-{case}"),
        *(f"[{dice.randrange(4)}]", dice.random(), at + 1000),
    )


def _answer(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    connection.executemany(
        """
        INSERT INTO answers VALUES
            (NULL, ?, ?, 0, ?, 'q', ?, ?, 'correct', ?, 1, ?, 5000, NULL)
        """,
        rows,
    )
