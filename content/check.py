"""Checks case files for authors: everything that is wrong with them, at once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from content.citation import cited
from content.images import FigureError, check_pixels
from content.layout import DESCRIPTION_LENGTH, description, fits_one_message
from content.library import case_paths, clashes
from content.loader import CaseFile, read_case
from content.markup import telegram_length, visible
from content.problems import Mark, Problem, Severity, bounded, problem_at
from content.tree import Loc, Mapping, child, items, text


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found; problems are sorted by file and place."""

    problems: tuple[Problem, ...]
    files: int
    cases: int

    def count(self, severity: Severity) -> int:
        """How many problems are of this severity."""
        return sum(problem.severity is severity for problem in self.problems)

    @property
    def failed(self) -> bool:
        """Whether anything would break a post or break the law."""
        return self.count(Severity.ERROR) > 0


def check_paths(paths: Iterable[Path]) -> Report:
    """Check these case files, and the case files in these folders.

    Never raises for what they hold; a path that is not there is a problem too.
    """
    problems: list[Problem] = []
    files: dict[Path, CaseFile] = {}
    for path in paths:
        found, unread = case_paths(path) if path.is_dir() else ([path], [])
        problems += unread
        if not found and not unread:
            message = "no case files (*.yaml) lie in this folder"
            problems.append(problem_at(path, Mark(), "no-cases", message, Severity.WARNING))
        files |= {each: read_case(each) for each in found if each not in files}
    for file in files.values():
        problems += check_file(file)
    problems += clashes(files.values())
    whole = sum(file.case is not None for file in files.values())
    return Report(tuple(sorted(set(problems))), len(files), whole)


def check_file(file: CaseFile) -> tuple[Problem, ...]:
    """What the loader and the checks find in one file, without what its author ignores."""
    found = [*file.problems]
    for check in CHECKS.values():
        found += check(file)
    return bounded(_unless_ignored(file, found))


def missing_references(file: CaseFile) -> Iterator[Problem]:
    """A cited number that is not listed."""
    listed = len(items(file.tree, "references"))
    for loc in _prose(file.tree):
        place = text(file.tree, *loc)
        for number in sorted(set(cited(place.text))) if place else ():
            if place and not 1 <= number <= listed:
                message = f"[{number}] is cited, but the references are {_span(listed)}"
                yield problem_at(file.path, place.mark, "reference-missing", message)


def unused_references(file: CaseFile) -> Iterator[Problem]:
    """A listed reference that no text cites."""
    places = [text(file.tree, *loc) for loc in _prose(file.tree)]
    used = {number for place in places if place for number in cited(place.text)}
    for number, reference in enumerate(items(file.tree, "references"), start=1):
        if number not in used:
            message = f"reference {number} is never cited"
            yield problem_at(
                file.path, reference.mark, "reference-unused", message, Severity.WARNING
            )


def poll_message(file: CaseFile) -> Iterator[Problem]:
    """A case that needs more than one message."""
    if file.case and not fits_one_message(file.case):
        length = telegram_length(visible(description(file.case)))
        message = (
            "does not fit one poll message, so figures and vignette go out before the poll"
            f" ({length} of {DESCRIPTION_LENGTH} characters, {len(file.case.figures)} figures)"
        )
        mark = file.mark("vignette")
        yield problem_at(file.path, mark, "vignette-length", message, Severity.NOTE)


def figure_pixels(file: CaseFile) -> Iterator[Problem]:
    """A figure whose header is in order and whose pixels are not."""
    figures = zip(file.figures, file.case.figures if file.case else (), strict=True)
    for position, (data, figure) in enumerate(figures):
        try:
            check_pixels(figure.file, data.data)
        except FigureError as error:
            mark = file.mark("figures", position, "file")
            yield problem_at(file.path, mark, error.code, str(error))


def file_name(file: CaseFile) -> Iterator[Problem]:
    """A file that is not named after its case, and so is hard to find by its id."""
    if file.case and file.case.id != file.path.stem:
        message = f"the file would be found more easily as {file.case.id}.yaml"
        yield problem_at(file.path, file.mark("id"), "file-name", message, Severity.WARNING)


Check = Callable[[CaseFile], Iterator[Problem]]
CHECKS: dict[str, Check] = {
    "reference-missing": missing_references,
    "reference-unused": unused_references,
    "vignette-length": poll_message,
    "figure-damaged": figure_pixels,
    "file-name": file_name,
}


def _prose(tree: Mapping | None) -> Iterator[Loc]:
    """Where a case's texts stand that can cite references."""
    yield ("vignette",)
    for q, question in enumerate(items(tree, "questions")):
        yield ("questions", q, "reveal")
        yield ("questions", q, "key_point")
        for c, _ in enumerate(items(question, "choices")):
            yield ("questions", q, "choices", c, "why")
    for s, _ in enumerate(items(tree, "discussion")):
        yield ("discussion", s, "text")


def _span(listed: int) -> str:
    return f"[1] to [{listed}]" if listed > 1 else "[1] only" if listed else "none"


def _unless_ignored(file: CaseFile, found: list[Problem]) -> list[Problem]:
    """Takes out what the author ignores, and tells of an ignore that has no effect.

    An ignore of a rule that is not among ours is left alone: it speaks to another linter.
    """
    ignored = child(file.tree, "lint", "ignore")
    entries = ignored.entries if isinstance(ignored, Mapping) else {}
    kept = [problem for problem in found if problem.is_error or problem.code not in entries]
    dropped = {problem.code for problem in found} - {problem.code for problem in kept}
    errors = {problem.code for problem in kept}
    for entry in entries.values():
        if entry.key in errors:
            message = f"{entry.key} is an error, which cannot be ignored"
        elif file.case and entry.key in CHECKS and entry.key not in dropped:
            message = f"there is no {entry.key} to ignore"
        else:
            continue
        kept.append(problem_at(file.path, entry.mark, "unused-ignore", message, Severity.WARNING))
    return kept
