"""What `check` shows in a terminal; a pipe gets the same words without colour."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import indent

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.syntax import Syntax
from rich.text import Text

from content.check import Report
from content.lint.explaining import Explanation
from content.lint.registry import RULES
from content.problems import Problem, Severity
from content.report import summary

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_YAML = Syntax("", "yaml", theme="ansi_dark", background_color="default")
_MOST_CODES = 6  # of one severity that the summary names
_LONG = 200  # files: fewer are done before a bar could be read


@contextmanager
def progress_bar(console: Console) -> Iterator[Callable[[int, int], None]]:
    """Shows how many files of how many are done, if it is a terminal and they are many."""
    columns = (
        TextColumn("Checking"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True),
    )
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("")

    def told(done: int, of: int) -> None:
        if done == 1 and of >= _LONG and console.is_terminal:
            bar.start()
        bar.update(task, completed=done, total=of)

    try:
        yield told
    finally:
        if bar.live.is_started:
            bar.stop()


def show_report(report: Report, console: Console) -> None:
    """The problems, each on a line that begins ``path:line:column:``, and what they add up to."""
    for problem in report.problems:
        console.print(_line(problem), soft_wrap=True)
    if report.problems:
        console.print()
    style = "red" if report.failed else "yellow" if report.problems else "green"
    console.print(Text(summary(report), f"bold {style}"), soft_wrap=True)
    for severity in Severity:
        codes = Counter(p.code for p in report.problems if p.severity is severity)
        if codes:
            console.print(_codes(severity, codes), soft_wrap=True)
    if report.problems:
        code = min(report.problems, key=_gravity).code
        hint = f"To learn why and what to do: morning-report check --explain {code}"
        console.print(Text(hint, "dim"), soft_wrap=True)


def show_explanation(explanation: Explanation, console: Console) -> None:
    """Why a rule is there, with its examples."""
    severity = f" ({explanation.severity})" if explanation.severity else ""
    console.print(Text.assemble((explanation.name, "bold"), severity))
    for label, sentence in explanation.said:
        console.print(Text.assemble("\n", (f"{label}: ", "bold"), sentence))
    for label, yaml in explanation.examples:
        console.print(Text.assemble("\n", (f"{label}:", "bold")))
        coloured = _YAML.highlight(indent(yaml, "  "))
        coloured.rstrip()
        console.print(coloured, soft_wrap=True)


def show_rules(console: Console) -> None:
    """All rules of style, a line each."""
    width = max(map(len, RULES))
    for rule in RULES.values():
        name, severity = rule.name.ljust(width + 2), f"{rule.severity:9}"
        line = Text.assemble((name, "bold"), (severity, _COLOURS[rule.severity]), rule.finds)
        console.print(line, soft_wrap=True)


def _gravity(problem: Problem) -> int:
    return list(Severity).index(problem.severity)


def _line(problem: Problem) -> Text:
    colour = _COLOURS[problem.severity]
    severity = "" if problem.is_error else f" ({problem.severity})"
    return Text.assemble(
        (str(problem.path), "bold"),
        (f":{problem.line}:{problem.column}: ", "dim"),
        (problem.code, colour),
        f" {problem.message}",
        (severity, "dim"),
    )


def _codes(severity: Severity, codes: Counter[str]) -> Text:
    named = ", ".join(f"{number} {code}" for code, number in codes.most_common(_MOST_CODES))
    more = ", ..." if len(codes) > _MOST_CODES else ""
    return Text.assemble("  ", (f"{severity}s: ", _COLOURS[severity]), named, more)
