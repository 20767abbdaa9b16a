"""A copy of the database, made while the bot works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from bot.base.time_units import DAY_MS
from bot.commands.ending import ended_by_signals
from bot.commands.terminal import UserError, app, errors
from bot.operations.findings import counted, size
from bot.settings import PREFIX, Settings, read_settings
from storage.backups import back_up, prune
from storage.errors import ForeignDatabaseError, StorageError


@app.command()
def backup(
    to: Annotated[
        Path | None, typer.Option(help="The folder for it; MORNING_REPORT_BACKUPS if not given.")
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Delete all in it but the newest so many; those that are too old go anyway.",
        ),
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
        days = settings.keep_backups_days
        if keep is None and days is None:
            return
        # By the next one, a day later, none is older than it may be.
        longest = None if days is None else (days - 1) * DAY_MS
        try:
            gone = prune(made, database, keep, longest)
        except StorageError as error:
            raise UserError(f"An older backup stays: {error}") from error
        if gone:
            typer.echo(f"{counted(len(gone), 'older backup')} deleted")


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
