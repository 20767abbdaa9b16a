"""What an author does not want to hear about a case, with the reason: ``lint: {ignore: ...}``."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from content.lint.faults import FAULTS
from content.lint.naming import near
from content.lint.registry import RULES
from content.loader import CaseFile
from content.phrases import Phrase, phrase
from content.problems import Mark, Problem, Severity, problem_at
from content.tree import Entry, Mapping, child, is_absent

Ignores = dict[str, Mark]
"""Where each ignore of a file stands, by the name it gives."""


def ignores(file: CaseFile) -> Ignores:
    """The ignores of a file that give a reason; without one they have no effect."""
    return {entry.key: entry.mark for entry in _entries(file) if not is_absent(entry.value)}


def _entries(file: CaseFile) -> Collection[Entry]:
    found = child(file.tree, "lint", "ignore")
    return found.entries.values() if isinstance(found, Mapping) else ()


def without_ignored(problems: Iterable[Problem], ignored: Collection[str]) -> list[Problem]:
    """What remains of the problems of one file; an error always does."""
    return [each for each in problems if each.is_error or each.code not in ignored]


def vain_ignores(
    file: CaseFile, found: Collection[Problem], judged: Collection[str]
) -> Iterator[Problem]:
    """Ignores without a reason or an effect, but where something is wrong with the very name.

    ``found`` is all that was found in the file, ``judged`` the rules that were run: of the others
    nobody knows what they would have found.
    """
    codes = {problem.code for problem in found}
    wrong = {Mark(problem.line, problem.column) for problem in found if problem.is_error}
    for entry in _entries(file):
        name, mark = entry.key, entry.mark
        rule = RULES.get(name)
        if name in FAULTS or (rule and rule.severity is Severity.ERROR):
            message = phrase("{rule} cannot be ignored", rule=name)
            yield problem_at(file.path, mark, "unused-ignore", message, Severity.WARNING)
        elif not rule and mark not in wrong:
            message = _unknown(name)
            yield problem_at(file.path, mark, "unknown-rule", message, Severity.WARNING)
        elif is_absent(entry.value):
            message = phrase(
                "the ignore of {rule} gives no reason, so it has no effect; say why", rule=name
            )
            yield problem_at(file.path, mark, "ignore-without-reason", message, Severity.WARNING)
        elif file.case and name in judged and name not in codes:
            yield unused_ignore(file.path, mark, name)


def _unknown(name: str) -> Phrase:
    if meant := near(name):
        return phrase("there is no rule {rule}; did you mean {near}?", rule=name, near=meant)
    return phrase("there is no rule {rule}", rule=name)


def unused_ignore(path: Path, mark: Mark, name: str) -> Problem:
    """An ignore of a rule that finds nothing there."""
    message = phrase("there is no {rule} to ignore; take this out", rule=name)
    return problem_at(path, mark, "unused-ignore", message, Severity.WARNING)
