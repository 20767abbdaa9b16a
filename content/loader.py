"""Reads one case file: the case, or everything that is wrong with it."""

import errno
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from content.images import FigureError, FigureFile, read_figure
from content.model import Case
from content.phrases import phrase
from content.problems import Mark, Problem, bounded, problem_at
from content.rules import broken_rules
from content.tree import Mapping as Tree
from content.tree import Node, Scalar, items, locate, text
from content.validation import validate
from content.yaml_source import MAX_BYTES
from content.yaml_tree import read_tree

_USUAL = 65_536  # bytes, which most files have not: to ask for the most takes longer than to read


class CaseFile(Struct, frozen=True):
    """What a file holds.

    ``case`` and ``figures`` (by name, as it gives it) are there only if there is no problem.
    ``tree`` is there whenever the file could be read as YAML.
    """

    path: Path
    case: Case | None
    figures: Mapping[str, FigureFile]
    problems: tuple[Problem, ...]
    tree: Tree | None

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
        message = phrase("the file cannot be read: {reason}", reason=str(error.strerror))
        return CaseFile(path, None, {}, (problem_at(path, Mark(), "unreadable", message),), None)
    root, refused = read_tree(path, data)
    if root is None:
        return CaseFile(path, None, {}, bounded(refused), None)
    case, schema = validate(path, root)
    figures, missing = read_figures(path, root)
    if case and not refused and not missing:
        return CaseFile(path, case, figures, (), root)
    # A case that there is keeps all rules: the models repeat them as guards.
    broken = [] if case else broken_rules(path, root)
    problems = _merge(refused, broken, schema, missing)
    return CaseFile(path, None, {}, bounded(problems), root)


def contents(path: Path) -> bytes:
    """What a file holds, as far as it may reach. Raises OSError."""
    # Opening a pipe would wait, for ever perhaps, until somebody writes into it.
    if path.is_fifo():
        raise OSError(errno.ESPIPE, "it is a pipe, not a file")
    with path.open("rb") as file:
        data = file.read(_USUAL)
        return data + file.read(MAX_BYTES + 1 - len(data)) if len(data) == _USUAL else data


def figure_names(root: Node | None) -> Iterator[Scalar]:
    """The figures that a case names: its own, its questions' and their variants'."""
    questions = items(root, "questions")
    variants = [variant for question in questions for variant in items(question, "variants")]
    for node in (root, *questions, *variants):
        named = (text(figure, "file") for figure in items(node, "figures"))
        yield from (name for name in named if name)


def as_named(figure: Scalar) -> str:
    """A figure's name as the model has it: on one line."""
    return " ".join(figure.text.split())


def read_figures(path: Path, root: Node) -> tuple[dict[str, FigureFile], list[Problem]]:
    """The figures that a case file names, by these names; and what is wrong with them."""
    figures: dict[str, FigureFile] = {}
    problems = []
    for name in figure_names(root):
        try:
            if (figure := as_named(name)) not in figures:
                figures[figure] = read_figure(path.parent, name.text)
        except FigureError as error:
            problems.append(problem_at(path, name.mark, error.code, error.phrase))
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
