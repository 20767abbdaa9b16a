"""Statistical disclosure control: figures about people that tell on nobody.

The rules are the field's: a minimum frequency, and top and bottom coding (A. Hundepool et al.,
Statistical Disclosure Control, Wiley 2012; for education: National Center for Education Statistics,
SLDS Technical Brief 3, 2011). Pure.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum
from typing import TypeVar

FEWEST = 5
"""People; of fewer nothing is told but how many they are."""

STEP = FEWEST
"""Answers after which what is told of an open question follows."""

EXACT = 20
"""People; of fewer it is not told in figures that nobody did something, or everybody."""

CODED = 0.05
"""How far from the ends of the scale such shares are said to lie at most: "< 5 %", "> 95 %"."""

Person = TypeVar("Person")


class End(Enum):
    """A share of which no more is told than that it lies at this end."""

    LOW = CODED
    HIGH = 1 - CODED


Told = float | End
"""A share of one as it may be told."""


def shareable(people: int, *, closed: bool) -> int:
    """Of so many people's answers to a question, first to last, how many may be shown by choice.

    The rest is a count. While the question is open, what is shown changes only after so many more
    that nobody learns a single person's answer from the change.
    """
    if closed:
        return people if people >= FEWEST else 0
    return people - people % STEP


def coded(share: float, people: int) -> Told:
    """A share of one as it may be told.

    ``people`` is how many stand behind it; of a sum over several questions, or several times of
    one, the fewest that stand behind any of them, since an end of the sum is an end of each.
    """
    if people < EXACT and share in {0, 1}:
        return End.HIGH if share else End.LOW
    return share


def commonest_wrong(counts: Mapping[int, int], key: Collection[int], wrong: int) -> int | None:
    """The place of the wrong choice that was taken most, where it may be named and is one.

    ``counts`` maps a choice's place to how many took it; ``wrong`` is how many people surely
    answered wrong: of a total that was ``clipped``, one fewer than it leaves.
    """
    if wrong < FEWEST:
        return None
    taken = {place: n for place, n in counts.items() if place not in key and n}
    most = [place for place, n in taken.items() if n == max(taken.values())]
    return most[0] if len(most) == 1 else None


def unnamed_in(
    finished: Sequence[Person], unnamed: int, choose: Callable[[Sequence[Person]], Person]
) -> Sequence[Person]:
    """Whose answers the one aggregate over unnamed members holds: of all questions the same people.

    ``finished`` are those of the ``unnamed`` members who handed in. Never are all unnamed members
    in it, so that nobody's answers are surely among them: where all finished, ``choose`` (at
    random) says who is left out. Nobody is in it where fewer than ``FEWEST`` would be.
    """
    taken = finished
    if finished and len(finished) >= unnamed:
        left_out = choose(finished)
        taken = [one for one in finished if one != left_out]
    return taken if len(taken) >= FEWEST else ()


def clipped(right: int, people: int) -> int:
    """How many of the people of that aggregate are said to have been right: never none, nor all.

    Of counts by choice only those of wrong choices may stand beside it: the others would tell it.
    """
    return min(max(right, 1), people - 1)
