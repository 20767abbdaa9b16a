"""Classical item analysis, from answers to what they say of each item: pure."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from math import sqrt

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from content.correlation_intervals import correlation_interval
from content.item_alarms import Alarm, alarms_by_correlation, alarms_by_share
from content.item_measures import (
    Measure,
    Numbers,
    Places,
    RestScores,
    correlation,
    covariance,
    efficiency,
    membership_correlation,
    rest_scores,
    upper_less_lower,
)
from content.item_statistics import (
    IDLE,
    MINIMUMS,
    Answer,
    ChoiceTaken,
    Column,
    Discrimination,
    Item,
    ItemStatistics,
    Key,
    Minimums,
    ShareRight,
    TooFew,
    as_bits,
)
from content.statistics import wilson


def analyse(
    items: Mapping[Key, Item], answers: Iterable[Answer[Key]], minimums: Minimums = MINIMUMS
) -> dict[Key, ItemStatistics]:
    """The statistics of each item; of several answers of a person to an item the first counts.

    Raises KeyError for an answer to no item, IndexError for a choice that the item does not have.
    """
    return analyse_columns(items, _columns(items, answers), minimums)


def analyse_columns(
    items: Mapping[Key, Item], columns: Mapping[Key, Column], minimums: Minimums = MINIMUMS
) -> dict[Key, ItemStatistics]:
    """The same of answers that are sorted already, ``columns`` in the order of ``items``."""
    rests = rest_scores(
        [*columns.values()],
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


def _columns(items: Mapping[Key, Item], answers: Iterable[Answer[Key]]) -> dict[Key, Column]:
    people: dict[Hashable, int] = {}
    columns = {key: Column.empty() for key in items}
    answered: set[tuple[int, Key]] = set()
    for answer in answers:
        column = columns[answer.item]
        person = people.setdefault(answer.person, len(people))
        if any(choice >= items[answer.item].choices for choice in answer.chosen):
            raise IndexError(answer.chosen)
        if (person, answer.item) not in answered:
            answered.add((person, answer.item))
            column.add(person, answer.score, as_bits(answer.chosen))
    return columns


class _Related(Struct, frozen=True):
    """The answers of those who have a rest score; ``takers`` are, for each choice, their places."""

    scores: Numbers
    score: Measure
    rest: Measure
    totals: Numbers
    takers: Sequence[Places]

    @classmethod
    def of(cls, item: Item, column: Column, rest: RestScores, needed: int) -> "_Related | TooFew":
        """Theirs, if there are as many people as are needed."""
        if len(rest.places) < needed:
            return TooFew(len(rest.places), needed)
        scores = np.asarray(column.scores, np.float64)[rest.places]
        chosen = np.asarray(column.chosen)[rest.places]
        takers = [np.nonzero(chosen >> choice & 1)[0] for choice in range(item.choices)]
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
    item: Item, column: Column, related: _Related | TooFew, minimums: Minimums
) -> ItemStatistics:
    answers, scores = len(column.scores), np.asarray(column.scores, np.float64)
    right = int((scores == 1).sum())
    share_right: ShareRight | TooFew = TooFew(answers, minimums.share_right)
    if answers >= minimums.share_right:
        share_right = ShareRight(right / answers, wilson(right, answers), float(scores.mean()))
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


def _choices(item: Item, column: Column, related: _Related | TooFew) -> list[ChoiceTaken]:
    chosen = np.asarray(column.chosen)
    taken = [int((chosen >> choice & 1).sum()) for choice in range(item.choices)]
    return [
        ChoiceTaken(
            people,
            people / len(chosen),
            people / len(chosen) < IDLE and choice not in item.key,
            related
            if isinstance(related, TooFew)
            else membership_correlation(related.takers[choice], related.rest),
        )
        for choice, people in enumerate(taken)
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
