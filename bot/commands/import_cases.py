"""Questions in from other programs' formats."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from rich.text import Text

from bot.commands.ending import ended_by_signals
from bot.commands.import_view import ImportTally, show_table, with_bar
from bot.commands.terminal import FORCE, UserError, app, errors, tell_of, wrong_use
from bot.operations.findings import counted
from content.exchange.drafts import Draft, Known, drafts
from content.exchange.fill import KEYS, FillError, known
from content.exchange.formats import Format, article_reader, guess, reader
from content.exchange.item import Skipped
from content.exchange.names import Ids
from content.saving import create, replace, save_schema

MAX_BYTES = 200_000_000  # of a file: a bank with pictures is well below it
_MOST_NAMED = 10  # drafts that were not written
_FILL = f"What all drafts lack; repeatable. Keys: {', '.join(KEYS)}."
MAX_QUESTIONS = 20_000  # of a file: a minute's work, and more than anybody writes


@app.command("import")
@ended_by_signals()
def import_(
    files: Annotated[list[Path], typer.Argument(help="Question banks of other programs.")],
    *,
    to: Annotated[Path, typer.Option(help="The folder for the drafts.")],
    form: Annotated[
        Format | None, typer.Option("--format", help="How to read; guessed if not given.")
    ] = None,
    fill: Annotated[list[str] | None, typer.Option(metavar="KEY=VALUE", help=_FILL)] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Make drafts of cases from other programs' questions; what no format says is left to fill.

    A published one-page case makes a draft too (--format article); the rights are yours to settle.
    """
    try:
        filled = known(fill or ())
    except FillError as error:
        raise wrong_use(f"--fill: {error}") from None
    ids, tally = Ids(), ImportTally()
    made = [draft for path in files for draft in _drafts(path, form, filled, ids, tally)]
    taken = {} if force else {draft.id: draft for draft in made if _in_the_way(draft, to)}
    free = [draft for draft in made if draft.id not in taken]
    tally.take(free)
    tally.in_the_way = len(taken)
    if untold := tally.untold():
        typer.echo(f"... and {untold:,} more; the table counts all", err=True)
    if taken:
        tell_of(to, _not_written([*taken]))
    if free:
        _save(free, to, force=force)
        typer.echo(f"{counted(len(free), 'draft')} in {to}; fill in what is empty, then check:")
        typer.echo(f"    morning-report check {quote(str(to))}\n")
    show_table(tally)
    if not free:
        raise UserError("nothing was imported")


def _drafts(
    path: Path, form: Format | None, filled: Known, ids: Ids, tally: ImportTally
) -> tuple[Draft, ...]:
    """The drafts of one file, after telling of what could not be taken."""
    data = _bytes(path)
    form = form or guess(path.name, data)
    if form is None:
        unknown = f"its format cannot be told; name it with --format {'|'.join(Format)}"
        tally.tell("refused", path, unknown, unknown)
        return ()
    with errors.status(Text(f"Reading {path.name}")):
        if form is Format.ARTICLE:
            return _article(path, data, filled, ids, tally)
        reading = reader(form)(data)
    if reading.article:
        _tell("left out", path, reading.notes, tally)
        return _article(path, reading.article.encode(), filled, ids, tally)
    if len(reading.items) > MAX_QUESTIONS:
        raise UserError(f"{path} holds more than {MAX_QUESTIONS:,} questions; split it")
    questions = with_bar(f"Drafting {path.name}", reading.items)
    made, skipped = drafts(questions, path.name, filled, ids)
    _tell("left out", path, reading.notes, tally)
    _tell("refused", path, (*reading.skipped, *skipped), tally)
    return made


def _article(
    path: Path, text: bytes, filled: Known, ids: Ids, tally: ImportTally
) -> tuple[Draft, ...]:
    made, told = article_reader()(text, filled, ids)
    _tell("left out" if made else "refused", path, told, tally)
    return made


def _tell(part: str, path: Path, told: Iterable[object], tally: ImportTally) -> None:
    for each in told:
        reason = each.reason if isinstance(each, Skipped) else str(each).partition(": ")[2]
        tally.tell(part, path, each, reason or str(each))


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise wrong_use(f"{path} is not a file" if path.exists() else f"{path} does not exist")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise UserError(f"{path} is larger than {MAX_BYTES:,} bytes; split it")
    return data


def _in_the_way(draft: Draft, folder: Path) -> bool:
    return any((folder / name).exists() for name in draft.files)


def _not_written(ids: Sequence[str]) -> str:
    named = ", ".join([*ids[:_MOST_NAMED], *(["..."] if len(ids) > _MOST_NAMED else [])])
    return (
        f"{counted(len(ids), 'draft')} not written, since there is one by that name: {named};"
        " take another folder, for --force overwrites"
    )


def _save(drafts: Sequence[Draft], folder: Path, *, force: bool) -> None:
    """Write each draft, its figures before the case that names them."""
    write = replace if force else create
    try:
        for draft in with_bar("Writing", drafts):
            for name, data in draft.files.items():
                write(folder / name, data)
        save_schema(folder)
    except OSError as error:
        raise UserError(f"{folder} cannot be written to: {error.strerror}") from error
