"""The file of the case that is previewed: finding it, and what it says at the moment."""

import difflib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct

from content.check import check_file
from content.library import case_paths
from content.loader import CaseFile, figure_names
from content.problems import Problem, Severity

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NoSuchCaseError(LookupError):
    """There is no such case; the message says what to give instead."""


class Version(Struct, frozen=True):
    """A case file as it was read. ``problems``: all that is found in it, the gravest first."""

    file: CaseFile
    problems: tuple[Problem, ...]

    def count(self, severity: Severity) -> int:
        """How many problems are of this severity."""
        return sum(problem.severity is severity for problem in self.problems)


def checked(file: CaseFile, today: date) -> Version:
    """The file with all that the checks find in it."""
    grave = list(Severity)
    found = check_file(file, today=today)
    return Version(file, tuple(sorted(found, key=lambda problem: grave.index(problem.severity))))


def find_case(wanted: str, folders: Sequence[Path]) -> Path:
    """The file of this path; else that of the case with this id in the folders.

    Raises NoSuchCaseError.
    """
    path = Path(wanted)
    if path.is_dir():
        raise NoSuchCaseError(f"{path} is a folder; name one case file in it")
    if path.exists():
        return path
    if not _ID.fullmatch(wanted.lower()):
        raise NoSuchCaseError(f"there is no file {path}")
    ids = {each.stem: each for folder in reversed(folders) for each in case_paths(folder)[0]}
    if found := ids.get(wanted.lower()):
        return found
    near = difflib.get_close_matches(wanted.lower(), ids, n=1)
    hint = f"did you mean {near[0]}?" if near else "give the path of its file"
    raise NoSuchCaseError(f"there is neither a file nor a case named {wanted}; {hint}")


def files_of(file: CaseFile) -> tuple[Path, ...]:
    """Whose changes can matter to a case: its own file, and its figures, there or not."""
    home = file.path.parent
    found = [file.path, *(home / name.text for name in figure_names(file.tree))]
    return tuple(path for path in found if _lies_in(path.parent, home))


def _lies_in(folder: Path, home: Path) -> bool:
    try:
        return folder.resolve().is_relative_to(home.resolve())
    except (OSError, ValueError, RuntimeError):
        # As in content.images: a null byte, or a loop of links.
        return False
