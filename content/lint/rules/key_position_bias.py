"""The rule ``key-position-bias``."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from content.lint.rule import Finding, LibraryRule
from content.lint.subject import QuestionText, Subject
from content.phrases import phrase, phrases
from content.problems import Mark

_LEAST_EXPECTED = 5.0
"""In each class, for the statistic to follow chi-square (Cochran 1954)."""

_CRITICAL: Final = (
    6.635,
    9.210,
    11.345,
    13.277,
    15.086,
    16.812,
    18.475,
    20.090,
    21.666,
    23.209,
    24.725,
)
"""What chi-square exceeds by chance once in 100 times, for 1, 2, ... degrees of freedom."""

_ORDINALS: Final = (
    *(phrase("first"), phrase("second"), phrase("third"), phrase("fourth"), phrase("fifth")),
    *(phrase("sixth"), phrase("seventh"), phrase("eighth"), phrase("ninth"), phrase("tenth")),
    *(phrase("eleventh"), phrase("twelfth")),
)


class Place(Struct, frozen=True):
    """Where the right choice of one question stands in the file, from 0, and among how many."""

    mark: Mark
    key: int
    choices: int


class _Class(Struct, frozen=True):
    """One or more neighbouring places, how many keys stand there and how many would by chance."""

    places: tuple[int, ...]
    observed: int
    expected: float

    def __add__(self, other: "_Class") -> "_Class":
        return _Class(
            self.places + other.places,
            self.observed + other.observed,
            self.expected + other.expected,
        )

    @property
    def departure(self) -> float:
        return (self.observed - self.expected) ** 2 / self.expected


def note(subject: Subject) -> tuple[Place, ...] | None:
    """The places of the keys of one case that learners see in the file's order."""
    wordings = (subject, *subject.variants)
    asked = [question for wording in wordings for question in wording.questions]
    # A variant may have the very choices of its question.
    return tuple(dict.fromkeys(filter(None, map(_place, asked)))) or None


def find(notes: Sequence[tuple[Path, tuple[Place, ...]]]) -> Iterator[tuple[Path, Finding]]:
    """Whether the places of the keys of all cases together depart from chance, said once."""
    places = [place for _, places in notes for place in places]
    classes = _merged(_classes(places))
    if len(classes) < 2 or sum(each.departure for each in classes) <= _CRITICAL[len(classes) - 2]:
        return
    fullest = max(classes, key=lambda each: each.observed - each.expected)
    path, place = next(
        (path, place) for path, places in notes for place in places if place.key in fullest.places
    )
    where, *others = (_ORDINALS[place] for place in fullest.places[:3])
    for other in others:
        where = phrase("{some} or {last}", some=where, last=other)
    yield (
        path,
        Finding(
            place.mark,
            phrases(
                "the right choice stands {where} in {observed} of {n} question with `shuffle:"
                " false`, where chance would put {expected}; let the bot shuffle what has no order"
                " of its own, and choose numbers around the right one otherwise",
                "the right choice stands {where} in {observed} of {n} questions with `shuffle:"
                " false`, where chance would put {expected}; let the bot shuffle what has no order"
                " of its own, and choose numbers around the right one otherwise",
                len(places),
                where=where,
                observed=fullest.observed,
                expected=f"{fullest.expected:.0f}",
            ),
        ),
    )


def _place(question: QuestionText) -> Place | None:
    keys = [n for n, choice in enumerate(question.choices) if choice.correct]
    if question.shuffle or len(keys) != 1 or len(question.choices) > len(_ORDINALS):
        return None
    return Place(question.mark, keys[0], len(question.choices))


def _classes(places: Sequence[Place]) -> list[_Class]:
    """One class for each place; by chance a key is as likely to stand in any."""
    return [
        _Class(
            (n,),
            sum(place.key == n for place in places),
            sum(1 / place.choices for place in places if place.choices > n),
        )
        for n in range(max((place.choices for place in places), default=0))
    ]


def _merged(classes: list[_Class]) -> list[_Class]:
    """The classes, from the last on put together with their neighbours until each is expected."""
    merged = list(classes)
    while len(merged) > 1 and merged[-1].expected < _LEAST_EXPECTED:
        last = merged.pop()
        merged[-1] += last
    return merged


RULE = LibraryRule(
    name="key-position-bias",
    finds="right choices that stand in one place of the file more often than by chance, over all"
    " questions with `shuffle: false`",
    reason="Authors like to hide the right answer in the middle, and learners who have seen enough"
    " cases learn the place instead of the matter.",
    source="Attali & Bar-Hillel 2003 (J Educ Meas 40:109-128); Haladyna, Downing & Rodriguez 2002"
    " (vary the location of the right answer)",
    bad="""
# 20 questions like this one, of which 14 have their right choice in the second place
questions:
  - id: next
    prompt: What is the most appropriate next step?
    shuffle: false
    choices:
      - text: Watch and wait
      - text: Biopsy of the largest lump
        correct: true
      - text: Referral to a hospice
""",
    good="""
# the bot shuffles these choices, for nothing orders them
questions:
  - id: next
    prompt: What is the most appropriate next step?
    choices:
      - text: Watch and wait
      - text: Biopsy of the largest lump
        correct: true
      - text: Referral to a hospice
""",
    note=note,
    find=find,
)
