"""Committing what updates came to, where one of them cannot be kept."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.intake.commit import commit_outcomes
from storage.errors import StorageError
from storage.facts import PersonMet
from storage.ledger import Entry, SetAside
from storage.outcome import Outcome
from storage.store import Store
from tests.storage.samples import ADA, BEN, NOW, answered, text
from tests.support.new_store import new_store
from tests.support.services import StillClock

GOOD = Entry(Outcome((PersonMet(ADA, "en", NOW),), (text(),)), 1)
BAD = Entry(Outcome((answered(ADA, post_id=404),)), 2)
LAST = Entry(Outcome((PersonMet(BEN, "en", NOW),)), 3)
ASIDE = SetAside("message", "flaw", ADA)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await new_store(tmp_path / "bot.db", NOW)
    yield store
    await store.close()


async def kept(store: Store, told: list[Entry], heard: list[Entry]) -> list[Entry]:
    """Keep three entries, the second of which is refused."""

    def instead(position: int, _error: Exception) -> Entry:
        told.append(BAD)
        assert position == 1
        return Entry(Outcome(), 2, ASIDE)

    return await commit_outcomes(
        store.ledger, StillClock(at=NOW), [GOOD, BAD, LAST], instead, heard.extend
    )


async def test_one_that_cannot_be_kept_costs_the_others_nothing(store: Store) -> None:
    """It is replaced by what is said instead; all are told of, each once it is on disk."""
    told: list[Entry] = []
    heard: list[Entry] = []
    entries = await kept(store, told, heard)
    assert entries == heard == [GOOD, Entry(Outcome(), 2, ASIDE), LAST]
    assert told == [BAD]
    assert await store.ledger.handled([1, 2, 3]) == {1, 2, 3}


async def test_what_was_kept_before_the_database_failed_is_told_of(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is known when its update comes again, and so would never be told of otherwise."""
    commit = store.ledger.commit

    async def failing(entries: Sequence[Entry], now: int) -> None:
        if entries == [LAST]:
            raise StorageError("disk I/O error")
        await commit(entries, now)

    monkeypatch.setattr(store.ledger, "commit", failing)
    heard: list[Entry] = []
    with pytest.raises(StorageError):
        await kept(store, [], heard)
    assert [entry.update_id for entry in heard] == [1, 2]
    assert await store.ledger.handled([1, 2, 3]) == {1, 2}
