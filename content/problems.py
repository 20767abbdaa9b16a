"""What is wrong with a case file, and where."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from content.phrases import Phrase, phrase

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


class Problem(Struct, frozen=True):
    """One thing wrong at one place; problems sort by file, then by place.

    ``code`` is kebab-case and stable: it is what ``lint: {ignore: ...}`` names.
    """

    path: Path
    line: int
    column: int
    code: str
    severity: Severity
    phrase: Phrase

    def __lt__(self, other: "Problem") -> bool:
        return self._rank < other._rank

    @property
    def _rank(self) -> tuple[Path, int, int, str, Severity, str]:
        return self.path, self.line, self.column, self.code, self.severity, self.message

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return str(self.phrase)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


def problem_at(
    path: Path, mark: Mark, code: str, said: Phrase, severity: Severity = Severity.ERROR
) -> Problem:
    """A problem at a mark."""
    return Problem(path, mark.line, mark.column, code, severity, said)


def bounded(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of one file in order, each once, and no more than a person can read."""
    ordered = sorted(set(problems))
    if len(ordered) <= MAX_PROBLEMS:
        return tuple(ordered)
    last = ordered[MAX_PROBLEMS - 1]
    more = phrase("and {n} problems more; mend these first", n=len(ordered) - MAX_PROBLEMS)
    note = replace(last, code="too-many-problems", severity=Severity.NOTE, phrase=more)
    return (*ordered[:MAX_PROBLEMS], note)
