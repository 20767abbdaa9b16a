"""Learners as they may be: two truths of what is remembered, none of them known to what asks.

Their parameters were set before anything that chooses repeats had been run against them. Under
``Traces`` each meeting leaves a trace that fades by a power of time, the faster the stronger the
memory was then (ACT-R's base-level learning, with Pavlik and Anderson's decay); a picture is
remembered for itself, and what is answered from it leaves little of the matter. Under ``Fsrs`` a
memory is what FSRS-6 says, by parameters of the learner's own; pictures count for nothing.
"""

import math
import random
from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

OBJECTIVES = 60
CHANCE = 0.25  # of a guess among four choices, for who holds nothing else to be true
MISCONCEIVED = 0.15  # the share of objectives of which a learner holds something wrong to be true
SPEAKS = 0.6  # the share of answers of which it is said how sure they are
# How sure: certain, fairly, and guess for the rest.
SURE_BY_PICTURE = (0.6, 0.4)
SURE_OF_KNOWN = (0.45, 0.45)
SURE_OF_MISCONCEIVED = (0.6, 0.35)
SURE_OF_GUESS = (0.05, 0.35)

# Traces: strength = background + the sum of weight * (1 + days)^-decay; known with the probability
# logistic((ln strength - THRESHOLD) / NOISE).
BACKGROUND = -1.4  # ln of what was known before; then how learners, objectives, and both differ
BACKGROUND_DIFFERS = (0.35, 0.4, 0.6)
THRESHOLD = -0.8
NOISE = 0.4
DECAY = 0.25  # of a first trace; +-20 % by learner
DECAY_BY_STRENGTH = 0.25
WEIGHT_BY_PICTURE = 0.4  # of a trace of what was answered from the picture; of others 1
PICTURE_DECAY = 0.2
PICTURE_THRESHOLD = -0.8

# Fsrs: default parameters, each +-20 % by learner; known before with the probability
# logistic(PRIOR + ...).
PRIOR = -1.0
PRIOR_DIFFERS = (0.7, 0.8, 1.0)
PARAMETERS_DIFFER = 0.2
DEFAULTS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
_DRAWS = 4  # of each answer: known, by the picture, guessed, how sure
_ease = random.Random("objectives")
_EASE = [_ease.gauss(0, 1) for _ in range(OBJECTIVES)]


class Memory(Protocol):
    """What one learner has of one objective; ``at`` is in days."""

    def known(self, at: float) -> float:
        """The probability that the matter is known, whatever it is asked by."""

    def seen_before(self, wording: int, at: float) -> float:
        """The probability that the very same picture gives the answer."""

    def met(self, wording: int, at: float, *, knew: bool, by_picture: bool) -> None:
        """It was asked, and its explanation was read."""


class Answer(Struct, frozen=True):
    """What a learner said: whether it was right, and how sure they said they were."""

    right: bool
    confidence: str | None


class TraceMemory:
    """Fading traces of the matter, and of each picture."""

    def __init__(self, background: float, decay: float) -> None:
        self._background = background
        self._decay = decay
        self._traces: list[tuple[float, float, float]] = []
        self._pictures: dict[int, list[float]] = {}

    def known(self, at: float) -> float:
        """By the strength of all traces."""
        return _logistic((math.log(self._strength(at)) - THRESHOLD) / NOISE)

    def seen_before(self, wording: int, at: float) -> float:
        """By the times at which this picture was shown."""
        shown = self._pictures.get(wording)
        if not shown:
            return 0.0
        strength = sum((1 + at - then) ** -PICTURE_DECAY for then in shown)
        return _logistic((math.log(strength) - PICTURE_THRESHOLD) / NOISE)

    def met(self, wording: int, at: float, *, knew: bool, by_picture: bool) -> None:
        """A trace more, which fades the faster the more there was."""
        decay = self._decay + DECAY_BY_STRENGTH * self._strength(at)
        self._traces.append((WEIGHT_BY_PICTURE if by_picture else 1.0, at, decay))
        self._pictures.setdefault(wording, []).append(at)

    def _strength(self, at: float) -> float:
        traces = (weight * (1 + at - then) ** -decay for weight, then, decay in self._traces)
        return self._background + float(sum(traces))


