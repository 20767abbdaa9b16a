"""A page of the file is damaged: how far that goes, and what goes on all the same."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage.case_facts import FigureKept
from storage.chat_facts import NameShown
from storage.damage import SPARED, damaged_tables
from storage.errors import DamagedDatabaseError, DamagedPartError
from storage.facts import PersonForgotten, PersonMet
from storage.store import Store
from tests.storage.samples import ADA, BEN, GROUP, NOW, answered, flagged, posted, record, text
from tests.support.damage import damage, parts_of
from tests.support.new_store import new_store


async def fill(store: Store) -> None:
    """Something in most tables."""
    await store.claim(7007)
    await record(
        store,
        PersonMet(ADA, "en", NOW),
        *posted(),
        answered(),
        flagged(),
        FigureKept("sha256", b"\x89PNG" * 3000),
        NameShown(GROUP, ADA, "Ada"),
        owed=(text(),),
    )


@asynccontextmanager
async def damaged(path: Path, part: str) -> AsyncIterator[Store]:
    """A database at work of which a page was damaged before."""
    store = await new_store(path, NOW)
    await fill(store)
    await store.close()
    damage(path, part)
    store = await Store.open(path, NOW)
    try:
        yield store
    finally:
        await store.close()


async def test_every_damaged_page_is_found(path: Path, tmp_path: Path) -> None:
    """In a table that can be spared it is told; in any other the bot cannot go on."""
    store = await Store.open(path, NOW)
    await fill(store)
    await store.close()
    assert damaged_tables(path) == frozenset()
    spared = set()
    for part, table in parts_of(path).items():
        copy = tmp_path / "copy.db"
        shutil.copy(path, copy)
        damage(copy, part)
        if table in SPARED:
            assert damaged_tables(copy) == {table}
            spared.add(table)
        else:
            where = "" if table == "sqlite_sequence" else f" in {table}"
            with pytest.raises(DamagedDatabaseError, match=rf"^it is damaged{where} \("):
                damaged_tables(copy)
    assert spared == SPARED


@pytest.mark.parametrize("part", ["flags", "flags_by_person", "shown_names_by_person"])
async def test_what_can_be_spared_fails_alone(path: Path, part: str) -> None:
    """What reads or writes the damaged page fails for good; votes and all else go on."""
    async with damaged(path, part) as store:
        with pytest.raises(DamagedPartError, match=f"damaged: {parts_of(path)[part]}"):
            await store.people.everything(ADA)
        with pytest.raises(DamagedPartError):
            await record(store, PersonForgotten(ADA))
        assert store.takes
        await record(store, PersonMet(BEN, "en", NOW), *posted(2, BEN), answered(BEN, 2))
        assert await store.polls.has_answered(BEN, 2, 0)
        assert store.damage_met.is_set()
        assert await store.check() == {parts_of(path)[part]}


@pytest.mark.parametrize("part", ["answers", "posts_by_person"])
async def test_damage_where_votes_are_written_is_the_end(path: Path, part: str) -> None:
    """Whoever meets it first, reading or writing: the bot is to end, and the message says where."""
    async with damaged(path, part) as store:
        assert not store.damage_met.is_set()
        with pytest.raises(DamagedDatabaseError, match=f"damaged in {parts_of(path)[part]}"):
            await store.people.everything(ADA)
        assert store.damage_met.is_set()
    async with damaged(path.with_name("other.db"), part) as store:
        with pytest.raises(DamagedDatabaseError):
            await record(store, PersonForgotten(ADA))
        assert (store.damage_met.is_set(), store.takes) == (True, False)
        with pytest.raises(DamagedDatabaseError):
            await store.check()
