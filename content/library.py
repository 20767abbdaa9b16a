"""All cases that can be asked, from one or more folders."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from content.claims import Claim, contested
from content.codes import case_code, read_code
from content.figure_bytes import FigureBytes
from content.file_state import FileState, file_state
from content.loader import CaseFile, contents, read_case
from content.model import Case
from content.objectives import Objectives
from content.phrases import phrase
from content.problems import Mark, Problem, problem_at
from content.reckoned_items import ItemKey
from content.revision import item_revision
from content.signed_digest import Signature
from content.snapshot import Snapshot

SHIPPED = Path(__file__).parent / "cases"
_SUFFIXES = (".yaml", ".yml")
_OF_A_CASE = (b"vignette", b"questions", b"choices")  # what speaks of them is hardly anything else


def topic_slug(written: str) -> str:
    """A topic as cases name it, however a person wrote it."""
    return "-".join(written.lower().replace("-", " ").split())


class Library(Struct, frozen=True, dict=True):
    """Cases by id, and what kept other files out. Nothing here reads a file again.

    ``read_from`` is how the files lay when reading them began. ``withdrawn`` are cases that are not
    to be asked, since they hold one of the ``retired`` revisions (``content.retiring``). Of all
    ``signatures`` those in ``signed`` hold for the cases as they are (``content.signing``).
    """

    cases: Mapping[str, Case]
    problems: tuple[Problem, ...]
    _codes: Mapping[str, str]
    _figures: Mapping[str, Mapping[str, str]]
    figure_bytes: FigureBytes
    read_from: FileState = frozenset()
    withdrawn: Mapping[str, Case] = MappingProxyType({})
    retired: frozenset[tuple[str, str]] = frozenset()
    signatures: tuple[Signature, ...] = ()
    signed: Mapping[str, tuple[Signature, ...]] = MappingProxyType({})

    @property
    def every(self) -> Mapping[str, Case]:
        """All cases by id, withdrawn ones too."""
        if not self.withdrawn:
            return self.cases
        return dict(sorted({**self.cases, **self.withdrawn}.items()))

    @property
    def topics(self) -> Mapping[str, int]:
        """How many cases each topic has, in alphabetical order."""
        counts = Counter(topic for case in self.cases.values() for topic in case.topics)
        return dict(sorted(counts.items()))

    def find(self, text: str) -> Case | None:
        """The case with this opaque code or id, or once with this code; capitals do not matter."""
        case_id = text.strip().lower()
        return self.cases.get(case_id) or self.cases.get(self._codes.get(read_code(text), ""))

    def find_withdrawn(self, text: str) -> Case | None:
        """As ``find``, among the withdrawn."""
        case_id = text.strip().lower()
        code = self._codes.get(read_code(text), "")
        return self.withdrawn.get(case_id) or self.withdrawn.get(code)

    def on_topic(self, topic: str) -> tuple[Case, ...]:
        """The cases of a topic; upper and lower case, spaces and hyphens are the same."""
        slug = topic_slug(topic)
        return tuple(case for case in self.cases.values() if slug in case.topics)

    def figure(self, sha256: str) -> bytes | None:
        """The figure whose SHA-256 this is (hexadecimal)."""
        return self.figure_bytes.get(sha256)

    def snapshot(self, case: Case, variant: str | None = None) -> Snapshot:
        """The case with its figures' hashes, to be kept with a post.

        It may also be what ``content.one_question_case.alone`` makes of a case, and of which
        ``variant``.
        """
        files = self._figures[case.id]
        hashes = (files[figure.file] for figure in case.shown_figures)
        return Snapshot(case, tuple(hashes), variant)

    def figure_hashes(self, case_id: str) -> Mapping[str, str]:
        """The SHA-256 of all figures that a case names, its variants' too, by these names."""
        return self._figures[case_id]

    @cached_property
    def objectives(self) -> Objectives:
        """What its questions teach, made when it is first asked for."""
        return Objectives.of(self.cases)

    @cached_property
    def items(self) -> Mapping[ItemKey, int]:
        """Its questions as asked now and their places in their cases, made when first asked for."""
        return {
            ItemKey(case.id, question.id, item_revision(self.snapshot(case), position)): position
            for case in self.cases.values()
            for position, question in enumerate(case.questions)
        }


class NotNeededError(Exception):
    """Nobody needs any more what was being read."""