class FsrsMemory:
    """FSRS-6, written out: stability and difficulty."""

    def __init__(self, prior: float, w: Sequence[float]) -> None:
        self._prior = prior
        self._w = w
        self._factor = 0.9 ** (-1 / w[20]) - 1
        self._stability = 0.0
        self._difficulty = 0.0
        self._at: float | None = None

    def known(self, at: float) -> float:
        """The forgetting curve; before the first meeting, what was known anyhow."""
        if self._at is None:
            return self._prior
        return float((1 + self._factor * (at - self._at) / self._stability) ** -self._w[20])

    def seen_before(self, wording: int, at: float) -> float:
        """FSRS knows no pictures."""
        return 0.0

    def met(self, wording: int, at: float, *, knew: bool, by_picture: bool) -> None:
        """Good if it was known, else Again."""
        w, grade = self._w, 3 if knew else 1
        if self._at is None:
            self._stability = w[grade - 1]
            self._difficulty = _within(self._first(grade))
        else:
            self._stability = min(36_500.0, max(0.001, self._next(self.known(at), knew=knew)))
            damped = self._difficulty - w[6] * (grade - 3) * (10 - self._difficulty) / 9
            self._difficulty = _within(w[7] * self._first(4) + (1 - w[7]) * damped)
        self._at = at

    def _first(self, grade: int) -> float:
        return self._w[4] - math.exp(self._w[5] * (grade - 1)) + 1

    def _next(self, kept: float, *, knew: bool) -> float:
        w, stability, difficulty = self._w, self._stability, self._difficulty
        if knew:
            growth = math.exp(w[8]) * (11 - difficulty) * stability ** -w[9]
            return float(stability * (1 + growth * (math.exp((1 - kept) * w[10]) - 1)))
        lapsed = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
        lapsed *= math.exp((1 - kept) * w[14])
        return float(min(lapsed, stability / math.exp(w[17] * w[18])))


class Learner:
    """Somebody with what they know at first, and the luck of each answer, whatever asks them."""

    def __init__(self, number: int) -> None:
        dice = self._dice = random.Random(f"learner {number}")
        self.number = number
        ability = dice.gauss(0, 1)
        self._decay = DECAY * dice.uniform(0.8, 1.2)
        least, most = 1 - PARAMETERS_DIFFER, 1 + PARAMETERS_DIFFER
        self._w = [each * dice.uniform(least, most) for each in DEFAULTS]
        own = [dice.gauss(0, 1) for _ in range(OBJECTIVES)]
        self._differs = [(ability, ease, mine) for ease, mine in zip(_EASE, own, strict=True)]
        self.misconceives = [dice.random() < MISCONCEIVED for _ in range(OBJECTIVES)]
        self._luck: dict[tuple[int, int], list[float]] = {}

    def traces(self) -> list[Memory]:
        """Their memory at the start, under one truth."""
        return [
            TraceMemory(math.exp(BACKGROUND + _weighed(BACKGROUND_DIFFERS, each)), self._decay)
            for each in self._differs
        ]

    def fsrs(self) -> list[Memory]:
        """Their memory at the start, under the other."""
        return [
            FsrsMemory(_logistic(PRIOR + _weighed(PRIOR_DIFFERS, each)), self._w)
            for each in self._differs
        ]

    def answer(self, memory: Memory, objective: int, nth: int, wording: int, at: float) -> Answer:
        """What they say when they meet an objective for the ``nth`` time; it is remembered."""
        known, picture, guess, sure = self._drawn(objective, nth)
        knew = known < memory.known(at)
        by_picture = picture < memory.seen_before(wording, at)
        misconceived = self.misconceives[objective]
        right = knew or by_picture or (guess < CHANCE and not misconceived)
        if by_picture:
            shares = SURE_BY_PICTURE
        elif knew:
            shares = SURE_OF_KNOWN
        else:
            shares = SURE_OF_MISCONCEIVED if misconceived else SURE_OF_GUESS
        memory.met(wording, at, knew=knew, by_picture=by_picture)
        return Answer(right, _said(sure, shares))

    def right_when_new(self, memory: Memory, objective: int, at: float) -> float:
        """The probability that they answer a variant right which they have not met."""
        known = memory.known(at)
        return known + (1 - known) * (0 if self.misconceives[objective] else CHANCE)

    def _drawn(self, objective: int, nth: int) -> list[float]:
        key = objective, nth
        if key not in self._luck:
            dice = random.Random(f"learner {self.number} {objective} {nth}")
            self._luck[key] = [dice.random() for _ in range(_DRAWS)]
        return self._luck[key]


def _said(sure: float, shares: tuple[float, float]) -> str | None:
    """How sure they say they are, if they say it."""
    if sure >= SPEAKS:
        return None
    share = sure / SPEAKS
    if share < shares[0]:
        return "certain"
    return "fairly" if share < sum(shares) else "guess"


def _weighed(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(weight * value for weight, value in zip(weights, values, strict=True))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _within(difficulty: float) -> float:
    return min(10.0, max(1.0, difficulty))
