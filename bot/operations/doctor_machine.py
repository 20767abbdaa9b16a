"""What this machine holds: the disk, the cases, the database, work that waits, backups."""

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from bot.base.time_units import DAY_MS, MINUTE_MS
from bot.features.shared.wrong_times import wrong_times
from bot.operations.doctor_replica import replica
from bot.operations.findings import Finding, age, counted, ok, problem, size, warning
from bot.settings import PREFIX, Settings
from content.check import check_paths
from content.problems import Severity
from storage.backups import backups
from storage.errors import DamagedDatabaseError, ForeignDatabaseError, StorageError
from storage.inspection import NEWEST, inspect, pending, unwiped
from storage.lock import in_use
from storage.open_file import log_of

_LITTLE: Final = 100_000_000  # bytes, below which a busy day may fill the disk
_SCARCE: Final = 1_000_000_000
_SLOW_MS: Final = 10 * MINUTE_MS  # milliseconds: a broadcast to thousands is through by then
_STALE_MS: Final = 2 * 24 * 60 * MINUTE_MS  # milliseconds: a nightly backup has failed once
_LOG = "the log says why"
_LONG_LOG: Final = 100_000_000  # bytes; it begins anew at 16 MB unless somebody reads
_WIPING: Final = (
    "the bot must be at work, and reach Telegram for its last words; else something reads the"
    " database for hours (a backup, a query): end it"
)

_PAUSE_WITHIN_MS: Final = 25 * 60 * MINUTE_MS  # milliseconds: Litestream pauses once a day
_PAUSING: Final = (
    "morning-report-litestream must pause once a day, and have `morning-report wipe` run before it"
    " goes on; the bot must reach Telegram for its last words"
)


def machine_side(settings: Settings, bot_id: int | None) -> Iterator[Finding]:
    """Examine what lies here; ``bot_id`` is the token's, where there is one."""
    yield from _settings(settings)
    yield _content(settings)
    for open_path, mode in settings.open_to_others():
        said = f"{open_path} can be read by others of this machine"
        yield warning("files", said, f"chmod {mode} {open_path}")
    path = settings.database
    try:
        there = path.exists()
    except OSError as error:
        advice = f"mend {PREFIX}DATABASE, or the rights of that folder"
        yield problem("database", f"{path} cannot be reached: {error.strerror}", advice)
        return
    if not there:
        advice = f"start the bot, which makes it, or mend {PREFIX}DATABASE"
        yield warning("database", f"there is none at {path}", advice)
        yield _disk(path, 0)
        return
    weight = sum(each.stat().st_size for each in (path, log_of(path)) if each.exists())
    yield _disk(path, weight)
    yield _database(path, weight, bot_id)
    yield _log_file(path)
    yield from _at_work(path)
    yield from _erased(path, settings.clock.now(), replicated=settings.litestream is not None)
    yield from _pending(path, settings.clock.now())
    yield from _times(path, settings.clock.now())
    yield _backup(settings)
    yield from replica(settings)


def _settings(settings: Settings) -> Iterator[Finding]:
    if not settings.doubts:
        yield ok("settings", "each that is set is known")
    for doubt in settings.doubts:
        yield warning("settings", doubt.said, doubt.advice)


def _content(settings: Settings) -> Finding:
    try:
        report = check_paths(settings.case_folders, today=settings.clock.latest_day())
    except OSError as error:
        said = f"the cases cannot be read: {error.strerror}"
        return problem("content", said, f"mend {PREFIX}CONTENT, or the rights of that folder")
    wrong, doubtful = (report.count(each) for each in (Severity.ERROR, Severity.WARNING))
    said = f"{counted(report.cases, 'case')}, {counted(wrong, 'error')}"
    if wrong or not report.cases:
        return problem("content", said, "see them all: morning-report check")
    return ok("content", f"{said}, {counted(doubtful, 'warning')}")


def _disk(path: Path, weight: int) -> Finding:
    folder = path.absolute().parent
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    said = f"{size(free)} free"
    if free < _LITTLE:
        return problem("disk", said, "make room now: a full disk stops the bot")
    if free < max(_SCARCE, 2 * weight):
        return warning("disk", said, "make room: a backup needs as much as the database")
    return ok("disk", said)


