"""All cases that can be asked, from one or more folders."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from content.codes import case_code, read_code
from content.file_state import FileState, file_state
from content.images import FigureFile
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
    _figures: Mapping[str, Mapping[str, FigureFile]]
    _bytes: Mapping[str, bytes]
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
        return self._bytes.get(sha256)

    def snapshot(self, case: Case, variant: str | None = None) -> Snapshot:
        """The case with its figures' hashes, to be kept with a post.

        It may also be what ``content.one_question_case.alone`` makes of a case, and of which
        ``variant``.
        """
        files = self._figures[case.id]
        hashes = (files[figure.file].sha256 for figure in case.shown_figures)
        return Snapshot(case, tuple(hashes), variant)

    def figure_hashes(self, case_id: str) -> Mapping[str, str]:
        """The SHA-256 of all figures that a case names, its variants' too, by these names."""
        return {name: figure.sha256 for name, figure in self._figures[case_id].items()}

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


class Found(Struct, frozen=True):
    """The cases that lie in folders, what they claim, and what is wrong with what lies there.

    ``files`` are those that hold a case, without their trees; ``state`` is how all of them lay when
    reading began.
    """

    files: tuple[CaseFile, ...]
    claims: tuple["Claim", ...]
    problems: tuple[Problem, ...]
    state: FileState


def read_folders(
    *folders: Path,
    judge: Callable[[CaseFile], Iterable[Problem]] = lambda file: file.problems,
    needed: Callable[[], bool] = lambda: True,
) -> Found:
    """Read every case file in these folders: in the order given, by name.

    ``judge`` says what is wrong with a file. Whether all this is ``needed`` is asked at each, since
    thousands take long. Raises NotNeededError, and nothing for what files hold.
    """
    state = file_state(*folders)
    files: list[CaseFile] = []
    claims: list[Claim] = []
    problems: list[Problem] = []
    for folder in folders:
        paths, unread = case_paths(folder)
        problems += unread
        for path in paths:
            if not needed():
                raise NotNeededError
            file = read_case(path)
            problems += judge(file)
            if claim := Claim.of(file):
                claims.append(claim)
                files.append(replace(file, tree=None))
    return Found(tuple(files), tuple(claims), tuple(problems), state)


def load_library(*folders: Path, needed: Callable[[], bool] = lambda: True) -> Library:
    """Load every case file that lies in these folders; one broken file never keeps others out.

    Where two files claim one id, the first keeps it. Raises NotNeededError.
    """
    found = read_folders(*folders, needed=needed)
    clashing = contested(found.claims)
    refused = {problem.path for problem in clashing}
    whole = [file for file in found.files if file.path not in refused]
    return library_of(whole, [*found.problems, *clashing], found.state)


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


class Claim(Struct, frozen=True):
    """A file's claim to an id, and where the id stands; so of each former id."""

    path: Path
    case_id: str
    mark: Mark
    formerly: tuple[tuple[str, Mark], ...] = ()

    @classmethod
    def of(cls, file: CaseFile) -> Self | None:
        """The claim of a file, if it holds a case."""
        if file.case is None:
            return None
        former = ((name, file.mark("formerly", n)) for n, name in enumerate(file.case.formerly))
        return cls(file.path, file.case.id, file.mark("id"), tuple(former))


def contested(claims: Iterable[Claim]) -> list[Problem]:
    """Claims to what an earlier one has claimed: the same id, or one of the same code.

    A former id must be nobody's id, and nobody else's former id.
    """
    claimed: dict[str, Claim] = {}
    holders: list[Claim] = []
    problems = []
    for claim in claims:
        first = claimed.setdefault(case_code(claim.case_id), claim)
        if first is claim:
            holders.append(claim)
            continue
        if first.case_id == claim.case_id:
            name = "duplicate-id"
            message = phrase(
                "{path} has the id {id} already", path=str(first.path), id=claim.case_id
            )
        else:
            message = phrase("this id shares its code with {path}; change it", path=str(first.path))
            name = "duplicate-code"
        problems.append(problem_at(claim.path, claim.mark, name, message))
    for claim, (former, mark) in ((each, said) for each in holders for said in each.formerly):
        if holder := claimed.get(case_code(former)):
            message = phrase(
                "{path} has the id {id}, or had it; what was answered then is its own",
                path=str(holder.path),
                id=former,
            )
            problems.append(problem_at(claim.path, mark, "former-id", message))
        else:
            claimed[case_code(former)] = claim
    return problems


def library_of(
    files: Iterable[CaseFile],
    problems: Iterable[Problem] = (),
    read_from: FileState = frozenset(),
) -> Library:
    """The cases of files that were read, no two of which claim one id."""
    held = {file.case.id: (file.case, file.figures) for file in files if file.case}
    return Library(
        cases=MappingProxyType({case_id: held[case_id][0] for case_id in sorted(held)}),
        problems=tuple(sorted(problems)),
        _codes={
            case_code(name): case_id
            for case_id, (case, _) in held.items()
            for name in (case_id, *case.formerly)
        },
        _figures={case_id: figures for case_id, (_, figures) in held.items()},
        _bytes={
            figure.sha256: figure.data
            for _, figures in held.values()
            for figure in figures.values()
        },
        read_from=read_from,
    )
