"""Inserting many rows at a time."""

import sqlite3
from typing import Any

import pytest

from storage.inserting import insert

PLACES = "INSERT INTO notes VALUES (?, ?)"
NAMES = "INSERT INTO notes (words, id) VALUES (:words, :id)"
COUNTED = """
    INSERT INTO notes (id, words) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET words = words || excluded.words
"""


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)")
    return made


def kept(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT id, words FROM notes ORDER BY id").fetchall()


@pytest.mark.parametrize("number", [0, 1, 19, 20, 21, 40, 105])
def test_every_row_is_inserted_however_many_there_are(
    connection: sqlite3.Connection, number: int
) -> None:
    """By places or by names, in their own order."""
    rows = [(n, f"note {n}") for n in range(number)]
    insert(connection, PLACES, rows)
    assert kept(connection) == rows
    connection.execute("DELETE FROM notes")
    insert(connection, NAMES, [{"id": n, "words": words, "more": 1} for n, words in rows])
    assert kept(connection) == rows


def test_one_name_alone(connection: sqlite3.Connection) -> None:
    """A row of one value is a row."""
    insert(connection, "INSERT INTO notes (id) VALUES (:id)", [{"id": n} for n in range(45)])
    assert kept(connection) == [(n, None) for n in range(45)]


def test_what_is_there_already_is_met_row_by_row(connection: sqlite3.Connection) -> None:
    """Rows of one statement meet each other as those of many would."""
    insert(connection, COUNTED, [(n % 2, "a") for n in range(50)])
    assert kept(connection) == [(0, "a" * 25), (1, "a" * 25)]


def test_what_is_no_plain_insert_runs_for_each_row(connection: sqlite3.Connection) -> None:
    """Other statements, and inserts that compute."""
    insert(connection, "INSERT INTO notes VALUES (?, upper(?))", [(n, "a") for n in range(30)])
    insert(connection, "UPDATE notes SET words = ? WHERE id = ?", [("b", n) for n in range(1, 30)])
    insert(connection, "DELETE FROM notes WHERE id = ?", [(n,) for n in range(2, 30)])
    assert kept(connection) == [(0, "A"), (1, "b")]


def test_a_row_that_breaks_a_rule_is_told(connection: sqlite3.Connection) -> None:
    """Wherever it stands among the others."""
    with pytest.raises(sqlite3.IntegrityError):
        insert(connection, PLACES, [(n % 39, "a") for n in range(40)])
