"""What months of repeats leave behind, by what chooses them; see ``simulated_learners``."""

import random
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from statistics import mean, stdev

from msgspec import Struct

from tests.bench.repeating_rules import RULES, VARIANTS, Rule, cases_with
from tests.bench.report import Measurement, Section
from tests.bench.simulated_learners import OBJECTIVES, Learner, Memory

LEARNERS = 200
TRUTHS = ("traces", "fsrs")
REPEATS_A_WEEK: Mapping[int, tuple[int, ...]] = {1: (2,), 3: (0, 2, 4), 5: (0, 1, 2, 3, 4)}
ATTENDANCE = (1.0, 0.6)
NEW_EVERY = 3  # days, until all are met
LOOKED_AT = (180, 270)
NEW_SECONDS = 90
REPEAT_SECONDS = 60
TODAY = "not yet right"
OURS = "ours"


TOLD = f"""\
{LEARNERS} simulated learners meet {OBJECTIVES} objectives, one in {NEW_EVERY} days, and repeat on
fixed days of the week what a rule chooses, if it has anything; who attends less misses some of
both. *Traces*: each meeting leaves a trace that fades by a power of time, and the picture is
remembered beside it, so that the very same picture is answered from the picture, which teaches
little. *Fsrs*: FSRS-6 with each parameter up to 20 % off, by learner; pictures count for nothing.
Both are in `simulated_learners.py`, which was committed before any rule was run. *Right*: the share
of the objectives met that a variant never seen would find answered right, by the truth's own
probability. *Errors*: standard errors of the differences by learner, who has the same luck by each
rule. A new case takes {NEW_SECONDS} s, and a repeat {REPEAT_SECONDS} s. The rules
(`repeating_rules.py`): none; 1, 7 and 30 days after the last time, whatever the answers; the ABFM
trial's, wrong and certain first, two repeats a month apart; Kerfoot's, wrong after three weeks,
right after six, out after two right in a row; what `/case` repeats, not yet right; ours, which is
the bot's own code. Where there are variants, all rules ask what was met longest ago."""


class Condition(Struct, frozen=True):
    """Under which learners practise."""

    truth: str
    repeats: int
    variants: int
    attendance: float

    def __str__(self) -> str:
        picture = f"{self.variants + 1} wordings" if self.variants else "the same picture"
        return f"{self.truth}, {self.repeats} a week, {picture}, {self.attendance:.0%}"


class Months(Struct, frozen=True):
    """What became of a learner: shares right of variants not met, on each day looked at.

    ``days`` are those on which something was repeated; ``gained`` objectives by the last day.
    """

    right: tuple[float, ...]
    gained: float
    new: int
    days: tuple[int, ...]

    @property
    def hours(self) -> float:
        """What it took."""
        return (self.new * NEW_SECONDS + len(self.days) * REPEAT_SECONDS) / 3600


CONDITIONS = [
    Condition(*each) for each in product(TRUTHS, REPEATS_A_WEEK, (0, VARIANTS), ATTENDANCE)
]


async def measure(folder: Path) -> Section:
    """Let all learners practise under all conditions, by each rule."""
    learners = [Learner(number) for number in range(LEARNERS)]
    found = {condition: by_rule(learners, condition) for condition in CONDITIONS}
    measurements = [*overall(found), *beyond_today(found), *by_condition(found)]
    return Section("Months of repeats, by what chooses them", TOLD, measurements)


Lives = Mapping[str, Sequence[Months]]
"""By rule, one for each learner, always in the same order."""


def by_rule(learners: Sequence[Learner], condition: Condition) -> dict[str, list[Months]]:
    """The same learners by each rule."""
    cases = cases_with(condition.variants)
    return {
        name: [practise(learner, rule(learner.number, cases), condition) for learner in learners]
        for name, rule in RULES.items()
    }


def practise(learner: Learner, rule: Rule, condition: Condition) -> Months:
    """Nine months of one learner: who attends when is the same by any rule."""
    memories = learner.traces() if condition.truth == "traces" else learner.fsrs()
    before = [learner.right_when_new(memory, place, 0) for place, memory in enumerate(memories)]
    dice = random.Random(f"attendance {learner.number}")
    times, new, days, right = [0] * OBJECTIVES, 0, [], []

    def answered(objective: int, wording: int, at: float) -> None:
        nth = times[objective]
        times[objective] += 1
        answer = learner.answer(memories[objective], objective, nth, wording, at)
        rule.told(objective, wording, answer, at)

    for day in range(LOOKED_AT[-1] + 1):
        if day in LOOKED_AT:
            right.append(mean(_shares(learner, memories[:new], day)))
        if day == LOOKED_AT[-1]:
            break
        comes = [dice.random() < condition.attendance for _ in range(2)]
        if day % NEW_EVERY == 0 and comes[0] and day < NEW_EVERY * OBJECTIVES:
            answered(new, 0, day + 0.4)
            new += 1
        if day % 7 in REPEATS_A_WEEK[condition.repeats] and comes[1]:
            chosen = rule.repeat(day + 0.6)
            if chosen is not None:
                answered(*chosen, day + 0.6)
                days.append(day)
    gained = sum(_shares(learner, memories[:new], LOOKED_AT[-1])) - sum(before[:new])
    return Months(tuple(right), gained, new, tuple(days))


