"""What first answers say of the items that were answered: classical item analysis, pure.

Each number has a minimum of people below which it is not told: in its place stands ``TooFew``.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import sqrt
from statistics import fmean
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from content.item_alarms import Alarm, alarms_by_correlation, alarms_by_share
from content.item_measures import (
    Measure,
    RestScores,
    correlation,
    correlation_interval,
    covariance,
    efficiency,
    membership_correlation,
    rest_scores,
    upper_less_lower,
)
from content.statistics import Interval, wilson

Key = TypeVar("Key", bound=Hashable)

IDLE = 0.05
"""A distractor that a smaller share of people takes is idle (T. M. Haladyna and S. M. Downing,
Educ Psychol Meas 1993;53:999-1010)."""


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


class TooFew(Struct, frozen=True):
    """In place of a number: it has so many people of those it needs."""

    people: int
    needed: int


class ShareRight(Struct, frozen=True):
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


class Discrimination(Struct, frozen=True):
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


class _Column(Struct, frozen=True):
    """The answers to an item: scores by the person's number, choices in the same order."""

    scores: dict[int, float]
    chosen: list[tuple[int, ...]]


def analyse(
    items: Mapping[Key, Item], answers: Iterable[Answer[Key]], minimums: Minimums = MINIMUMS
) -> dict[Key, ItemStatistics]:
    """The statistics of each item; of several answers of a person to an item the first counts.

    Raises KeyError for an answer to no item, IndexError for a choice that the item does not have.
    """
    columns = _columns(items, answers)
    rests = rest_scores(
        [column.scores for column in columns.values()],
        common_people=minimums.common_people,
        common_items=minimums.common_items,
    )
    found: dict[Key, ItemStatistics] = {}
    parts: dict[Key, float] = {}
    for (key, item), rest in zip(items.items(), rests, strict=True):
        related = _Related.of(item, columns[key], rest, minimums.discrimination)
        found[key] = _statistics(item, columns[key], related, minimums)
        if isinstance(related, _Related):
            parts[key] = related.part
    whole = sum(parts.values())
    return {key: _weighed(each, parts.get(key, 0), whole) for key, each in found.items()}


def _columns(items: Mapping[Key, Item], answers: Iterable[Answer[Key]]) -> dict[Key, _Column]:
    people: dict[Hashable, int] = {}
    columns = {key: _Column({}, []) for key in items}
    for answer in answers:
        column = columns[answer.item]
        person = people.setdefault(answer.person, len(people))
        if person not in column.scores:
            column.scores[person] = answer.score
            column.chosen.append(answer.chosen)
    return columns


class _Related(Struct, frozen=True):
    """The answers of those who have a rest score; ``takers`` are, for each choice, their places."""

    scores: Sequence[float]
    score: Measure
    rest: Measure
    totals: Sequence[float]
    takers: Sequence[Sequence[int]]

    @classmethod
    def of(cls, item: Item, column: _Column, rest: RestScores, needed: int) -> "_Related | TooFew":
        """Theirs, if there are as many people as are needed."""
        if len(rest.places) < needed:
            return TooFew(len(rest.places), needed)
        every = list(column.scores.values())
        scores = [every[place] for place in rest.places]
        takers: list[list[int]] = [[] for _ in range(item.choices)]
        for place, answered in enumerate(rest.places):
            for choice in column.chosen[answered]:
                takers[choice].append(place)
        return cls(scores, Measure.of(scores), Measure.of(rest.rests), rest.totals, takers)

    @property
    def part(self) -> float:
        """What the item adds to the differences between totals, as Moodle reckons it."""
        return sqrt(max(0.0, covariance(self.score, Measure.of(self.totals))))

    @property
    def discrimination(self) -> Discrimination:
        """All but the effective weight, which depends on the other items."""
        people, found = len(self.scores), correlation(self.score, self.rest)
        return Discrimination(
            people,
            upper_less_lower(self.scores, self.totals),
            found,
            None if found is None else correlation_interval(found, people),
            efficiency(self.score, self.rest),
            None,
        )


def _statistics(
    item: Item, column: _Column, related: _Related | TooFew, minimums: Minimums
) -> ItemStatistics:
    answers = len(column.scores)
    right = list(column.scores.values()).count(1.0)
    share_right: ShareRight | TooFew = TooFew(answers, minimums.share_right)
    if answers >= minimums.share_right:
        mean = fmean(column.scores.values())
        share_right = ShareRight(right / answers, wilson(right, answers), mean)
    choices: Sequence[ChoiceTaken] | TooFew = TooFew(answers, minimums.choices)
    if answers >= minimums.choices:
        choices = _choices(item, column, related)
    alarms: Sequence[Alarm] | TooFew = TooFew(answers, minimums.alarms)
    if answers >= minimums.alarms:
        alarms = [*alarms_by_share(right, answers, item.chance)]
        if isinstance(related, _Related) and len(related.scores) >= minimums.alarms:
            alarms += _alarms(item, related)
    discrimination = related if isinstance(related, TooFew) else related.discrimination
    return ItemStatistics(answers, share_right, choices, discrimination, alarms)


def _choices(item: Item, column: _Column, related: _Related | TooFew) -> list[ChoiceTaken]:
    taken = Counter(chain.from_iterable(column.chosen))
    shares = [taken[choice] / len(column.chosen) for choice in range(item.choices)]
    return [
        ChoiceTaken(
            taken[choice],
            share,
            share < IDLE and choice not in item.key,
            related
            if isinstance(related, TooFew)
            else membership_correlation(related.takers[choice], related.rest),
        )
        for choice, share in enumerate(shares)
    ]


def _alarms(item: Item, related: _Related) -> Iterator[Alarm]:
    """Of distractors that are not idle, since few people's correlation tells little."""
    people = len(related.scores)
    key = correlation(related.score, related.rest)
    distractors = {}
    for choice, takers in enumerate(related.takers):
        if choice not in item.key and len(takers) >= IDLE * people:
            taken = membership_correlation(takers, related.rest)
            between = membership_correlation(takers, related.score)
            if taken is not None and between is not None:
                distractors[choice] = (taken, between)
    if key is not None:
        yield from alarms_by_correlation(key, distractors, people)


def _weighed(statistics: ItemStatistics, part: float, whole: float) -> ItemStatistics:
    discrimination = statistics.discrimination
    if isinstance(discrimination, TooFew) or not whole:
        return statistics
    return replace(
        statistics, discrimination=replace(discrimination, effective_weight=part / whole)
    )
