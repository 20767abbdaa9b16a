"""The write-ahead log after a power cut: what follows the last commit may be anything."""

import random
import shutil
from pathlib import Path

import pytest

from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.storage.samples import NOW, on_disk
from tests.support.new_store import new_store
from tests.support.wal import committed_end, tear, wal_of

COMMITS = 5


@pytest.fixture
async def left(path: Path, tmp_path: Path) -> Path:
    """The files as they lay when a program was killed after some commits."""
    store = await new_store(path, NOW)
    for number in range(1, COMMITS + 1):
        await store.ledger.commit([Entry(Outcome((PersonMet(number, "en", NOW),)), number)], NOW)
    copy = tmp_path / "left" / "bot.db"
    copy.parent.mkdir()
    for file in (path, wal_of(path)):
        shutil.copy(file, copy.parent)
    await store.close()
    return copy


async def found(path: Path) -> list[int]:
    """Who is known once the file was opened again, and that it is sound."""
    store = await Store.open(path, NOW)
    await store.close()
    assert on_disk(path, "PRAGMA integrity_check") == [("ok",)]
    return [number for (number,) in on_disk(path, "SELECT id FROM people ORDER BY id")]


@pytest.mark.parametrize("seed", range(8))
async def test_a_torn_end_of_the_log_loses_nothing(left: Path, seed: int) -> None:
    """Cut off, followed by garbage, or by half of a frame: every commit is there."""
    tear(left, random.Random(seed))
    assert await found(left) == [*range(1, COMMITS + 1)]


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9])
async def test_damage_within_the_log_halves_no_commit(left: Path, place: float) -> None:
    """Bytes changed among the commits: those before are whole, those after are not there at all."""
    log = bytearray(wal_of(left).read_bytes())
    at = round(committed_end(bytes(log)) * place)
    log[at : at + 8] = bytes(byte ^ 0xFF for byte in log[at : at + 8])
    wal_of(left).write_bytes(log)
    known = await found(left)
    assert known == [*range(1, len(known) + 1)]
    assert on_disk(left, "SELECT count(*) FROM updates") == [(len(known),)]
