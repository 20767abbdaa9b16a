"""What may choose a learner's repeats: ours, and what it is held against."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct

from bot.base.time_units import DAY_MS
from bot.features.cards.card import CardState, Given, folded
from bot.features.cards.up_to_date import most_urgent_first
from bot.features.practice.choose_review import choose_wording, name_of
from content.model import Case
from content.objectives import Wording
from storage.practice import DueCard
from tests.bench.simulated_learners import OBJECTIVES, Answer
from tests.content.samples import case, question_data

START = 1_780_000_000_000
FIXED = (1, 7, 30)
ABFM_REPEATS = 2
ABFM_APART = 30
KERFOOT_WRONG = 21
KERFOOT_RIGHT = 42
VARIANTS = 2

Chosen = tuple[int, int]
"""An objective and one of its wordings, by their places."""


class Rule(Protocol):
    """Chooses a learner's repeats by what it was told; ``at`` is in days."""

    def told(self, objective: int, wording: int, answer: Answer, at: float) -> None:
        """A new case or a repeat was answered."""

    def repeat(self, at: float) -> Chosen | None:
        """What is asked again now, if anything."""


class Met(Struct):
    """An objective as the simpler rules know it."""

    first: Answer
    last: Answer
    at: float
    times: int
    wordings: dict[int, float]
    right_in_a_row: int


class Nothing:
    """No repeats. The simpler rules begin here: all ask the wording that was met longest ago."""

    def __init__(self, learner: int, cases: Sequence[Case]) -> None:
        self._learner = learner
        self._wordings = range(len(wordings_of(cases[0])))
        self._met: dict[int, Met] = {}

    def told(self, objective: int, wording: int, answer: Answer, at: float) -> None:
        """Keep it."""
        met = self._met.get(objective)
        if met is None:
            met = self._met[objective] = Met(answer, answer, at, 0, {}, 0)
        met.last, met.at, met.times = answer, at, met.times + 1
        met.wordings[wording] = at
        met.right_in_a_row = met.right_in_a_row + 1 if answer.right else 0

    def repeat(self, at: float) -> Chosen | None:
        """The first of what is to be repeated."""
        found = min(self.places(at), default=None)
        if found is None:
            return None
        _, objective = found
        met = self._met[objective].wordings
        return objective, min(self._wordings, key=lambda each: met.get(each, -1.0))

    def places(self, at: float) -> Iterable[tuple[tuple[float, ...], int]]:
        """What may be repeated, each with a place: the lowest comes first."""
        return ()


class Fixed(Nothing):
    """1, 7 and 30 days after it was met last, whatever the answers; the longest overdue first."""

    def places(self, at: float) -> Iterable[tuple[tuple[float, ...], int]]:
        """What is due."""
        for objective, met in self._met.items():
            if met.times <= len(FIXED) and (due := met.at + FIXED[met.times - 1]) <= at:
                yield (due,), objective


class Abfm(Nothing):
    """Two repeats, a month apart: by the first answer, wrong and certain first."""

    def places(self, at: float) -> Iterable[tuple[tuple[float, ...], int]]:
        """What was wrong, the surest first; then what was right, the least sure first."""
        for objective, met in self._met.items():
            if met.times <= ABFM_REPEATS and at - met.at >= ABFM_APART:
                sure = {"certain": 2, "guess": 0}.get(met.first.confidence or "", 1)
                yield (met.first.right, sure if met.first.right else -sure, met.at), objective


class Kerfoot(Nothing):
    """Wrong after three weeks, right after six, out after two right in a row."""

    def places(self, at: float) -> Iterable[tuple[tuple[float, ...], int]]:
        """What is due, the longest overdue first."""
        for objective, met in self._met.items():
            due = met.at + (KERFOOT_RIGHT if met.last.right else KERFOOT_WRONG)
            if met.right_in_a_row < 2 and due <= at:
                yield (due,), objective


class NotYetRightOnly(Nothing):
    """What ``choose_case`` repeats: not last answered right, the one met longest ago."""

    def places(self, at: float) -> Iterable[tuple[tuple[float, ...], int]]:
        """No two are met at one time."""
        for objective, met in self._met.items():
            if not met.last.right:
                yield (met.at,), objective


class Ours:
    """The bot's own cards, its order among what is due, and its choice of wordings."""

    def __init__(self, learner: int, cases: Sequence[Case]) -> None:
        self._learner = learner
        self._wordings = [wordings_of(each) for each in cases]
        self._names = [[name_of(each) for each in wordings] for wordings in self._wordings]
        self._objectives = {names[0]: place for place, names in enumerate(self._names)}
        self._cards: dict[int, CardState] = {}
        self._due: dict[int, DueCard] = {}

    def told(self, objective: int, wording: int, answer: Answer, at: float) -> None:
        """Fold it into its card."""
        names = self._names[objective]
        verdict, score = ("correct", 1.0) if answer.right else ("wrong", 0.0)
        given = Given(names[wording], verdict, score, answer.confidence, _ms(at), len(names))
        spread_by = f"{self._learner}:{names[0]}"
        card = folded(self._cards.get(objective), given, spread_by)
        self._cards[objective] = card
        self._due.pop(objective, None)
        if card.due_at is not None:
            memory = card.memory
            self._due[objective] = DueCard(
                names[0], card.due_at, card.urgency, memory.stability, memory.reviewed_at
            )

    def repeat(self, at: float) -> Chosen | None:
        """The most urgent card that is due and can be asked."""
        now = _ms(at)
        due = [card for card in self._due.values() if card.due_at <= now]
        for card in most_urgent_first(due, now):
            objective = self._objectives[card.objective]
            wordings = self._wordings[objective]
            wording = choose_wording(self._cards[objective], wordings, now)
            if wording is not None:
                return objective, wordings.index(wording)
        return None


RULES: Mapping[str, Callable[[int, Sequence[Case]], Rule]] = {
    "none": Nothing,
    "fixed 1-7-30": Fixed,
    "the ABFM trial's": Abfm,
    "Kerfoot's": Kerfoot,
    "not yet right": NotYetRightOnly,
    "ours": Ours,
}


def cases_with(variants: int) -> list[Case]:
    """A case for each objective, each of one question with as many variants."""
    told = [{"id": f"v{n}", "vignette": f"Another patient: {n}."} for n in range(variants)]
    questions = [question_data(variants=told)]
    return [case(id=f"case-{place}", questions=questions) for place in range(OBJECTIVES)]


def wordings_of(each: Case) -> list[Wording]:
    """In which ways a case of one question can be asked."""
    variants = (variant.id for variant in each.questions[0].variants)
    return [Wording(each, 0, None), *(Wording(each, 0, variant) for variant in variants)]


def _ms(at: float) -> int:
    return START + round(at * DAY_MS)
