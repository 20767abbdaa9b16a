"""Which tables of a database are damaged, and whether the bot can go on without them."""

import sqlite3
from pathlib import Path

from storage.connection import reading
from storage.errors import DamagedDatabaseError

SPARED = frozenset({"draft_pictures", "figures", "flags", "shown_names", "erased_people"})
"""Tables without which votes are taken in and answered all the same: where only these are damaged,
what reads them fails, and the rest goes on. To go on writing into any other makes it worse."""


def damaged_tables(path: Path) -> frozenset[str]:
    """Go through a database beside the bot at work: the tables of SPARED that are damaged.

    Raises DamagedDatabaseError where anything else is, StorageError.
    """
    with reading(path) as connection:
        said = _fault(connection, "PRAGMA quick_check(1)")
        if said is None:
            return frozenset()
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        tables = [row["name"] for row in connection.execute(sql).fetchall()]
        checks = {table: f"PRAGMA quick_check('{table}')" for table in tables}
        damaged = frozenset(table for table in tables if _fault(connection, checks[table]))
    if damaged and damaged <= SPARED:
        return damaged
    where = f" in {', '.join(sorted(damaged - SPARED))}" if damaged else ""
    raise DamagedDatabaseError(f"it is damaged{where} ({said})")


def _fault(connection: sqlite3.Connection, check: str) -> str | None:
    """What a check finds first; it may itself stumble over the damage."""
    try:
        found = str(connection.execute(check).fetchone()[0])
    except sqlite3.DatabaseError as error:
        if type(error) is not sqlite3.DatabaseError:
            raise
        found = str(error)
    return None if found == "ok" else found.splitlines()[-1]
