"""Looking at a database file from outside, whether or not a bot is at work on it."""

import sqlite3
from pathlib import Path

from msgspec import Struct

from storage.connection import reading
from storage.errors import DamagedDatabaseError, ForeignDatabaseError
from storage.migrations import MIGRATIONS

NEWEST = MIGRATIONS[-1].version

_NOTED = "SELECT key, value FROM meta WHERE key IN ('bot_id', 'tidied_at')"


class Inspection(Struct, frozen=True):
    """What a database says of itself. ``bot_id`` is None where no bot has worked on it yet.

    ``tidied_at``: when its bot last deleted by age, which it does daily, by a right clock alone.
    """

    version: int
    bot_id: int | None
    tidied_at: int | None
    answers: int
    latest_answer_at: int | None


class Pending(Struct, frozen=True):
    """Work that waits, and work that was given up; ``oldest_at`` in UTC milliseconds."""

    owed: int
    oldest_at: int | None
    refused: int
    set_aside: int
    parked: int


def identify(path: Path) -> Inspection:
    """What a database says of itself, without going through all of it.

    Raises StorageError, and ForeignDatabaseError where it is another program's.
    """
    with reading(path) as connection:
        return _identified(connection)


def inspect(path: Path) -> Inspection:
    """Go through a whole database, and read what it says of itself.

    Raises DamagedDatabaseError, StorageError, ForeignDatabaseError.
    """
    with reading(path) as connection:
        found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        if found != "ok":
            raise DamagedDatabaseError(f"it is damaged ({found.splitlines()[-1]})")
        astray = connection.execute("PRAGMA foreign_key_check").fetchone()
        if astray is not None:
            raise DamagedDatabaseError(
                f"it is damaged (a row of {astray['table']} refers to one of {astray['parent']}"
                " that is not there)"
            )
        return _identified(connection)


def _identified(connection: sqlite3.Connection) -> Inspection:
    tables = {row["name"] for row in connection.execute("SELECT name FROM sqlite_master")}
    if not tables:
        raise ForeignDatabaseError(
            "it is empty; of a database at work the latest stands in the log beside it (-wal), so"
            " that a copy of the one file may hold nothing or too little: `morning-report backup`"
            " copies both"
        )
    if not {"migrations", "meta", "answers"} <= tables:
        raise ForeignDatabaseError("it is not a database of Morning Report")
    version = connection.execute("SELECT coalesce(max(version), 0) FROM migrations").fetchone()[0]
    noted = {name: int(value) for name, value in connection.execute(_NOTED)}
    answers = connection.execute("SELECT count(*), max(answered_at) FROM answers").fetchone()
    return Inspection(version, noted.get("bot_id"), noted.get("tidied_at"), *answers)


class Unwiped(Struct, frozen=True):
    """Since when (UTC ms) bytes of what was erased wait to be wiped; None where none do.

    ``log``: from the log, and the pages it replaces; ``file``: from unused space of the file alone.
    """

    log: int | None
    file: int | None


def unwiped(path: Path) -> Unwiped:
    """What of erased people is still to be wiped from the disk. Raises StorageError."""
    with reading(path) as connection:
        row = connection.execute(
            """
            SELECT min(erased_at) FILTER (WHERE in_log),
                   min(erased_at) FILTER (WHERE NOT in_log)
            FROM erasures
            """
        ).fetchone()
        return Unwiped(*row)


def pending(path: Path) -> Pending:
    """The work that waits in a database. Raises StorageError."""
    with reading(path) as connection:
        row = connection.execute(
            """
            SELECT count(*) FILTER (WHERE state = 'owed'),
                   min(owed_at) FILTER (WHERE state = 'owed'),
                   count(*) FILTER (WHERE state = 'refused'),
                   (SELECT count(*) FROM set_aside),
                   (SELECT count(*) FROM parked_answers)
            FROM outbox
            """
        ).fetchone()
        return Pending(*row)