class ReadCase(Struct, frozen=True):
    """A case as it was read from a file; ``figures`` are the SHA-256 of those it names."""

    path: Path
    case: Case
    figures: Mapping[str, str]

    @classmethod
    def of(cls, file: CaseFile, figures: FigureBytes) -> Self | None:
        """The case of a file, if it holds one; its figures' bytes go to ``figures``."""
        if file.case is None:
            return None
        for figure in file.figures.values():
            figures.add(figure)
        hashes = {name: figure.sha256 for name, figure in file.figures.items()}
        return cls(file.path, file.case, hashes)


class Found(Struct, frozen=True):
    """The cases that lie in folders, what they claim, and what is wrong with what lies there.

    ``state`` is how all files lay when reading began.
    """

    cases: tuple[ReadCase, ...]
    claims: tuple[Claim, ...]
    problems: tuple[Problem, ...]
    figures: FigureBytes
    state: FileState

    def library(self) -> Library:
        """The cases as they are to be used, no two of which may claim one id."""
        held = {read.case.id: read for read in self.cases}
        return Library(
            cases=MappingProxyType({case_id: held[case_id].case for case_id in sorted(held)}),
            problems=tuple(sorted(self.problems)),
            _codes={
                case_code(name): case_id
                for case_id, read in held.items()
                for name in (case_id, *read.case.formerly)
            },
            _figures={case_id: read.figures for case_id, read in held.items()},
            figure_bytes=self.figures,
            read_from=self.state,
        )


def read_folders(
    *folders: Path,
    judge: Callable[[CaseFile], Iterable[Problem]] = lambda file: file.problems,
    needed: Callable[[], bool] = lambda: True,
    figures: FigureBytes | None = None,
) -> Found:
    """Read every case file in these folders: in the order given, by name.

    ``judge`` says what is wrong with a file. Whether all this is ``needed`` is asked at each, since
    thousands take long. The bytes of figures go to ``figures``. Raises NotNeededError; nothing for
    what files hold.
    """
    state = file_state(*folders)
    cases: list[ReadCase] = []
    claims: list[Claim] = []
    problems: list[Problem] = []
    figures = figures or FigureBytes()
    for folder in folders:
        paths, unread = case_paths(folder)
        problems += unread
        for path in paths:
            if not needed():
                raise NotNeededError
            file = read_case(path)
            problems += judge(file)
            if (claim := Claim.of(file)) and (case := ReadCase.of(file, figures)):
                claims.append(claim)
                cases.append(case)
    return Found(tuple(cases), tuple(claims), tuple(problems), figures, state)


def load_library(
    *folders: Path,
    needed: Callable[[], bool] = lambda: True,
    figures: FigureBytes | None = None,
) -> Library:
    """Load every case file that lies in these folders; one broken file never keeps others out.

    Where two files claim one id, the first keeps it. Parameters and errors as ``read_folders``.
    """
    found = read_folders(*folders, needed=needed, figures=figures)
    clashing = contested(found.claims)
    refused = {problem.path for problem in clashing}
    whole = tuple(read for read in found.cases if read.path not in refused)
    return replace(found, cases=whole, problems=(*found.problems, *clashing)).library()


def case_paths(folder: Path) -> tuple[list[Path], list[Problem]]:
    """The case files of a folder, by name, and what kept it from being read.

    Hidden files are no case files.
    """
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except FileNotFoundError:
        message = phrase("there is no such folder; cases are looked for in it")
        return [], [problem_at(folder, Mark(), "no-such-folder", message)]
    except OSError as error:
        message = phrase(
            "this cannot be read as a folder of cases: {reason}", reason=str(error.strerror)
        )
        return [], [problem_at(folder, Mark(), "unreadable", message)]
    return [path for path in paths if _is_case_file(path.name)], []


def below(folder: Path) -> list[Path]:
    """Files that say they are cases, in the folders of a folder of cases, where none is read.

    What cannot be looked at is left out.
    """
    try:
        places = [each for each in folder.iterdir() if each.is_dir() and each.name[0] != "."]
    except OSError:
        return []
    found = (path for place in sorted(places) for path in case_paths(place)[0])
    return [path for path in found if _says_it_is_a_case(path)]


def _is_case_file(name: str) -> bool:
    return name.lower().endswith(_SUFFIXES) and not name.startswith(".")


def _says_it_is_a_case(path: Path) -> bool:
    try:
        data = contents(path)
    except OSError:
        return False
    return all(key in data for key in _OF_A_CASE)


def library_of(files: Iterable[CaseFile]) -> Library:
    """The cases of files that were read, no two of which claim one id."""
    figures = FigureBytes()
    read = (ReadCase.of(file, figures) for file in files)
    return Found(tuple(each for each in read if each), (), (), figures, frozenset()).library()
