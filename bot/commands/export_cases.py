"""Cases out into other programs' formats."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot.commands.ending import ended_by_signals
from bot.commands.terminal import FORCE, UserError, app, errors, tell_of, wrong_use
from bot.operations.findings import counted
from bot.settings import read_settings
from content.exchange.cases import items as case_items
from content.exchange.export import export as export_items
from content.exchange.formats import ExportFormat
from content.exchange.item import Item
from content.library import case_paths
from content.loader import CaseFile, read_case
from content.saving import create, replace


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
        tell_of(to, skipped)
    for what, number in sorted(result.lost.items()):
        tell_of(to, f"{form} has no place for {what}: left out of {counted(number, 'question')}")
    if not result.items:
        raise UserError("nothing was exported")
    try:
        (replace if force else create)(to, result.data)
    except OSError as error:
        raise UserError(f"{to} cannot be written: {error.strerror}") from error
    typer.echo(f"{counted(result.items, 'question')} in {to}")


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


def _items(files: Iterable[CaseFile]) -> Iterator[Item]:
    # Unlike Path.resolve, realpath raises nothing where links lead in a circle.
    for file in {os.path.realpath(file.path): file for file in files}.values():
        if file.case is None:
            tell_of(
                file.path,
                f"has {counted(len(file.problems), 'problem')}; see: morning-report check",
            )
        else:
            figures = {name: figure.data for name, figure in file.figures.items()}
            yield from case_items(file.case, figures)
