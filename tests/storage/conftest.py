"""A database file of its own for every test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.store import Store
from tests.storage.samples import NOW
from tests.support.new_store import new_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database file will be."""
    return tmp_path / "bot.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    """An open file with nothing in it but a table of notes."""
    database = await Database.open(path)
    async with database.transaction() as transaction:
        await transaction.execute(
            "CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT"
        )
    yield database
    await database.close()


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """An open file at today's schema."""
    store = await new_store(path, NOW)
    yield store
    await store.close()