def _shares(learner: Learner, memories: Sequence[Memory], day: float) -> list[float]:
    return [learner.right_when_new(memory, place, day) for place, memory in enumerate(memories)]


class Difference(Struct, frozen=True):
    """Ours less another rule, by the same learners; ``errors``: in standard errors."""

    mean: float
    errors: float

    @classmethod
    def of(cls, ours: Sequence[float], other: Sequence[float]) -> "Difference":
        """Of measurements that belong together in their order."""
        by_learner = [mine - its for mine, its in zip(ours, other, strict=True)]
        middle, error = mean(by_learner), stdev(by_learner) / len(by_learner) ** 0.5
        return cls(middle, middle / error if error else 0.0)

    def __str__(self) -> str:
        return f"{self.mean:+.3f} ({self.errors:+.1f} errors)"


Found = Mapping[Condition, Lives]


def _right(found: Found, rule: str, conditions: Sequence[Condition]) -> list[float]:
    """Each learner's share right, over conditions and days."""
    by_learner = zip(*(found[condition][rule] for condition in conditions), strict=True)
    return [mean(share for months in lives for share in months.right) for lives in by_learner]


def _differs(found: Found, rule: str, conditions: Sequence[Condition]) -> Difference:
    return Difference.of(_right(found, OURS, conditions), _right(found, rule, conditions))


def overall(found: Found) -> list[Measurement]:
    """Each rule, and ours less each other."""
    measurements = [Measurement(f"all conditions: {rule}", _told_of(found, rule)) for rule in RULES]
    for rule in others():
        differs = _differs(found, rule, list(found))
        what = f"ours less {rule}: mean over conditions"
        measurements.append(
            Measurement(what, str(differs), "at least -2 errors", differs.errors >= -2)
        )
        days = ((condition, day) for condition in found for day in range(len(LOOKED_AT)))
        worst, where = min(
            ((_on_day(found[condition], rule, day), (condition, day)) for condition, day in days),
            key=lambda each: each[0].errors,
        )
        what = f"ours less {rule}: where it is lowest ({where[0]}, day {LOOKED_AT[where[1]]})"
        measurements.append(Measurement(what, str(worst), "at least -4 errors", worst.errors >= -4))
    return measurements


def others() -> list[str]:
    """The rules that ours is held against."""
    return [rule for rule in RULES if rule != OURS]


def _on_day(lives: Lives, rule: str, day: int) -> Difference:
    ours, other = ([months.right[day] for months in lives[each]] for each in (OURS, rule))
    return Difference.of(ours, other)


def _told_of(found: Found, rule: str) -> str:
    months = [each for lives in found.values() for each in lives[rule]]
    early, late = (mean(each.right[day] for each in months) for day in range(len(LOOKED_AT)))
    gained = mean(each.gained / each.hours for each in months)
    repeats = mean(len(each.days) for each in months)
    return (
        f"right {early:.3f} on day {LOOKED_AT[0]}, {late:.3f} on day {LOOKED_AT[1]};"
        f" {gained / 60:.3f} objectives gained a minute; {repeats:.0f} repeats"
    )


def beyond_today(found: Found) -> list[Measurement]:
    """Ours less today's repeat, where there is but one picture."""
    measurements = []
    for repeats in (3, 5):
        conditions = [each for each in found if each.repeats == repeats and not each.variants]
        differs = _differs(found, TODAY, conditions)
        what = f"ours less {TODAY}: {repeats} a week, the same picture"
        measurements.append(Measurement(what, str(differs), "at least +0.02", differs.mean >= 0.02))
        for truth in TRUTHS:
            of_one = [each for each in conditions if each.truth == truth]
            measurements.append(
                Measurement(f"{what}, {truth}", str(_differs(found, TODAY, of_one)))
            )
    return measurements


def by_condition(found: Found) -> list[Measurement]:
    """What was right on the last day, by each rule."""
    return [
        Measurement(
            f"{condition}: right on day {LOOKED_AT[-1]}, by the rules in their order above",
            " / ".join(f"{mean(each.right[-1] for each in lives[rule]):.3f}" for rule in RULES),
        )
        for condition, lives in found.items()
    ]
