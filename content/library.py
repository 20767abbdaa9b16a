"""All cases that can be asked, from one or more folders."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from content.codes import case_code, read_code
from content.images import FigureFile
from content.loader import CaseFile, read_case
from content.model import Case
from content.problems import Mark, Problem, problem_at
from content.snapshot import Snapshot

SHIPPED = Path(__file__).parent / "cases"
_SUFFIXES = {".yaml", ".yml"}


@dataclass(frozen=True)
class Library:
    """Cases by id, and what kept other files out. Nothing here reads a file again."""

    cases: Mapping[str, Case]
    problems: tuple[Problem, ...]
    _codes: Mapping[str, str]
    _figures: Mapping[str, tuple[FigureFile, ...]]
    _bytes: Mapping[str, bytes]

    @property
    def topics(self) -> Mapping[str, int]:
        """How many cases each topic has, in alphabetical order."""
        counts = Counter(topic for case in self.cases.values() for topic in case.topics)
        return dict(sorted(counts.items()))

    def find(self, text: str) -> Case | None:
        """The case with this opaque code or id; upper and lower case are the same."""
        case_id = text.strip().lower()
        return self.cases.get(case_id) or self.cases.get(self._codes.get(read_code(text), ""))

    def on_topic(self, topic: str) -> tuple[Case, ...]:
        """The cases of a topic; upper and lower case, spaces and hyphens are the same."""
        slug = "-".join(topic.lower().replace("-", " ").split())
        return tuple(case for case in self.cases.values() if slug in case.topics)

    def figure(self, sha256: str) -> bytes | None:
        """The figure whose SHA-256 this is (hexadecimal)."""
        return self._bytes.get(sha256)

    def snapshot(self, case: Case) -> Snapshot:
        """The case with its figures' hashes, to be kept with a post."""
        return Snapshot(case, tuple(figure.sha256 for figure in self._figures[case.id]))


def load_library(*folders: Path) -> Library:
    """Load every case file that lies in these folders; one broken file never keeps others out.

    Where two files claim one id, the first keeps it: folders in the order given, files by name.
    """
    files: dict[str, CaseFile] = {}
    codes: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in folders:
        if not folder.is_dir():
            message = "there is no such folder; cases are looked for in it"
            problems.append(problem_at(folder, Mark(), "no-such-folder", message))
            continue
        for path in case_paths(folder):
            file = read_case(path)
            problems += file.problems
            if file.case is None:
                continue
            clash = next(_clashes(file, file.case, files, codes), None)
            if clash:
                problems.append(clash)
            else:
                files[file.case.id] = file
                codes[case_code(file.case.id)] = file.case.id
    return _library(files, codes, problems)


def case_paths(folder: Path) -> list[Path]:
    """The case files of a folder, by name; hidden files are none."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in _SUFFIXES and not path.name.startswith(".")
    )


def _clashes(
    file: CaseFile, case: Case, files: Mapping[str, CaseFile], codes: Mapping[str, str]
) -> Iterator[Problem]:
    mark = file.mark("id")
    if first := files.get(case.id):
        message = f"{first.path} has the id {case.id} already"
        yield problem_at(file.path, mark, "duplicate-id", message)
    elif other := codes.get(case_code(case.id)):
        message = f"this id happens to share its code with {other}; choose another"
        yield problem_at(file.path, mark, "duplicate-code", message)


def _library(
    files: Mapping[str, CaseFile], codes: Mapping[str, str], problems: list[Problem]
) -> Library:
    return Library(
        cases=MappingProxyType({i: f.case for i, f in sorted(files.items()) if f.case}),
        problems=tuple(sorted(problems)),
        _codes=codes,
        _figures={case_id: file.figures for case_id, file in files.items()},
        _bytes={f.sha256: f.data for file in files.values() for f in file.figures},
    )
