"""How long it takes to choose a review, for somebody who has met very much."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.base.time_units import DAY_MS
from bot.features.cards.up_to_date import cards_of
from bot.features.practice.send_review import due_review
from bot.services import Services
from content.library import load_library
from storage.facts import AnswerGiven, Fact
from storage.outcome import Outcome
from storage.store import Store
from tests.bench.report import Measurement, Section, at_most, middle
from tests.storage.samples import ADA, NOW
from tests.support.crowd import write_cases
from tests.support.services import commit, services_at

CASES = 2_500  # of two questions each
REPEATS = 15
BOUND_MS = 20.0  # ms

TOLD = f"""\
A learner has answered {2 * CASES:,} questions of {CASES:,} cases once, all of which are due for
review. *Chosen*: what `/review` looks up before it writes its question. *Folded anew*: the same
after the library has changed, when every answer is gone through again. {REPEATS} times; medians."""


async def measure(folder: Path) -> Section:
    """How long a review's choice takes."""
    library = load_library(write_cases(folder / "many", CASES))
    store = await Store.open(folder / "reviewing.db", NOW)
    try:
        services = services_at(NOW, store, library)
        await _answer_all(services)
        anew = await _usual(lambda: cards_of(services, ADA))
        await commit(services, Outcome((await cards_of(services, ADA)).facts))
        chosen = await _usual(lambda: _choose(services))
    finally:
        await store.close()
    measurements = [
        at_most(f"a review chosen from {2 * CASES:,} cards", chosen, BOUND_MS, " ms"),
        Measurement("all answers folded anew", f"{anew:.0f} ms"),
    ]
    return Section(f"A review from {2 * CASES:,} cards", TOLD, measurements)


async def _choose(services: Services) -> object:
    found = await due_review(services, await cards_of(services, ADA))
    if found is None:
        raise AssertionError("nothing is due")
    return found


async def _answer_all(services: Services) -> None:
    at = NOW - 30 * DAY_MS
    facts: list[Fact] = [
        AnswerGiven(
            *(ADA, None, position, case.id, question.id, f"{case.id}{position}"),
            *((1,), "wrong" if position else "correct", 0.0 if position else 1.0, True, at, None),
        )
        for case in services.library.cases.values()
        for position, question in enumerate(case.questions)
    ]
    await commit(services, Outcome(tuple(facts)))


async def _usual(work: Callable[[], Awaitable[object]]) -> float:
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        await work()
        times.append((time.perf_counter() - began) * 1000)
    return middle(times)
