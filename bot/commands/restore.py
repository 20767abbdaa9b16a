"""A backup put in the database's place."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.ending import ended_by_signals
from bot.commands.terminal import UserError, app, wrong_use
from bot.operations.findings import counted
from bot.settings import Settings, read_settings
from storage.erased_since import ErasedSince, erase_again, erased_since
from storage.errors import ForeignDatabaseError, StorageError
from storage.inspection import Inspection, identify
from storage.lock import sole_use
from storage.restoring import put_in_place, verified_copy


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace the database that is there; it is kept too.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep-erased",
            help="Bring back who was erased since the backup; else they are erased in it again.",
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
                _restore(settings, file, force=force, keep=keep)
        except StorageError as error:
            raise UserError(f"{database} cannot be replaced: {error}") from error


def _restore(settings: Settings, file: Path, *, force: bool, keep: bool) -> None:
    database, now = settings.database, settings.clock.now()
    try:
        with verified_copy(file, database) as (copied, found):
            if refusal := _foreign(settings, found):
                raise UserError(f"{file} is not restored: {refusal}")
            since = _erased_since(copied, database)
            if database.exists() and not force:
                raise UserError(_not_asked_to(file, found, database, since))
            if since.people or since.marks:
                asyncio.run(erase_again(copied, since, now, keep=keep))
            kept = put_in_place(copied, database, now)
    except (StorageError, ForeignDatabaseError) as error:
        raise UserError(f"{file} is not restored: {error}") from error
    typer.echo(f"{database} is what {file} was: {counted(found.answers, 'answer')}")
    if kept:
        typer.echo(f"What it replaced is kept as {kept}; delete it when all is well.")
    if since.people:
        what = "in it again" if keep else "erased in it again"
        typer.echo(f"{counted(len(since.people), 'learner')} erased since: {what}.")
    if since.doubt:
        typer.echo(
            f"Who {'else ' if since.people else ''}was erased since cannot be told: {since.doubt}."
            " Whoever was is in it again, and must be erased again (/forget)."
        )


def _erased_since(copied: Path, database: Path) -> ErasedSince:
    if not database.exists():
        return ErasedSince(doubt="there was no database in its place")
    try:
        return erased_since(copied, database)
    except StorageError:
        return ErasedSince(doubt="the database that it replaces cannot be read")


def _not_asked_to(file: Path, found: Inspection, database: Path, since: ErasedSince) -> str:
    """What would happen with ``--force``."""
    said = (
        f"{database} is there already{_held(database)}; with --force {file}"
        f" ({counted(found.answers, 'answer')}) takes its place, and it is kept beside"
    )
    if since.people:
        erased = counted(len(since.people), "learner")
        said += f". {erased} of the backup erased since: erased in it again, or not: --keep-erased"
    if since.doubt:
        said += f". Who was erased since cannot be told: {since.doubt}"
    return said


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
