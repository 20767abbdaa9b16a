"""What was erased is nowhere: not in a row, and not in the bytes of the file or its log."""

import random
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from storage import erasing
from storage.chat_facts import NameHidden, NameShown
from storage.database import Database
from storage.errors import StorageError
from storage.facts import Fact, PersonForgotten, PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.retention import Retention
from storage.settlements import Refused, Sent
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    ADA,
    BEN,
    GROUP,
    NOW,
    answered,
    begin_all,
    flagged,
    on_disk,
    parked,
    posted,
    record,
    text,
)
from tests.support.wal import wal_of

NAME, WORDS = "Ada Lovelace-Byron", "The second choice was right in 1843"
WAITING = "SELECT count(*) FROM erasures"


def in_column(person_id: int) -> bytes:
    """An id as SQLite writes it where it needs six bytes."""
    return person_id.to_bytes(6, "big")


def forms_of(person_id: int) -> list[bytes]:
    """How an id may stand in a file: in a column, as a row's number, within a text."""
    key = bytes([person_id & 0x7F])
    while person_id >> 7 * len(key):
        key = bytes([person_id >> 7 * len(key) & 0x7F | 0x80]) + key
    return [in_column(person_id), key, str(person_id).encode()]


def left_of(path: Path, what: Iterable[bytes]) -> list[bytes]:
    """Which of these lie in the file or its log; another program reads, which disturbs no lock."""
    files = [str(each) for each in (path, wal_of(path)) if each.exists()]
    found = subprocess.run(["cat", *files], stdout=subprocess.PIPE, check=True).stdout
    return [each for each in what if each in found]


ALL_OF_ADA = [*forms_of(ADA), NAME.encode(), WORDS.encode()]


@pytest.fixture
async def store(store: Store) -> Store:
    """A database with its secret."""
    await store.claim(7007)
    return store


def life(person_id: int, number: int, name: str = "", words: str = "") -> tuple[Fact, ...]:
    """Answer, flag, be named."""
    return (
        PersonMet(person_id, "en", NOW),
        *posted(number, person_id),
        answered(person_id, number),
        parked(number, person_id),
        flagged(number, person_id, words=words),
        NameShown(GROUP, person_id, name),
    )


async def live(store: Store, person_id: int, number: int, name: str = "", words: str = "") -> None:
    """Do all that, and be told."""
    told = text(f"Hello, {name}", person_id)
    await record(store, *life(person_id, number, name, words), owed=(told,))


async def send_all(store: Store) -> None:
    """Whatever is owed arrives."""
    await store.outbox.settle([Sent(row.id, row.id) for row in await begin_all(store)])


async def test_nothing_is_left_of_who_was_erased(store: Store, path: Path) -> None:
    """Neither name, words nor id, once nobody reads and the last words are sent."""
    await live(store, BEN, 1, "Ben", "Is it?")
    await live(store, ADA, 2, NAME, WORDS)
    assert left_of(path, ALL_OF_ADA) == [in_column(ADA), NAME.encode(), WORDS.encode()]
    await record(store, PersonForgotten(ADA), owed=(text("Done.", ADA),))
    assert not await store.wipe(NOW)
    # What was said to her bears her id until it is sent.
    assert set(left_of(path, ALL_OF_ADA)) < {*forms_of(ADA)}
    await send_all(store)
    assert await store.wipe(NOW)
    assert left_of(path, ALL_OF_ADA) == []
    assert on_disk(path, WAITING) == [(0,)]
    assert left_of(path, [in_column(BEN)]) != []
    assert await store.wipe(NOW)


async def test_who_cannot_be_told_is_gone_as_well(store: Store, path: Path) -> None:
    """Where Telegram refuses the last words."""
    await live(store, ADA, 1, NAME, WORDS)
    await record(store, PersonForgotten(ADA), owed=(text("Done.", ADA),))
    await store.outbox.settle([Refused(row.id, "blocked") for row in await begin_all(store)])
    assert await store.wipe(NOW)
    assert left_of(path, ALL_OF_ADA) == []


async def test_a_reader_delays_it_and_no_longer(store: Store, path: Path) -> None:
    """Who reads sees what was there; with its end the bytes go. Votes go on meanwhile."""
    await live(store, ADA, 1, NAME, WORDS)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM people").fetchone() == (1,)
        await record(store, PersonForgotten(ADA))
        assert not await store.wipe(NOW)
        await live(store, BEN, 2)
        assert not await store.wipe(NOW)
        assert {NAME.encode(), WORDS.encode()} < {*left_of(path, ALL_OF_ADA)}
        assert on_disk(path, WAITING) == [(1,)]
        reader.execute("COMMIT")
    await send_all(store)
    assert await store.wipe(NOW)
    assert left_of(path, ALL_OF_ADA) == []


