"""Checking cases, and the schema that editors check with."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.program import app, wrong_use
from bot.settings import read_settings
from content.check import check_paths
from content.library import SHIPPED
from content.report import Format, render
from content.schema import case_schema


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Case files or folders; the shipped cases if none.")
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TEXT,
) -> None:
    """Validate cases; exit 1 if any has an error."""
    paths = paths or _case_folders()
    for path in paths:
        if not path.exists():
            raise wrong_use(f"{path} does not exist")
    report = check_paths(paths)
    typer.echo(render(report, output), nl=False)
    raise typer.Exit(1 if report.failed else 0)


def _case_folders() -> list[Path]:
    own = read_settings().content
    return [SHIPPED, *([own] if own else [])]


@app.command()
def schema() -> None:
    """Print the JSON Schema of a case file, for editors."""
    typer.echo(json.dumps(case_schema(), indent=2, ensure_ascii=False))
