"""Cases out into other programs' formats."""

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot.commands.ending import ended_by_signals
from bot.commands.terminal import FORCE, UserError, app, errors, tell_of, wrong_use
from bot.operations.findings import counted
from bot.settings import read_settings
from content.exchange.case_files import case_files
from content.exchange.cases import items as case_items
from content.exchange.export import export as export_items
from content.exchange.formats import ExportFormat
from content.exchange.item import Item
from content.library import case_paths
from content.loader import CaseFile, read_case
from content.model import Case
from content.saving import create, replace
from content.signed_digest import signed_digest
from content.signing import with_signatures
from storage.errors import StorageError
from storage.signatures import kept_signatures


class ExportForm(StrEnum):
    """What ``export`` writes: the formats of ``ExportFormat``, and a zip of case files."""

    GIFT = ExportFormat.GIFT
    AIKEN = ExportFormat.AIKEN
    MOODLE_XML = ExportFormat.MOODLE_XML
    QTI = ExportFormat.QTI
    CSV = ExportFormat.CSV
    XLSX = ExportFormat.XLSX
    ANKI = ExportFormat.ANKI
    YAML = "yaml"


@app.command()
@ended_by_signals()
def export(
    to: Annotated[Path, typer.Option(help="The file to write.")],
    form: Annotated[ExportForm, typer.Option("--format", help="How to write.")],
    cases: Annotated[
        list[str] | None, typer.Argument(help="Case files, folders or ids; the library if none.")
    ] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Write cases as another program's questions, or as case files that say who signed them."""
    if to.exists() and not to.is_file():
        kind = "a folder" if to.is_dir() else "a pipe or a device"
        raise wrong_use(f"{to} is {kind}; name the file to write")
    if to.exists() and not force:
        raise UserError(f"{to} is there already; --force overwrites it")
    found = list(_signed(_sound(_case_files(cases or []))))
    with errors.status(Text(f"Writing {to.name}")):
        if form is ExportForm.YAML:
            data, what = case_files(found), counted(len(found), "case")
        else:
            data, what = _questions(to, ExportFormat(form), found)
    if not found:
        raise UserError("nothing was exported")
    try:
        (replace if force else create)(to, data)
    except OSError as error:
        raise UserError(f"{to} cannot be written: {error.strerror}") from error
    typer.echo(f"{what} in {to}")


def _questions(
    to: Path, form: ExportFormat, found: Iterable[tuple[CaseFile, Case]]
) -> tuple[bytes, str]:
    """A file of another program's, and how much is in it; what it has no place for is told."""
    items: list[Item] = []
    for file, case in found:
        figures = {name: figure.data for name, figure in file.figures.items()}
        items += case_items(case, figures)
    result = export_items(form, items)
    for skipped in result.skipped:
        tell_of(to, skipped)
    for what, number in sorted(result.lost.items()):
        tell_of(to, f"{form} has no place for {what}: left out of {counted(number, 'question')}")
    if not result.items:
        raise UserError("nothing was exported")
    return result.data, counted(result.items, "question")


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
        tell_of(folder, problem.message)
    return paths


def _sound(files: Iterable[CaseFile]) -> Iterator[tuple[CaseFile, Case]]:
    """Each file that holds a case, once; what is wrong with others is told."""
    # Unlike Path.resolve, realpath raises nothing where links lead in a circle.
    for file in {os.path.realpath(file.path): file for file in files}.values():
        if file.case is None:
            tell_of(
                file.path,
                f"has {counted(len(file.problems), 'problem')}; see: morning-report check",
            )
        else:
            yield file, file.case


def _signed(found: Iterable[tuple[CaseFile, Case]]) -> Iterator[tuple[CaseFile, Case]]:
    """The same, reviewed by whoever has signed them in the bot's database, if there is one."""
    database = read_settings().database
    try:
        signatures = kept_signatures(database) if database.is_file() else ()
    except StorageError as error:
        raise UserError(f"{database} cannot be read: {error}") from error
    for file, case in found:
        hashes = {name: figure.sha256 for name, figure in file.figures.items()}
        digest = signed_digest(case, hashes) if signatures else ""
        theirs = [one for one in signatures if (one.case_id, one.digest) == (case.id, digest)]
        yield file, with_signatures(case, theirs)
