"""What is wrong with a case file, and where."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

MAX_PROBLEMS = 200  # of one file


class Severity(StrEnum):
    """How much a problem matters: an error would break a post or break the law."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Mark(Struct, frozen=True, order=True, gc=False):
    """A place in a text file; both numbers start at 1, and a column is a character."""

    line: int = 1
    column: int = 1


class Problem(Struct, frozen=True, order=True):
    """One thing wrong at one place; problems sort by file, then by place.

    ``code`` is kebab-case and stable: it is what ``lint: {ignore: ...}`` names.
    """

    path: Path
    line: int
    column: int
    code: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def problem_at(
    path: Path, mark: Mark, code: str, message: str, severity: Severity = Severity.ERROR
) -> Problem:
    """A problem at a mark."""
    return Problem(path, mark.line, mark.column, code, severity, message)


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of one file in order, each once, and no more than a person can read."""
    ordered = sorted(set(problems))
    if len(ordered) <= MAX_PROBLEMS:
        return tuple(ordered)
    last = ordered[MAX_PROBLEMS - 1]
    more = f"and {len(ordered) - MAX_PROBLEMS} problems more; mend these first"
    note = replace(last, code="too-many-problems", severity=Severity.NOTE, message=more)
    return (*ordered[:MAX_PROBLEMS], note)
