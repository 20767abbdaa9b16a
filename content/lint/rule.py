"""What a rule is."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from msgspec import Struct

from content.lint.subject import Passage, Subject
from content.phrases import Phrase
from content.problems import Mark, Severity


class Finding(Struct, frozen=True):
    """One thing found; the phrase says what and, where it is not plain, what to do.

    ``severity`` replaces that of the rule.
    """

    mark: Mark
    phrase: Phrase
    severity: Severity | None = None


def at(passage: Passage, said: Phrase) -> Finding:
    """A finding where a passage begins."""
    return Finding(passage.mark, said)


class _Described(Struct, frozen=True, kw_only=True):
    """``name`` is what ``--select``, ``--ignore`` and ``lint: {ignore: ...}`` use.

    ``finds`` ends the sentence "finds ..."; ``reason`` says why that weakens a question, ``source``
    who found so. ``bad`` and ``good`` are YAML, keys of a case: the first has what the rule finds,
    the second says it better.
    """

    name: str
    finds: str
    reason: str
    source: str
    bad: str
    good: str
    severity: Severity = Severity.WARNING


class Rule(_Described, frozen=True, kw_only=True):
    """A rule about one case. ``find`` takes whatever of the case is there, and never raises.

    A rule that ``needs_today`` finds nothing where nobody says what day it is.
    """

    find: Callable[[Subject], Iterator[Finding]]
    needs_today: bool = False


Note = TypeVar("Note")


class LibraryRule(_Described, Generic[Note], frozen=True, kw_only=True):
    """A rule about all the cases of one check together; ``bad`` and ``good`` describe them.

    ``note`` takes from a case the little that the rule needs of it, or None. Thousands of cases are
    read in several processes and none is kept, so a note is small, and of a type that pickles.
    ``find`` gets the notes of all cases, each with its file, and says of which file its findings
    are. Neither raises.
    """

    note: Callable[[Subject], Note | None]
    find: Callable[[Sequence[tuple[Path, Note]]], Iterator[tuple[Path, Finding]]]
