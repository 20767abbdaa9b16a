"""What first answers say of the items that were answered, as values: see ``item_analysis``.

Each number has a minimum of people below which it is not told: in its place stands ``TooFew``.
"""

from array import array
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from content.item_alarms import Alarm
from content.statistics import Interval

Key = TypeVar("Key", bound=Hashable)


class Item(Struct, frozen=True):
    """A question with so many choices, of which those at the places in ``key`` are right."""

    choices: int
    key: frozenset[int]

    @property
    def chance(self) -> float:
        """The share of people who would be right by guessing.

        Nobody is told how many choices are right where several are: any may then be guessed.
        """
        return 1 / self.choices if len(self.key) == 1 else 1 / (2**self.choices - 1)


class Answer(Struct, Generic[Key], frozen=True, gc=False):
    """A person's answer to an item: its score from 0 to 1, and the places of what was chosen."""

    person: Hashable
    item: Key
    score: float
    chosen: tuple[int, ...]


class Column(Struct, frozen=True):
    """All answers to an item, one of each person: persons' numbers (from 0), and their scores.

    What somebody chose is a number whose bits, from the lowest, are the choices' places.
    """

    persons: "array[int]"
    scores: "array[float]"
    chosen: "array[int]"

    @classmethod
    def empty(cls) -> "Column":
        """To be added to."""
        return cls(array("I"), array("d"), array("I"))

    def add(self, person: int, score: float, chosen: int) -> None:
        """One more person's answer."""
        self.persons.append(person)
        self.scores.append(score)
        self.chosen.append(chosen)


def as_bits(chosen: Iterable[int]) -> int:
    """Choices' places as ``Column`` keeps them."""
    return sum(1 << place for place in set(chosen))


class Minimums(Struct, frozen=True):
    """How many people each number needs.

    For ``discrimination`` and ``alarms`` (both above 3) people count who have a rest score: they
    answered at least ``common_items`` other items that ``common_people`` or more have in common.
    """

    share_right: int = 10
    choices: int = 20
    discrimination: int = 30
    alarms: int = 50
    common_items: int = 8
    common_people: int = 10


MINIMUMS = Minimums()

IDLE = 0.05
"""A distractor that a smaller share of people takes is idle (T. M. Haladyna and S. M. Downing,
Educ Psychol Meas 1993;53:999-1010)."""


class TooFew(Struct, frozen=True, tag=True):
    """In place of a number: it has so many people of those it needs."""

    people: int
    needed: int


class ShareRight(Struct, frozen=True, tag=True):
    """The share of people who were wholly right; the mean score counts part marks too."""

    share: float
    interval: Interval
    mean_score: float


class ChoiceTaken(Struct, frozen=True):
    """How many took a choice, what share that is, and whether it is an idle distractor.

    ``correlation`` is that of taking it and the rest score: None where either is alike for all.
    """

    people: int
    share: float
    idle: bool
    correlation: float | TooFew | None


class Discrimination(Struct, frozen=True, tag=True):
    """How an item tells so many people apart who did well and badly in the others.

    ``upper_less_lower``: the mean score of the upper group less that of the lower.
    ``rest_correlation``: of score and rest score (corrected item-total correlation), with its
    interval; times 100 it is Moodle's discrimination index.
    ``efficiency``: Moodle's discriminative efficiency, as a share of one.
    ``effective_weight``: the item's share in what sets totals apart. None where all are alike.
    """

    people: int
    upper_less_lower: float
    rest_correlation: float | None
    interval: Interval | None
    efficiency: float | None
    effective_weight: float | None


class ItemStatistics(Struct, frozen=True):
    """What is known of an item from so many answers; ``choices`` are in the item's order.

    Alarms by correlation wait for as many people with a rest score as alarms need answers.
    """

    answers: int
    share_right: ShareRight | TooFew
    choices: Sequence[ChoiceTaken] | TooFew
    discrimination: Discrimination | TooFew
    alarms: Sequence[Alarm] | TooFew
