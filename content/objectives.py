"""Objectives: what is remembered of a case, whatever the wording in which it was asked."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from content.fields import as_read
from content.model import Case, Question
from content.one_question_case import worded

# What begins in a digest; no text holds such a character.
_CASE, _QUESTION, _VARIANT = "\1", "\2", "\3"


class Key(Struct, frozen=True):
    """The right choices of a question: each its id, if it has one, and its text as it is read."""

    right: tuple[tuple[str | None, str], ...]

    @classmethod
    def of(cls, question: Question) -> "Key":
        """The key of a question, whether it is of today or of an older snapshot."""
        choices = (question.choices[place] for place in question.correct)
        return cls(tuple((choice.id, as_read(choice.text)) for choice in choices))

    def matches(self, other: "Key") -> bool:
        """Whether the same choices are right: known by their ids, else by their texts."""
        return len(self.right) == len(other.right) and all(
            any(_same(mine, theirs) for theirs in other.right) for mine in self.right
        )


class Wording(Struct, frozen=True):
    """One way to ask for an objective; ``content.one_question_case.alone`` takes all three."""

    case: Case
    position: int
    variant: str | None

    @property
    def key(self) -> Key:
        """Its right choices."""
        question = self.case.questions[self.position]
        if self.variant is None:
            return Key.of(question)
        return Key.of(worded(question, question.variant(self.variant)))


class Objectives(Struct, frozen=True, dict=True):
    """The objectives of a library. ``digest`` changes with anything that is told here."""

    digest: str
    _cases: Mapping[str, Case]
    _former: Mapping[str, str]
    _shared: Mapping[str, tuple[Wording, ...]]

    @classmethod
    def of(cls, cases: Mapping[str, Case]) -> "Objectives":
        """The objectives of these cases, by id."""
        shared: dict[str, list[Wording]] = {}
        former: dict[str, str] = {}
        told: list[str] = []
        for case_id, case in cases.items():
            former |= dict.fromkeys(case.formerly, case_id)
            told += (_CASE, case_id, *case.formerly)
            for position, question in enumerate(case.questions):
                _tell(question, told)
                if question.objective is not None:
                    shared.setdefault(question.objective, []).extend(_wordings(case, position))
        kept = {name: tuple(wordings) for name, wordings in shared.items()}
        digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
        return cls(digest, cases, MappingProxyType(former), MappingProxyType(kept))

    def name(self, case_id: str, question_id: str) -> str | None:
        """The objective of a question, also under an id that its case had before.

        None: no case of today has this question, so what is known of it sleeps.
        """
        if (found := self._question(case_id, question_id)) is None:
            return None
        case, position = found
        return _name(case, case.questions[position])

    @cached_property
    def names(self) -> frozenset[str]:
        """All objectives that can be asked today."""
        return frozenset(
            _name(case, question) for case in self._cases.values() for question in case.questions
        )

    def wordings(self, objective: str) -> tuple[Wording, ...]:
        """In which wordings an objective can be asked today: questions, each before its variants.

        None of them where it sleeps.
        """
        case_id, default, question_id = objective.partition("/")
        if not default:
            return self._shared.get(objective, ())
        found = self._question(case_id, question_id)
        if found is None or self.name(case_id, question_id) != objective:
            return ()
        return tuple(_wordings(*found))

    def key(self, case_id: str, question_id: str, variant: str | None = None) -> Key | None:
        """Which choices of a wording are right today; None where there is no such wording.

        An older answer to it counts while this matches the ``Key.of`` what was asked then.
        """
        if (found := self._question(case_id, question_id)) is None:
            return None
        for wording in _wordings(*found):
            if wording.variant == variant:
                return wording.key
        return None

    def _question(self, case_id: str, question_id: str) -> tuple[Case, int] | None:
        case = self._cases.get(case_id) or self._cases.get(self._former.get(case_id, ""))
        if case is None:
            return None
        for position, question in enumerate(case.questions):
            if question.id == question_id:
                return case, position
        return None


def _name(case: Case, question: Question) -> str:
    return question.objective or f"{case.id}/{question.id}"


def _wordings(case: Case, position: int) -> Iterator[Wording]:
    yield Wording(case, position, None)
    for variant in case.questions[position].variants:
        yield Wording(case, position, variant.id)


def _tell(question: Question, told: list[str]) -> None:
    """Add what a digest depends on: names, wordings and keys. It is done for thousands at once."""
    told += (_QUESTION, question.id, question.objective or "")
    for variant in (None, *question.variants):
        if variant is not None:
            told += (_VARIANT, variant.id)
        for choice in (variant and variant.choices) or question.choices:
            if choice.correct:
                told += (choice.id or "", choice.text)


def _same(one: tuple[str | None, str], other: tuple[str | None, str]) -> bool:
    return one[1] == other[1] or (one[0] is not None and one[0] == other[0])
