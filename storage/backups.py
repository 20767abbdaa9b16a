"""Copies of a database, made while a bot works on it, and known to be whole."""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from storage.connection import make_folder, reading, translated
from storage.errors import ForeignDatabaseError, StorageError
from storage.inspection import Inspection, identify, inspect
from storage.time_units import DAY_MS, HOUR_MS

Progress = Callable[[int, int], None]
"""Is told how many pages of how many are copied."""

_PAGES = 1000  # copied at a step: 4 MB, a moment's work
_STAMP = "%Y%m%dT%H%M%SZ"
_TIDIED_WITHIN_MS = DAY_MS + HOUR_MS  # a day, and what deleting may take


class Backup(Struct, frozen=True):
    """A copy, and when (UTC milliseconds) it was made."""

    path: Path
    made_at: int


def back_up(
    database: Path, folder: Path, now: int, progress: Progress | None = None
) -> tuple[Backup, Inspection]:
    """Copy a database into a folder, under a name that tells when: ``now``, UTC milliseconds.

    Under that name stands a whole copy that was gone through, or none; only its owner can read
    it. Raises StorageError, ForeignDatabaseError.
    """
    path = folder / f"{database.stem}-{stamp(now)}.db"
    make_folder(path)
    if path.exists():
        raise StorageError(f"{path} is there already: a backup was made this very second")
    part = partial(path)
    try:
        copy(database, part, progress)
        found = inspect(part)
        with _told("cannot be put into its place"):
            part.replace(path)
            sync(folder)
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, now // 1000 * 1000), found


def backups(database: Path, folder: Path) -> list[Backup]:
    """The backups of a database in a folder, the newest first, as far as names tell."""
    name = re.compile(rf"{re.escape(database.stem)}-(\d{{8}}T\d{{6}}Z)\.db")
    found: list[Backup] = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if (match := name.fullmatch(path.name)) and path.is_file() and not path.is_symlink():
            with suppress(ValueError):
                made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, round(made.timestamp() * 1000)))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def prune(
    made: Backup, database: Path, keep: int | None = None, longest: int | None = None
) -> list[Path]:
    """Delete backups beside one just ``made``: all but the newest ``keep``, and those too old.

    Tells which went; ``longest`` is milliseconds before that one. Only what is a backup of the same
    bot's database is counted and deleted, or of no bot's yet, and never the one just made. Nothing
    is too old where that bot's clock has told nothing yet. Raises StorageError.
    """
    folder, this = made.path.parent, _identified(made)
    if this is None:
        raise StorageError(f"{made.path} cannot be read again")
    others: list[tuple[int, Backup]] = []
    for backup in backups(database, folder):
        found = None if backup.path == made.path else _identified(backup)
        if found is not None and found.bot_id in (this.bot_id, None):
            others.append((_known_time(backup, found), backup))
    others.sort(key=lambda other: (other[0], other[1].made_at), reverse=True)
    # What a killed backup left: unfinished, and nobody's any more.
    left = [
        path
        for path in folder.glob(f".{database.stem}-*.db.part")
        if path.stat().st_mtime * 1000 < made.made_at - DAY_MS
    ]
    kept = len(others) if keep is None else max(0, keep - 1)
    aging = longest is not None and this.tidied_at is not None
    before = _known_time(made, this) - (longest or 0)
    gone = [
        backup.path
        for place, (at, backup) in enumerate(others)
        if place >= kept or (aging and at < before)
    ]
    with _told("cannot be deleted"):
        for path in (*gone, *left):
            path.unlink(missing_ok=True)
    return gone


def _known_time(backup: Backup, found: Inspection) -> int:
    """When a backup was made: at the time in its name, if its bot's clock bears that out.

    Else when the bot last deleted by age: every day that it is at work, and by a right clock alone.
    """
    at, right = backup.made_at, found.tidied_at
    return at if right is None or right <= at <= right + _TIDIED_WITHIN_MS else right


def _identified(backup: Backup) -> Inspection | None:
    """What a backup says of itself; None where it is none that can be read."""
    try:
        return identify(backup.path)
    except (StorageError, ForeignDatabaseError):
        return None


def copy(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy what is committed in ``source`` into a new file that lies safely on the disk.

    The copy is one file without a write-ahead log. Raises StorageError.
    """
    with _told("cannot be written"):
        target.unlink(missing_ok=True)
        target.touch(mode=0o600)

    def told(_status: int, left: int, pages: int) -> None:
        if progress:
            progress(pages - left, pages)

    with reading(source) as origin, translated(), closing(_new(target)) as copied:
        # From its first read on, this connection sees one state: the bot writes, the copy stays.
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        origin.backup(copied, pages=_PAGES, progress=told)
        copied.execute("PRAGMA journal_mode = DELETE")
    sync(target)


def _new(path: Path) -> sqlite3.Connection:
    """A file that needs no protection while it is filled: half of it is never used."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def sync(path: Path) -> None:
    """See to it that a file, or what names a folder holds, outlives a power cut."""
    with _told("cannot be brought to the disk"):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def stamp(now: int) -> str:
    """A time (UTC milliseconds) as it stands in names: ``20261122T112930Z``."""
    return datetime.fromtimestamp(now / 1000, UTC).strftime(_STAMP)


def partial(path: Path) -> Path:
    """Where a file is written before it takes its name."""
    return path.with_name(f".{path.name}.part")


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn the system's errors into StorageError."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{error.filename} {what}: {error.strerror}") from error
