"""Opening, claiming and tidying the one database file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.errors import ForeignDatabaseError, StorageError
from storage.facts import PersonMet
from storage.ledger import Entry, SetAside
from storage.outcome import NOTHING, Outcome
from storage.poll_facts import UnknownPollSeen
from storage.settlements import Refused
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import (
    ADA,
    NOW,
    answered,
    on_disk,
    owed_count,
    parked,
    posted,
    record,
    text,
)


async def test_what_was_kept_is_there_after_a_restart(store: Store, path: Path) -> None:
    """A file closed and opened again holds what it held."""
    await record(store, PersonMet(ADA, "en", NOW), *posted(), answered(), owed=(text(),))
    await store.close()
    again = await Store.open(path, NOW + DAY_MS)
    assert await again.people.get(ADA) is not None
    assert await again.polls.has_answered(ADA, 1, 0)
    assert owed_count(path) == 1
    await again.close()


async def test_a_database_keeps_that_it_was_begun_anew(store: Store, path: Path) -> None:
    """However often it is said, and also after a restart."""
    assert not await store.begun_anew()
    await store.begin_anew()
    await store.begin_anew()
    await store.close()
    again = await Store.open(path, NOW)
    assert await again.begun_anew()
    await again.close()


async def test_a_database_belongs_to_one_bot(store: Store, path: Path) -> None:
    """The first bot to claim it owns it, also after a restart; another is told so."""
    await store.claim(7007)
    await store.claim(7007)
    await store.close()
    again = await Store.open(path, NOW)
    with pytest.raises(ForeignDatabaseError, match=r"with id 7007, .* bot 8008"):
        await again.claim(8008)
    await again.claim(7007)
    await again.close()
    assert on_disk(path, "SELECT value FROM meta WHERE key = 'bot_id'") == [("7007",)]


async def test_a_file_that_cannot_be_opened_is_closed_again(path: Path) -> None:
    """Another program's file is refused, and not kept open."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE meta (of_something_else)")
    with pytest.raises(StorageError, match="already exists"):
        await Store.open(path, NOW)


async def test_tidying_deletes_what_has_served_its_time(store: Store, path: Path) -> None:
    """Update ids go after three days; what failed or never found its poll after thirty."""
    for update_id, at in ((1, NOW), (2, NOW + 1)):
        await store.ledger.commit([Entry(NOTHING, update_id, SetAside("message", "flaw", ADA))], at)
        await store.ledger.commit([Entry(Outcome(owed=(text(), text("owed"))))], at)
        await store.outbox.settle([Refused(2 * update_id - 1, "no")])
    await record(store, parked(1), UnknownPollSeen("poll", "print", NOW))
    kept = ("updates", "set_aside", "parked_answers", "unknown_polls", "outbox")

    async def left(now: int) -> list[int]:
        await store.tidy(now)
        return [on_disk(path, f"SELECT count(*) FROM {table}")[0][0] for table in kept]

    assert await left(NOW + 3 * DAY_MS) == [2, 2, 1, 1, 4]
    assert await left(NOW + 3 * DAY_MS + 1) == [1, 2, 1, 1, 4]
    assert await left(NOW + 30 * DAY_MS) == [0, 2, 1, 1, 4]
    assert await left(NOW + 30 * DAY_MS + 1) == [0, 1, 0, 0, 3]
    assert await left(NOW + 1000 * DAY_MS) == [0, 0, 0, 0, 2]


async def test_tidying_spares_what_is_for_good(store: Store, path: Path) -> None:
    """People, answers and totals stay, and so does what is still owed."""
    await record(store, PersonMet(ADA, "en", NOW), *posted(), answered(), owed=(text(),))
    await store.tidy(NOW + 10_000 * DAY_MS)
    assert await store.people.get(ADA) is not None
    assert await store.polls.has_answered(ADA, 1, 0)
    assert (await store.polls.tally("revision")).all.answers == 1
    assert owed_count(path) == 1
