"""Small legal facts and calls to build on, and a look at the file past the code under test."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from storage.facts import AnswerGiven, AnswerParked, CasePosted, Fact, SnapshotTaken
from storage.ledger import Entry
from storage.outbox import OwedRow
from storage.outcome import Outcome, OwedCall, PollIntent
from storage.store import Store

NOW = 1_700_000_000_000  # UTC milliseconds
# Ids that no other number in a test resembles, so that the whole file can be searched for them.
ADA = 7_310_420_001
BEN = 7_310_420_002
GROUP = -1_007_310_420_003


def posted(post_id: int = 1, person_id: int = ADA, case_id: str = "lumps") -> tuple[Fact, ...]:
    """A case given to a person in private."""
    return (
        SnapshotTaken("digest", "a case as JSON", NOW),
        CasePosted(post_id, person_id, person_id, case_id, "digest", NOW),
    )


def answered(person_id: int = ADA, post_id: int | None = 1, **changes: Any) -> AnswerGiven:
    """A person's right answer to a post's only question; ``changes`` replace its fields."""
    answer = AnswerGiven(
        person_id,
        post_id,
        position=0,
        case_id="lumps",
        question_id="nature",
        revision="revision",
        choices=(1,),
        verdict="correct",
        score=1.0,
        first=True,
        answered_at=NOW,
        time_taken=None,
    )
    return replace(answer, **changes)


def parked(update_id: int = 1, person_id: int = ADA, poll_id: str = "poll") -> AnswerParked:
    """A vote for the second option of a poll not known yet."""
    return AnswerParked(update_id, poll_id, person_id, "en", (1,), NOW, fresh=True)


def text(words: Any = "Hello", chat_id: int = ADA, **more: Any) -> OwedCall:
    """A message to be sent."""
    return OwedCall(chat_id, "sendMessage", {"text": words}, **more)


def poll(post_id: int = 1, chat_id: int = ADA, fingerprint: str = "print") -> OwedCall:
    """A poll to be sent: the first question of a post."""
    intent = PollIntent(post_id, 0, fingerprint)
    return OwedCall(chat_id, "sendPoll", {"question": "What are they?"}, poll=intent)


async def record(store: Store, *facts: Fact, owed: tuple[OwedCall, ...] = ()) -> None:
    """Commit one Outcome that no update caused."""
    await store.ledger.commit([Entry(Outcome(facts, owed))], NOW)


async def begin_all(store: Store) -> list[OwedRow]:
    """Begin every call that is owed."""
    return await store.outbox.begin([w.id for w in await store.outbox.waiting(0)], NOW)


def on_disk(path: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What a program of its own sees in the file: committed rows alone."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, parameters).fetchall()


def tables(path: Path) -> list[str]:
    """The tables of the project, without SQLite's own."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
    return [name for (name,) in on_disk(path, f"{sql} ORDER BY name")]


def mentions(path: Path, number: int) -> dict[str, int]:
    """In how many rows of each table any column holds a number, on its own or within a text."""
    found = {}
    for table in tables(path):
        columns = [row[1] for row in on_disk(path, f"PRAGMA table_info({table})")]
        anywhere = " OR ".join(f"instr(CAST({column} AS TEXT), ?)" for column in columns)
        sql = f"SELECT count(*) FROM {table} WHERE {anywhere}"
        ((count,),) = on_disk(path, sql, *[str(number)] * len(columns))
        if count:
            found[table] = count
    return found
