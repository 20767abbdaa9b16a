"""What may take the place of a library: read and checked, without touching the one in use."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from content.claims import contested
from content.file_state import FileState
from content.library import Library, NotNeededError, read_folders
from content.model import Case
from content.problems import Problem


class Difference(Struct, frozen=True):
    """Cases that came, have other words, key or figures, or went; each by id."""

    added: tuple[Case, ...]
    changed: tuple[Case, ...]
    removed: tuple[Case, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


class Sound(Struct, frozen=True):
    """A library without an error, and how it differs from the one in use.

    ``warnings``: how many less grave problems it has.
    """

    library: Library
    difference: Difference
    warnings: int


class Broken(Struct, frozen=True):
    """Errors, by file and place, in files that lay as ``read_from`` says."""

    errors: tuple[Problem, ...]
    read_from: FileState


def read_candidate(
    in_use: Library,
    *folders: Path,
    today: date | None = None,
    needed: Callable[[], bool],
) -> Sound | Broken | None:
    """Read and check every case of these folders; None once it is no longer ``needed``.

    That is asked before each file, since thousands take long. Without ``today`` nothing is judged
    by its age. Figures' bytes go to where those ``in_use`` lie. Never raises for what files hold.
    """
    # The rules are many, and a bot starts without them.
    from content.check import check_file  # noqa: PLC0415

    judge = partial(check_file, today=today)
    try:
        found = read_folders(*folders, judge=judge, needed=needed, figures=in_use.figure_bytes)
    except NotNeededError:
        return None
    problems = (*found.problems, *contested(found.claims))
    errors = sorted({problem for problem in problems if problem.is_error})
    if errors:
        return Broken(tuple(errors), found.state)
    library = replace(found, problems=()).library()
    return Sound(library, difference(in_use, library), len(problems))


def difference(old: Library, new: Library) -> Difference:
    """What became of the cases of a library, in wording, key or figures."""
    before, after = old.every, new.every
    return Difference(
        tuple(case for case_id, case in after.items() if case_id not in before),
        tuple(
            case
            for case_id, case in after.items()
            if case_id in before
            and (case, new.figure_hashes(case_id)) != (before[case_id], old.figure_hashes(case_id))
        ),
        tuple(case for case_id, case in before.items() if case_id not in after),
    )
