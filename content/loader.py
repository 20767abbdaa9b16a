"""Reads one case file: the case, or everything that is wrong with it."""

import errno
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from content.images import FigureError, FigureFile, read_figure
from content.model import Case
from content.problems import Mark, Problem, bounded, problem_at
from content.rules import broken_rules
from content.tree import Mapping, items, locate, text
from content.validation import validate
from content.yaml_source import MAX_BYTES
from content.yaml_tree import read_tree

_USUAL = 65_536  # bytes, which most files have not: to ask for the most takes longer than to read


class CaseFile(Struct, frozen=True):
    """What a file holds.

    ``case`` and ``figures`` (in the case's order) are there only if there is no problem.
    ``tree`` is there whenever the file could be read as YAML.
    """

    path: Path
    case: Case | None
    figures: tuple[FigureFile, ...]
    problems: tuple[Problem, ...]
    tree: Mapping | None

    def mark(self, *loc: int | str) -> Mark:
        """Where the value at ``loc`` stands, or the nearest thing around it."""
        return locate(self.tree, loc) if self.tree else Mark()


def read_case(path: Path) -> CaseFile:
    """Read a case with its figures, which lie beside it.

    Never raises for what the file holds: all that is wrong is in ``problems``, sorted by place.
    """
    try:
        data = contents(path)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return CaseFile(path, None, (), (problem_at(path, Mark(), "unreadable", message),), None)
    root, refused = read_tree(path, data)
    if root is None:
        return CaseFile(path, None, (), bounded(refused), None)
    case, schema = validate(path, root)
    named = [text(root, "figures", n, "file") for n, _ in enumerate(items(root, "figures"))]
    figures, missing = read_figures(path, [(file.text, file.mark) for file in named if file])
    if case and not refused and not missing:
        return CaseFile(path, case, tuple(figures), (), root)
    # A case that there is keeps all rules: the models repeat them as guards.
    broken = [] if case else broken_rules(path, root)
    problems = _merge(refused, broken, schema, missing)
    return CaseFile(path, None, (), bounded(problems), root)


def contents(path: Path) -> bytes:
    """What a file holds, as far as it may reach. Raises OSError."""
    # Opening a pipe would wait, for ever perhaps, until somebody writes into it.
    if path.is_fifo():
        raise OSError(errno.ESPIPE, "it is a pipe, not a file")
    with path.open("rb") as file:
        data = file.read(_USUAL)
        return data + file.read(MAX_BYTES + 1 - len(data)) if len(data) == _USUAL else data


def read_figures(
    path: Path, named: Iterable[tuple[str, Mark]]
) -> tuple[list[FigureFile], list[Problem]]:
    """The figures that a case file names, each with the place of its name; and what is wrong."""
    figures, problems = [], []
    for file, mark in named:
        try:
            figures.append(read_figure(path.parent, file))
        except FigureError as error:
            problems.append(problem_at(path, mark, error.code, str(error)))
    return figures, problems


def _merge(
    refused: tuple[Problem, ...],
    broken: list[Problem],
    schema: list[Problem],
    figures: list[Problem],
) -> tuple[Problem, ...]:
    """All problems, each once: a guard repeats a rule, and what is refused fits no field."""
    places = {(problem.line, problem.column) for problem in refused}
    codes = {problem.code for problem in broken}
    fields = [p for p in schema if (p.line, p.column) not in places and p.code not in codes]
    places |= {(problem.line, problem.column) for problem in fields}
    files = [problem for problem in figures if (problem.line, problem.column) not in places]
    return (*refused, *broken, *fields, *files)
