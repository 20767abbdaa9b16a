"""A report of `check`, for people, programs and GitHub's annotations."""

import json
from enum import StrEnum

from msgspec.structs import asdict

from content.check import Report
from content.problems import Problem, Severity


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def render(report: Report, form: ReportFormat) -> str:
    """The report in this form, ready to be written: it ends with a line feed.

    It holds square brackets as authors wrote them: print it without interpreting markup.
    """
    match form:
        case ReportFormat.TEXT:
            return _lines(*map(_line, report.problems), summary(report))
        case ReportFormat.JSON:
            return _lines(_json(report))
        case ReportFormat.GITHUB:
            return _lines(*map(_annotation, report.problems), summary(report))


def summary(report: Report) -> str:
    """One sentence: what was checked and what was found."""
    found = [
        _count(report.count(severity), severity) for severity in Severity if report.count(severity)
    ]
    checked = _count(report.files, "file")
    return f"{checked} checked: {', '.join(found) if found else 'no problems'}"


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _line(problem: Problem) -> str:
    return str(problem) if problem.is_error else f"{problem} ({problem.severity})"


def _json(report: Report) -> str:
    document = {
        "files": report.files,
        "cases": report.cases,
        **{f"{severity}s": report.count(severity) for severity in Severity},
        "problems": [asdict(problem) | {"path": str(problem.path)} for problem in report.problems],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def _annotation(problem: Problem) -> str:
    """A workflow command; ``%``, line breaks and, in properties, ``:`` and ``,`` are escaped."""
    place = f"file={_property(str(problem.path))},line={problem.line},col={problem.column}"
    title = f"title={_property(problem.code)}"
    return f"::{_COMMANDS[problem.severity]} {place},{title}::{_data(problem.message)}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
