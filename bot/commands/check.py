"""Checking cases, and the schema that editors check with."""

from pathlib import Path
from typing import Annotated

import typer

from bot.base.clock import Clock
from bot.commands.check_view import progress_bar, show_explanation, show_report, show_rules
from bot.commands.ending import ended_by_signals
from bot.commands.terminal import app, console, errors, wrong_use
from bot.settings import read_settings
from content.check import check_paths
from content.lint.explaining import explain
from content.lint.naming import UnknownRuleError, chosen
from content.report import ReportFormat, render

_NAMES = "RULE[,RULE]"


@app.command()
def check(  # noqa: PLR0913 - the options of a command
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Case files, their folders, topics.csv; the library if none."),
    ] = None,
    *,
    output: Annotated[
        ReportFormat, typer.Option("--format", help="How to print.")
    ] = ReportFormat.TEXT,
    select: Annotated[
        list[str] | None, typer.Option(metavar=_NAMES, help="Run these rules of style alone.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar=_NAMES, help="Leave these rules out.")
    ] = None,
    explained: Annotated[
        str | None,
        typer.Option("--explain", metavar="RULE", help="Say why a rule is there, with examples."),
    ] = None,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules of style.")] = False,
) -> None:
    """Validate cases and look for flaws of style; exit 1 if any has an error."""
    try:
        if explained is not None:
            return show_explanation(explain(explained), console)
        names = chosen(select or [], ignore or [])
    except UnknownRuleError as error:
        raise wrong_use(error) from error
    if rules:
        return show_rules(console)
    paths = paths or [*read_settings().case_folders]
    for path in paths:
        if not path.exists() and not path.is_symlink():  # of a link the report says what is wrong
            raise wrong_use(f"{path} does not exist")
    with ended_by_signals(), progress_bar(errors) as progress:
        report = check_paths(paths, today=Clock().latest_day(), rules=names, progress=progress)
    if output is ReportFormat.TEXT and console.is_terminal:
        show_report(report, console)
    else:
        typer.echo(render(report, output), nl=False)
    raise typer.Exit(1 if report.failed else 0)
