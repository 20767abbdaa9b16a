"""What `check` says of a draft, by the part it is about, in words that need no YAML."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from content.drafting.draft_case import REST, DraftCase
from content.drafting.plain_words import part_named, sentence, why
from content.drafting.writing import PATH, to_yaml
from content.images import FigureFile
from content.loader import CaseFile, as_named, figure_names, read_figures
from content.model import Case
from content.phrases import Phrase, phrase, phrases
from content.problems import Mark, Problem, Severity, bounded, problem_at
from content.rules import broken_rules
from content.tree import Loc, Node, Sequence
from content.tree import Mapping as Tree
from content.validation import validate
from content.yaml_tree import read_tree

_NO_FIGURES: Mapping[str, FigureFile] = MappingProxyType({})
_FIELDS = (*Case.model_fields, REST)
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class DraftFinding(Struct, frozen=True):
    """One thing found. ``code`` is `check`'s own; ``loc`` is the place in the draft.

    ``part`` names it (“the vignette”, “choice 3”), ``sentence`` says what is wrong, and ``why`` why
    that matters, in one or two sentences.
    """

    code: str
    severity: Severity
    loc: Loc
    part: Phrase
    sentence: Phrase
    why: Phrase


def findings(
    draft: DraftCase,
    *,
    today: date | None = None,
    folder: Path | None = None,
    figures: Mapping[str, FigureFile] = _NO_FIGURES,
) -> tuple[DraftFinding, ...]:
    """All that is found: first what would keep it from being published, in a case's order.

    Pictures that the draft names are looked for in ``figures`` and then in ``folder``. Without
    ``today`` nothing is judged by its age.
    """
    # The rules are many, and a bot starts without them.
    from content.check import check_file  # noqa: PLC0415

    file = _file(draft, folder, figures)
    problems = [each for each in check_file(file, today=today) if each.code != "file-name"]
    places = list(_places(file.tree, ())) if file.tree else []
    found = [_finding(each, _loc(each, places), draft) for each in problems]
    found += _unplaced(draft)
    return tuple(sorted(dict.fromkeys(found), key=_rank))


def _rank(found: DraftFinding) -> tuple[int, int]:
    field = found.loc[0] if found.loc else REST
    return _ORDER.index(found.severity), _FIELDS.index(str(field))


def _file(draft: DraftCase, folder: Path | None, figures: Mapping[str, FigureFile]) -> CaseFile:
    path = (folder / PATH) if folder else PATH
    data = to_yaml(draft, with_rest=False).encode()
    root, refused = read_tree(path, data)
    if root is None:
        return CaseFile(path, None, {}, bounded(refused), None)
    case, schema = validate(path, root)
    broken = [] if case else broken_rules(path, root)
    codes = {each.code for each in broken}
    problems = [*refused, *broken, *(each for each in schema if each.code not in codes)]
    known, missing = _figures(path, root, folder, figures)
    if case and not problems and not missing:
        return CaseFile(path, case, known, (), root)
    return CaseFile(path, None, {}, bounded([*problems, *missing]), root)


def _figures(
    path: Path, root: Tree, folder: Path | None, given: Mapping[str, FigureFile]
) -> tuple[dict[str, FigureFile], list[Problem]]:
    """The pictures that a draft names, and what is wrong with those that were not given."""
    lying, wrong = read_figures(path, root) if folder else ({}, [])
    known = {**lying, **given}
    marks = {name.mark for name in figure_names(root) if as_named(name) in given}
    problems = [each for each in wrong if Mark(each.line, each.column) not in marks]
    told = {(each.line, each.column) for each in problems}
    problems += [
        problem_at(path, name.mark, "figure-missing", _no_picture(name.text))
        for name in figure_names(root)
        if as_named(name) not in known and (name.mark.line, name.mark.column) not in told
    ]
    return known, problems


def _no_picture(name: str) -> Phrase:
    return phrase("there is no picture {file} yet", file=name)


def _places(node: Node, loc: Loc) -> Iterator[tuple[Mark, Loc]]:
    yield node.mark, loc
    if isinstance(node, Tree):
        for entry in node.entries.values():
            yield from _places(entry.value, (*loc, entry.key))
    elif isinstance(node, Sequence):
        for position, item in enumerate(node.items):
            yield from _places(item, (*loc, position))


def _loc(problem: Problem, places: list[tuple[Mark, Loc]]) -> Loc:
    """The deepest place that begins where the problem is, or else the last before it."""
    mark = Mark(problem.line, problem.column)
    exact = [loc for at, loc in places if at == mark]
    if exact:
        return max(exact, key=len)
    before = [(at, loc) for at, loc in places if at <= mark]
    return max(before, key=lambda place: place[0])[1] if before else ()


def _finding(problem: Problem, loc: Loc, draft: DraftCase) -> DraftFinding:
    loc = _meant(problem, loc)
    return DraftFinding(
        problem.code,
        problem.severity,
        loc,
        part_named(loc, len(draft.get("questions", ()))),
        sentence(problem, loc),
        why(problem.code),
    )


def _meant(problem: Problem, loc: Loc) -> Loc:
    """The place of what is missing, which has none of its own in the file."""
    if problem.code == "missing":
        return (*loc, str(problem.phrase.value("key")))
    if problem.code == "key-point-missing":
        return (*loc, "key_point")
    return loc


def _unplaced(draft: DraftCase) -> Iterator[DraftFinding]:
    if rest := str(draft.get(REST, "")):
        said = phrases(
            "{n} word of your text found no place in the case.",
            "{n} words of your text found no place in the case.",
            len(rest.split()),
        )
        reason = phrase("They are kept beside the draft, and are not published.")
        part = phrase("the rest")
        yield DraftFinding("not-placed", Severity.NOTE, (REST,), part, said, reason)
