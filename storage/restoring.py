"""Putting a copy into a database's place, so that either is there whole at every instant."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from storage.backups import copy, partial, stamp, sync
from storage.connection import make_folder
from storage.errors import ForeignDatabaseError, StorageError
from storage.inspection import NEWEST, Inspection, inspect

_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file, by the end of its name


@contextmanager
def verified_copy(backup: Path, database: Path) -> Iterator[tuple[Path, Inspection]]:
    """A copy of a backup beside the database, gone through; it is gone at the end if not used.

    Raises StorageError, and ForeignDatabaseError where it is another program's or a later
    version's.
    """
    part = partial(database)
    make_folder(part)
    try:
        copy(backup, part)
        found = inspect(part)
        if found.version > NEWEST:
            raise ForeignDatabaseError(
                f"it is at version {found.version}, but this program knows only up to {NEWEST};"
                " install the newer program"
            )
        yield part, found
    finally:
        for end in ("", *_BESIDE):
            _beside(part, end).unlink(missing_ok=True)


def put_in_place(part: Path, database: Path, now: int) -> Path | None:
    """Let a verified copy be the database. Returns where the one it replaces is kept, if any.

    Whoever calls has the database for themselves. ``now`` is UTC milliseconds. Raises StorageError.
    """
    try:
        kept = _kept(database, now)
        part.replace(database)
    except OSError as error:
        raise StorageError(f"{error.filename} cannot be replaced: {error.strerror}") from error
    sync(database.parent)
    return kept


def _kept(database: Path, now: int) -> Path | None:
    """Give what is there, if anything, a second name; what SQLite keeps beside it goes along."""
    kept = _free(f"{database.stem}-replaced-{stamp(now)}", database.parent)
    found = database.exists()
    if found:
        _make_one_file(database)
        _name_again(database, kept)
    # Left by a damaged file, or by one that was taken away: a log must never meet another file.
    for beside in _BESIDE:
        with suppress(FileNotFoundError):
            _beside(database, beside).replace(_beside(kept, beside))
    return kept if found else None


def _free(stem: str, folder: Path) -> Path:
    """A name that nothing has yet; within one second there can be several."""
    names = chain((f"{stem}.db",), (f"{stem}-{number}.db" for number in count(2)))
    return next(path for name in names if not (path := folder / name).exists())


def _name_again(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:
        # Not every file system has links.
        shutil.copy2(path, other)
        sync(other)


def _make_one_file(database: Path) -> None:
    """Bring the write-ahead log into the file, where the file is well enough for that."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
