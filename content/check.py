"""Checks case files for authors: everything that is wrong with them, at once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from content.claims import Claim, contested
from content.library import SHIPPED, below, case_paths
from content.lint.ignores import Ignores, ignores, unused_ignore, vain_ignores, without_ignored
from content.lint.registry import RULES
from content.lint.rule import Finding, LibraryRule, Rule
from content.lint.subject import Subject
from content.loader import CaseFile, read_case
from content.phrases import Phrase, phrase, phrases
from content.problems import Mark, Problem, Severity, bounded, problem_at
from content.topic_table import table_problems
from content.topics import TABLE
from content.workers import in_order

Progress = Callable[[int, int], None]
"""Is told how many files of how many are done."""


class Report(Struct, frozen=True):
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


class _Checked(Struct, frozen=True):
    """What is left of a file once it was read and checked by itself: little, and it pickles.

    ``notes`` are what library rules noted, by rule; ``waived`` the ignores that name such rules.
    """

    path: Path
    problems: tuple[Problem, ...]
    claim: Claim | None
    notes: dict[str, Any]
    waived: Ignores


def check_paths(
    paths: Iterable[Path],
    *,
    today: date | None = None,
    rules: Collection[str] = RULES.keys(),
    progress: Progress | None = None,
) -> Report:
    """Check these case files, the case files in these folders, and these tables of topics (.csv).

    With the shipped cases goes the table that lies beside their folder. Never raises for what they
    hold; a path that is not there is a problem too. ``rules`` names the rules of style to be run;
    without ``today`` nothing is judged by its age.
    """
    paths = list(paths)
    problems: list[Problem] = []
    files: dict[Path, None] = {}
    tables = dict.fromkeys(_tables(paths))
    for path in paths:
        if path in tables:
            continue
        found, unread = case_paths(path) if path.is_dir() else ([path], [])
        problems += unread
        if not found and not unread:
            message = phrase("no case files (*.yaml) lie in this folder")
            problems.append(problem_at(path, Mark(), "no-cases", message, Severity.WARNING))
        problems += _below(path)
        files |= dict.fromkeys(found)
    checked: list[_Checked] = []
    for each in in_order(partial(_check_path, today=today, rules=frozenset(rules)), list(files)):
        checked.append(each)
        if progress:
            progress(len(checked), len(files))
    problems += [problem for table in tables for problem in table_problems(table)]
    for file in checked:
        problems += file.problems
    claims = [file.claim for file in checked if file.claim]
    problems += contested(claims)
    problems += _check_library(checked, rules)
    return Report(tuple(sorted(set(problems))), len(files) + len(tables), len(claims))


def _tables(paths: Iterable[Path]) -> Iterator[Path]:
    """The tables of topics: those named, and the shipped one with the shipped cases."""
    for path in paths:
        if path.suffix == TABLE.suffix and not path.is_dir():
            yield path
        elif path.resolve() == SHIPPED.resolve():
            yield path.parent / TABLE.name


def _below(folder: Path) -> Iterator[Problem]:
    """That cases lie in folders of this folder: no bot reads them, and nobody would know why."""
    if lost := below(folder):
        message = phrases(
            "a case lies in folders below, where none is read, such as {path}",
            "{n} cases lie in folders below, where none is read, such as {path}",
            len(lost),
            path=str(lost[0]),
        )
        yield problem_at(folder, Mark(), "cases-below", message, Severity.WARNING)


def check_file(
    file: CaseFile, *, today: date | None = None, rules: Collection[str] = RULES.keys()
) -> tuple[Problem, ...]:
    """What the loader and the rules find in one file, without what its author ignores."""
    subject = Subject(file, today)
    found = [*file.problems]
    judged: set[str] = set()
    for rule in _case_rules(rules):
        found += [_problem(file.path, rule, finding) for finding in _findings(rule, subject)]
        if today or not rule.needs_today:
            judged.add(rule.name)
    vain = vain_ignores(file, found, judged)
    return bounded([*without_ignored(found, ignores(file)), *vain])


def _findings(rule: Rule, subject: Subject) -> list[Finding]:
    """What a rule finds in a case, and what it finds more where a variant is asked by itself."""
    found = list(rule.find(subject))
    for variant in subject.variants:
        found += [
            replace(finding, phrase=_of_variant(variant, finding))
            for finding in rule.find(variant)
            if finding not in found
        ]
    return found


def _of_variant(variant: Subject, finding: Finding) -> Phrase:
    name = str(variant.variant)
    return phrase("variant {variant}: {finding}", variant=name, finding=finding.phrase)


def _check_path(path: Path, *, today: date | None, rules: Collection[str]) -> _Checked:
    file = read_case(path)
    subject = Subject(file, today)
    library = [rule for rule in _library_rules(rules) if file.case]
    notes = {rule.name: rule.note(subject) for rule in library}
    return _Checked(
        path=path,
        problems=check_file(file, today=today, rules=rules),
        claim=Claim.of(file),
        notes={name: note for name, note in notes.items() if note is not None},
        waived={name: mark for name, mark in ignores(file).items() if name in notes},
    )


def _check_library(files: Sequence[_Checked], rules: Collection[str]) -> Iterator[Problem]:
    """What the library rules find, and the ignores of them that have no effect."""
    for rule in _library_rules(rules):
        noted = [(file.path, file.notes[rule.name]) for file in files if rule.name in file.notes]
        found = [_problem(path, rule, finding) for path, finding in rule.find(noted)]
        waived = {file.path: file.waived[rule.name] for file in files if rule.name in file.waived}
        yield from (problem for problem in found if problem.path not in waived)
        for path in waived.keys() - {problem.path for problem in found}:
            yield unused_ignore(path, waived[path], rule.name)


def _case_rules(names: Collection[str]) -> list[Rule]:
    """The rules on a single case; those that find errors are always among them."""
    return [
        rule
        for rule in RULES.values()
        if isinstance(rule, Rule) and (rule.name in names or rule.severity is Severity.ERROR)
    ]


def _library_rules(names: Collection[str]) -> list[LibraryRule[Any]]:
    return [rule for rule in RULES.values() if isinstance(rule, LibraryRule) and rule.name in names]


def _problem(path: Path, rule: Rule | LibraryRule[Any], finding: Finding) -> Problem:
    severity = finding.severity or rule.severity
    return problem_at(path, finding.mark, rule.name, finding.phrase, severity)
