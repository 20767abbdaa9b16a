"""Meddling with the bot's database from outside, as nothing but a test should."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

FAIL = "CREATE TRIGGER failing BEFORE {} BEGIN SELECT json('broken'); END"
"""Makes statements such as ``INSERT ON updates`` fail as a damaged database does."""
RECOVER = "DROP TRIGGER failing"


def meddle(path: Path, statement: str) -> None:
    """Run a statement and commit. It waits for the bot's own transaction: call it in a thread."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """All rows of a query, as of the last commit."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
