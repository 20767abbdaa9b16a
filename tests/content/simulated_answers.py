"""Made-up people who answer made-up items, the same for the same dice."""

from collections.abc import Iterator, Sequence
from math import exp
from random import Random

from msgspec import Struct

from content.item_statistics import Answer, Item


class SimulatedItem(Struct, frozen=True):
    """Each choice's pull on everybody, and how much more it pulls those who know more.

    R. D. Bock's nominal model, Psychometrika 1972;37:29-51. The first choice is the truth.
    """

    pulls: Sequence[float]
    slopes: Sequence[float]

    def chosen(self, ability: float, dice: Random) -> int:
        """What somebody takes."""
        weights = [
            exp(pull + slope * ability) for pull, slope in zip(self.pulls, self.slopes, strict=True)
        ]
        return dice.choices(range(len(weights)), weights)[0]


def sound_item(dice: Random) -> SimulatedItem:
    """Three to five choices; right for a third to nine tenths of people of middling knowledge."""
    choices = dice.randint(3, 5)
    ease = dice.uniform(0.0, 2.5)
    return SimulatedItem(
        [ease, *(dice.uniform(-1.5, 0.0) for _ in range(1, choices))],
        [dice.uniform(0.6, 1.6), *(dice.uniform(-0.3, 0.3) for _ in range(1, choices))],
    )


def answers_to(
    items: Sequence[SimulatedItem],
    keys: Sequence[int],
    people: int,
    dice: Random,
    answered: float = 1.0,
) -> tuple[dict[int, Item], list[Answer[int]]]:
    """The items with these keys, and what people answer, each a part of them by chance."""
    known = {
        number: Item(len(item.pulls), frozenset({key}))
        for number, (item, key) in enumerate(zip(items, keys, strict=True))
    }
    return known, list(_answers(items, keys, people, dice, answered))


def _answers(
    items: Sequence[SimulatedItem], keys: Sequence[int], people: int, dice: Random, answered: float
) -> Iterator[Answer[int]]:
    for person in range(people):
        ability = dice.gauss(0, 1)
        for number, (item, key) in enumerate(zip(items, keys, strict=True)):
            if dice.random() < answered:
                chosen = item.chosen(ability, dice)
                yield Answer(person, number, float(chosen == key), (chosen,))
