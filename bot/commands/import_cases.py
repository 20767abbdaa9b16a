"""Questions in from other programs' formats."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.text import Text

from bot.commands.ending import ended_by_signals
from bot.commands.terminal import FORCE, UserError, app, errors, tell_of, wrong_use
from bot.operations.findings import counted
from content.exchange.drafts import Draft, Known, drafts
from content.exchange.formats import Format, article_reader, guess, reader
from content.exchange.names import Ids
from content.model import Level
from content.saving import create, replace, save_schema

MAX_BYTES = 200_000_000  # of a file: a bank with pictures is well below it
_MOST_NAMED = 10  # drafts that were not written
MAX_QUESTIONS = 20_000  # of a file: a minute's work, and more than anybody writes

# What an option that a case cannot hold should have been, by the field it fills.
_FORMS = {
    "topics": ("--topic", "kebab-case, such as chest-pain"),
    "authors": ("--author", "a name of at most 200 characters"),
    "licence": ("--licence", "an SPDX identifier, such as CC-BY-4.0"),
}


@app.command("import")
@ended_by_signals()
def import_(  # noqa: PLR0913 - the options of a command
    files: Annotated[list[Path], typer.Argument(help="Question banks of other programs.")],
    *,
    to: Annotated[Path, typer.Option(help="The folder for the drafts.")],
    form: Annotated[
        Format | None, typer.Option("--format", help="How to read; guessed if not given.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="A topic of all; repeatable.")] = None,
    level: Annotated[Level | None, typer.Option(help="Whom all are for.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="An author of all; repeatable.")] = None,
    licence: Annotated[str | None, typer.Option(help="The licence of all, as CC-BY-4.0.")] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Make drafts of cases from other programs' questions; what no format says is left to fill.

    A published one-page case makes a draft too (--format article); the rights are yours to settle.
    """
    known = _known(topics=topic or (), level=level, authors=author or (), licence=licence)
    ids = Ids()
    made = [draft for path in files for draft in _drafts(path, form, known, ids)]
    taken = {} if force else {draft.id: draft for draft in made if _in_the_way(draft, to)}
    free = [draft for draft in made if draft.id not in taken]
    if taken:
        tell_of(to, _not_written([*taken]))
    if not free:
        raise UserError("nothing was imported")
    _save(free, to, force=force)
    typer.echo(f"{counted(len(free), 'draft')} in {to}; fill in what is empty, then check:")
    typer.echo(f"    morning-report check {quote(str(to))}")


def _known(**given: object) -> Known:
    try:
        return Known.model_validate(given)
    except ValidationError as error:
        wrong = error.errors()[0]
        option, form = _FORMS[str(wrong["loc"][0])]
        raise wrong_use(f"{option}: {wrong['input']!r} is not {form}") from None


def _drafts(path: Path, form: Format | None, known: Known, ids: Ids) -> tuple[Draft, ...]:
    """The drafts of one file, after telling of what could not be taken."""
    data = _bytes(path)
    form = form or guess(path.name, data)
    if form is None:
        tell_of(path, f"its format cannot be told; name it with --format {'|'.join(Format)}")
        return ()
    told: Iterable[object]
    with errors.status(Text(f"Reading {path.name}")):
        if form is Format.ARTICLE:
            made, told = article_reader()(data, known, ids)
        else:
            reading = reader(form)(data)
            if len(reading.items) > MAX_QUESTIONS:
                raise UserError(f"{path} holds more than {MAX_QUESTIONS:,} questions; split it")
            left_out: tuple[object, ...]
            if reading.article:
                made, left_out = article_reader()(reading.article.encode(), known, ids)
            else:
                made, left_out = drafts(reading.items, path.name, known, ids)
            told = (*reading.notes, *reading.skipped, *left_out)
    for each in told:
        tell_of(path, each)
    return made


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


def _save(drafts: Iterable[Draft], folder: Path, *, force: bool) -> None:
    """Write each draft, its figures before the case that names them."""
    write = replace if force else create
    try:
        for draft in drafts:
            for name, data in draft.files.items():
                write(folder / name, data)
        save_schema(folder)
    except OSError as error:
        raise UserError(f"{folder} cannot be written to: {error.strerror}") from error