def _database(path: Path, weight: int, bot_id: int | None) -> Finding:
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        # SQLite says of it what it also says of a lost disk.
        said = f"{path}: this user may not write it, or not into its folder"
        advice = "run this as the user that the bot runs as, which must own both (chown)"
        return problem("database", said, advice)
    try:
        found = inspect(path)
    except ForeignDatabaseError as error:
        return problem("database", f"{path}: {error}", f"mend {PREFIX}DATABASE")
    except DamagedDatabaseError as error:
        advice = "stop the bot and restore the last backup: morning-report restore FILE"
        return problem("database", f"{path}: {error}", advice)
    except StorageError as error:
        advice = f"see what holds the file or the disk up; {_LOG}"
        return problem("database", f"{path}: {error}", advice)
    if found.version > NEWEST:
        said = f"at version {found.version}, made by a later program"
        return problem("database", said, "install the later program")
    if None not in (found.bot_id, bot_id) and found.bot_id != bot_id:
        said = f"belongs to the bot with id {found.bot_id}, not to the token's ({bot_id})"
        return problem("database", said, f"mend {PREFIX}DATABASE or {PREFIX}TOKEN")
    said = f"sound, {size(weight)}, {counted(found.answers, 'answer')}, version {found.version}"
    if found.version < NEWEST:
        advice = "make a backup; the next start brings it up to date"
        return warning("database", f"{said} of {NEWEST}", advice)
    if path.stat().st_mode & 0o077:
        return warning("database", f"{said}; others may read it", f"chmod 600 {path}*")
    return ok("database", said)


def _log_file(path: Path) -> Finding:
    log = log_of(path)
    said = f"the log beside the database: {size(log.stat().st_size if log.exists() else 0)}"
    if log.exists() and log.stat().st_size > _LONG_LOG:
        advice = "something reads the database for hours (a backup, a query); end it"
        return warning("log", said, advice)
    return ok("log", said)


def _erased(path: Path, now: int, *, replicated: bool) -> Iterator[Finding]:
    try:
        waits = unwiped(path)
    except StorageError:
        return  # told already, or made by an earlier version
    if waits.log is not None:
        waited = age(now - waits.log)
        said = f"{waited} ago somebody was erased, whose data are not wiped from the disk yet"
        allowed, advice = (_PAUSE_WITHIN_MS, _PAUSING) if replicated else (_SLOW_MS, _WIPING)
        grade = ok if now - waits.log < allowed else partial(warning, advice=advice)
        yield grade("erased", said)
    elif waits.file is not None:
        said = f"{age(now - waits.file)} ago somebody was erased, of whom unused space of the file"
        yield ok("erased", f"{said} may hold traces; within a day it is written anew")


def _at_work(path: Path) -> Iterator[Finding]:
    try:
        working = in_use(path)
    except StorageError as error:
        yield warning("bot", f"{error}", "run this as the user that the bot runs as")
        return
    yield ok("bot", "at work on this database" if working else "not at work on this database")


def _pending(path: Path, now: int) -> Iterator[Finding]:
    try:
        waits = pending(path)
    except StorageError:
        return  # what is wrong with the database is told already
    said = f"{counted(waits.owed, 'message')} to send"
    if waits.oldest_at is not None and now - waits.oldest_at > _SLOW_MS:
        said = f"{said}, the oldest for {age(now - waits.oldest_at)}"
        yield warning("outbox", said, f"see that the bot runs; {_LOG}")
    else:
        yield ok("outbox", said)
    if waits.refused:
        said = f"{counted(waits.refused, 'message')} refused by Telegram in the last 30 days"
        yield warning("refused", said, _LOG)
    if waits.set_aside:
        said = f"{counted(waits.set_aside, 'update')} not understood in the last 30 days"
        yield warning("set aside", said, f"{_LOG}; report it to those who make this program")
    if waits.parked:
        said = f"{counted(waits.parked, 'vote')} in polls that are not known (yet)"
        yield warning(
            "parked", said, "nothing, where they are few: Telegram lost the send's answer"
        )


def _times(path: Path, now: int) -> Iterator[Finding]:
    try:
        told = wrong_times(path, now).told()
    except StorageError:
        return  # told already, or made by an earlier version
    if told:
        advice = "set the clock, if it is wrong now; else start the bot, which sets them right"
        yield warning("times", f"some on record cannot be right: {told}", advice)


def _backup(settings: Settings) -> Finding:
    folder = settings.backup_folder
    try:
        found = backups(settings.database, folder)
    except OSError as error:
        advice = f"mend {PREFIX}BACKUPS, or the rights of that folder"
        return warning("backup", f"{folder} cannot be read: {error.strerror}", advice)
    if not found:
        return warning("backup", f"none in {folder}", "make one each night: morning-report backup")
    kept, oldest = settings.keep_backups_days, settings.clock.now() - found[-1].made_at
    if kept is not None and oldest > kept * DAY_MS + _SLOW_MS:
        said = f"the oldest is {age(oldest)} old, though {PREFIX}KEEP_BACKUPS_DAYS is {kept}"
        return warning("backup", said, "see that backups are made each night: they delete old ones")
    old = settings.clock.now() - found[0].made_at
    said = f"the last of {len(found)} is {age(old)} old"
    if old > _STALE_MS:
        return warning("backup", said, "make one each night: morning-report backup")
    return ok("backup", said)