async def test_a_writer_delays_it_and_is_not_held_up(store: Store, path: Path) -> None:
    """In the midst of somebody's transaction it gives up at once, and is tried again."""
    await live(store, ADA, 1, NAME, WORDS)
    await record(store, PersonForgotten(ADA))
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert not await store.wipe(NOW)
        writer.execute("COMMIT")
    assert await store.wipe(NOW)
    assert left_of(path, ALL_OF_ADA) == []


@pytest.mark.long
async def test_whoever_stood_next_to_whom(store: Store, path: Path) -> None:
    """Wherever the rows lay among many others' in tables and indexes, whose pages were split."""
    dice = random.Random(7)
    people = [dice.randrange(1 << 42, 1 << 43) for _ in range(3000)]
    lives = [
        Entry(Outcome(life(person_id, number, f"name of {person_id}", f"words of {person_id}")))
        for number, person_id in enumerate(people, 1)
    ]
    for start in range(0, len(lives), 20):
        await store.ledger.commit(lives[start : start + 20], NOW)
    erased = dice.sample(people, 1000)
    await record(store, *map(PersonForgotten, erased))
    assert await store.wipe(NOW)
    assert left_of(path, [form for one in erased for form in forms_of(one)]) == []
    kept = [in_column(one) for one in {*people} - {*erased}]
    assert left_of(path, kept) == kept


async def test_of_a_large_file_nothing_is_asked_where_nobody_was_erased(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to do, and that is done at once."""
    monkeypatch.setattr(erasing, "_SMALL", 0)
    assert await store.wipe(NOW)


async def test_a_large_file_is_written_anew_within_a_day(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its log is cut off at once; what its pages left behind when they were split goes later."""
    monkeypatch.setattr(erasing, "_SMALL", 0)
    statements: list[str] = []
    connect = sqlite3.connect

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(statements.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    await live(store, ADA, 1, NAME, WORDS)
    await send_all(store)
    await record(store, PersonForgotten(ADA))
    assert await store.wipe(NOW)
    assert left_of(path, ALL_OF_ADA) == []
    assert on_disk(path, "SELECT erased_at, in_log FROM erasures") == [(NOW, 0)]
    statements.clear()
    assert await store.wipe(NOW + DAY_MS // 2)
    assert not [sql for sql in statements if sql.startswith(("VACUUM", "PRAGMA wal"))]
    assert await store.wipe(NOW + DAY_MS)
    assert "VACUUM" in statements
    assert on_disk(path, WAITING) == [(0,)]


async def test_a_hidden_name_and_who_is_silent_go_too(store: Store, path: Path) -> None:
    """Each is noted as something erased, of which no bytes are to be left."""
    await live(store, ADA, 1, NAME, WORDS)
    await send_all(store)
    await record(store, NameHidden(GROUP, ADA))
    assert await store.wipe(NOW)
    assert left_of(path, [NAME.encode()]) == []
    await store.tidy(NOW + 40 * DAY_MS, Retention(people=31 * DAY_MS))
    assert on_disk(path, WAITING) != [(0,)]
    assert await store.wipe(NOW)
    assert left_of(path, ALL_OF_ADA) == []
    assert on_disk(path, "SELECT count(*) FROM erased_people") == [(1,)]


async def test_what_is_erased_meanwhile_has_its_own_turn(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An erasure that comes while the log is being cut off is not taken for done."""
    write = Database.write

    async def late(database: Database, *arguments: object) -> None:
        monkeypatch.undo()
        await record(store, PersonForgotten(BEN))
        await write(database, *arguments)  # type: ignore[arg-type]

    await record(store, PersonForgotten(ADA))
    monkeypatch.setattr(Database, "write", late)
    assert await store.wipe(NOW)
    assert on_disk(path, WAITING) == [(1,)]


async def test_a_log_that_was_taken_away_is_not_touched(store: Store, path: Path) -> None:
    """Whatever lies there now is not this database's."""
    await record(store, PersonForgotten(ADA))
    away = path.with_name("away")
    wal_of(path).rename(away)
    with pytest.raises(StorageError, match=r"log .* taken away"):
        await store.wipe(NOW)
    away.rename(wal_of(path))
    assert await store.wipe(NOW)
