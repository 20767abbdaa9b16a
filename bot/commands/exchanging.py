"""Questions in from other programs' formats, and out into them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.text import Text

from bot.commands.ending import ended_by_signals
from bot.commands.terminal import UserError, app, errors, wrong_use
from bot.settings import read_settings
from content.exchange.cases import items as case_items
from content.exchange.drafts import Draft, Known, drafts
from content.exchange.export import export as export_items
from content.exchange.formats import ExportFormat, Format, article_reader, guess, reader
from content.exchange.item import Item
from content.exchange.names import Ids
from content.library import case_paths
from content.loader import CaseFile, read_case
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
FORCE = typer.Option("--force", help="Overwrite files that are there already.")


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
        _tell(to, _not_written([*taken]))
    if not free:
        raise UserError("nothing was imported")
    _save(free, to, force=force)
    typer.echo(f"{_count(len(free), 'draft')} in {to}; fill in what is empty, then check:")
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
        _tell(path, f"its format cannot be told; name it with --format {'|'.join(Format)}")
        return ()
    told: Iterable[object]
    with errors.status(Text(f"Reading {path.name}")):
        if form is Format.ARTICLE:
            made, told = article_reader()(data, known, ids)
        else:
            reading = reader(form)(data)
            if len(reading.items) > MAX_QUESTIONS:
                raise UserError(f"{path} holds more than {MAX_QUESTIONS:,} questions; split it")
            made, skipped = drafts(reading.items, path.name, known, ids)
            told = (*reading.notes, *reading.skipped, *skipped)
    for each in told:
        _tell(path, each)
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
        f"{_count(len(ids), 'draft')} not written, since there is one by that name: {named};"
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


@app.command()
@ended_by_signals()
def export(
    to: Annotated[Path, typer.Option(help="The file to write.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="How to write.")],
    cases: Annotated[
        list[str] | None, typer.Argument(help="Case files, folders or ids; the library if none.")
    ] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Write cases as another program's questions."""
    if to.exists() and not to.is_file():
        kind = "a folder" if to.is_dir() else "a pipe or a device"
        raise wrong_use(f"{to} is {kind}; name the file to write")
    if to.exists() and not force:
        raise UserError(f"{to} is there already; --force overwrites it")
    items = list(_items(_case_files(cases or [])))
    with errors.status(Text(f"Writing {to.name}")):
        result = export_items(form, items)
    for skipped in result.skipped:
        _tell(to, skipped)
    for what, number in sorted(result.lost.items()):
        _tell(to, f"{form} has no place for {what}: left out of {_count(number, 'question')}")
    if not result.items:
        raise UserError("nothing was exported")
    try:
        (replace if force else create)(to, result.data)
    except OSError as error:
        raise UserError(f"{to} cannot be written: {error.strerror}") from error
    typer.echo(f"{_count(result.items, 'question')} in {to}")


def _case_files(wanted: Iterable[str]) -> Iterator[CaseFile]:
    """The files asked for, by path or by the id of a case in the library."""
    library: dict[str, CaseFile] = {}
    for folder in read_settings().case_folders:
        for file in map(read_case, _paths(folder)):
            library[file.case.id if file.case else str(file.path)] = file
    if not wanted:
        yield from library.values()
    for name in wanted:
        path = Path(name)
        if path.is_dir():
            yield from map(read_case, _paths(path))
        elif path.is_file():
            yield read_case(path)
        elif name in library:
            yield library[name]
        else:
            raise wrong_use(f"{name} is neither a file or folder nor the id of a case")


def _paths(folder: Path) -> list[Path]:
    """The case files of a folder, after telling why it could not be looked into."""
    paths, unread = case_paths(folder)
    for problem in unread:
        _tell(folder, problem.message)
    return paths


def _items(files: Iterable[CaseFile]) -> Iterator[Item]:
    # Unlike Path.resolve, realpath raises nothing where links lead in a circle.
    for file in {os.path.realpath(file.path): file for file in files}.values():
        if file.case is None:
            _tell(
                file.path, f"has {_count(len(file.problems), 'problem')}; see: morning-report check"
            )
        else:
            yield from case_items(file.case, [figure.data for figure in file.figures])


def _tell(place: Path, about: object) -> None:
    """A line on what was left out; without signs that would speak to the terminal itself."""
    said = " ".join(f"{place}: {about}".split())
    typer.echo("".join(sign if sign.isprintable() else "\ufffd" for sign in said), err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
