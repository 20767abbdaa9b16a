"""Copies of the database: made, and put back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.commands.ending import ended_by_signals
from bot.commands.terminal import UserError, app, errors, wrong_use
from bot.operations.findings import counted, size
from bot.settings import PREFIX, Settings, read_settings
from storage.backups import back_up, prune
from storage.errors import ForeignDatabaseError, StorageError
from storage.inspection import NEWEST, Inspection, identify
from storage.lock import sole_use
from storage.restoring import erase_again, erased_since, put_in_place, verified_copy


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Option(help="The folder for it; MORNING_REPORT_BACKUPS if not given.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Delete all backups in it but the newest so many.")
    ] = None,
) -> None:
    """Copy the database while the bot works on it, and go through the copy."""
    settings = read_settings()
    database = existing_database(settings)
    folder = to or settings.backup_folder
    with ended_by_signals():
        try:
            with _bar("Copying") as told:
                made, found = back_up(database, folder, settings.clock.now(), told)
        except (StorageError, ForeignDatabaseError) as error:
            raise UserError(f"No backup of {database} was made: {error}") from error
        typer.echo(
            f"{made.path}: {size(made.path.stat().st_size)},"
            f" {counted(found.answers, 'answer')}, version {found.version}, sound"
        )
        if keep is None:
            return
        try:
            gone = prune(made, database, keep)
        except StorageError as error:
            raise UserError(f"An older backup stays: {error}") from error
        if gone:
            typer.echo(f"{counted(len(gone), 'older backup')} deleted, {keep} kept")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the database that is there; it is kept too.")
    ] = False,
    erase: Annotated[
        bool,
        typer.Option(
            "--erase-missing",
            help="Erase in the backup, as /forget does, who is not in the database it replaces.",
        ),
    ] = False,
) -> None:
    """Put a backup in the database's place, while no bot works on it."""
    settings = read_settings()
    database = settings.database
    if not file.is_file():
        raise wrong_use(f"{file} is not a file" if file.exists() else f"{file} does not exist")
    if database.exists() and file.samefile(database):
        raise wrong_use(f"{file} is the database itself")
    with ended_by_signals():
        try:
            with sole_use(database):
                _restore(settings, file, force=force, erase=erase)
        except StorageError as error:
            raise UserError(f"{database} cannot be replaced: {error}") from error


def _restore(settings: Settings, file: Path, *, force: bool, erase: bool) -> None:
    database = settings.database
    try:
        with verified_copy(file, database) as (copied, found):
            if refusal := _foreign(settings, found):
                raise UserError(f"{file} is not restored: {refusal}")
            missing = _missing(copied, database)
            if database.exists() and not force:
                raise UserError(_not_asked_to(file, found, database, missing))
            if erase:
                _erase(copied, found, missing)
            kept = put_in_place(copied, database, settings.clock.now())
    except (StorageError, ForeignDatabaseError) as error:
        raise UserError(f"{file} is not restored: {error}") from error
    typer.echo(f"{database} is what {file} was: {counted(found.answers, 'answer')}")
    if kept:
        typer.echo(f"What it replaced is kept as {kept}; delete it when all is well.")
    if erase:
        typer.echo(f"{counted(len(missing or ()), 'learner')} erased in it again.")
    elif missing != frozenset():
        typer.echo("Who was erased since is in it again, and must be erased again (/forget).")


def _missing(copied: Path, database: Path) -> frozenset[int] | None:
    """Learners of a backup who are not in the database it replaces; None where nobody can tell."""
    try:
        return erased_since(copied, database) if database.exists() else None
    except StorageError:
        return None


def _erase(copied: Path, found: Inspection, missing: frozenset[int] | None) -> None:
    if missing is None:
        raise UserError("who was erased since cannot be told; restore without --erase-missing")
    if missing and found.version < NEWEST:
        raise UserError("an earlier version made the backup; restore without --erase-missing")
    erase_again(copied, missing)


def _not_asked_to(
    file: Path, found: Inspection, database: Path, missing: frozenset[int] | None
) -> str:
    """What would happen with ``--force``."""
    said = (
        f"{database} is there already{_held(database)}; with --force {file}"
        f" ({counted(found.answers, 'answer')}) takes its place, and it is kept beside"
    )
    if not missing:
        return said
    unknown = f"{counted(len(missing), 'learner')} of the backup"
    return f"{said}. Unknown there: {unknown}; if erased since, add --erase-missing"


def _foreign(settings: Settings, found: Inspection) -> str | None:
    """Why a backup is not this bot's, as far as token and database tell."""
    token = settings.bot_token()
    owners = {
        "the token": None if token is None else int(token.partition(":")[0]),
        f"{settings.database}": _owner(settings.database),
    }
    for what, owner in owners.items():
        if None not in (owner, found.bot_id) and owner != found.bot_id:
            return f"it belongs to the bot with id {found.bot_id}, but {what} to bot {owner}"
    return None


def _owner(database: Path) -> int | None:
    try:
        return identify(database).bot_id if database.exists() else None
    except (StorageError, ForeignDatabaseError):
        return None  # damaged, which is why it is to be replaced


def _held(database: Path) -> str:
    try:
        return f" ({counted(identify(database).answers, 'answer')})"
    except (StorageError, ForeignDatabaseError):
        return " (and cannot be read)"


def existing_database(settings: Settings) -> Path:
    """The database, which must be there. Raises UserError."""
    if not settings.database.is_file():
        raise UserError(f"{settings.database} is not there; {PREFIX}DATABASE says where it is")
    return settings.database


@contextmanager
def _bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """Shows how much of how much is done, in a terminal alone."""
    columns = (TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    shown = errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=not shown) as bar:
        task = bar.add_task("")
        yield lambda done, of: bar.update(task, completed=done, total=of)
