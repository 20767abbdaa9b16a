"""An assignment closes: its numbers are final, and its educators are told."""

import asyncio
import secrets
from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.assignments import page_view as views
from bot.features.assignments.count_unnamed import Unnamed, count_unnamed
from bot.features.shared.tell_cohort import tell_all
from bot.services import Services
from storage.assignment_facts import AssignmentClosed
from storage.assignments import Assignment
from storage.cohort_facts import CountsKept
from storage.cohorts import EDUCATOR, OF_ASSIGNMENT
from storage.facts import Fact
from storage.outcome import Outcome, OwedCall


async def close(services: Services, one: Assignment) -> Outcome:
    """All that was handed in is graded: see ``Assignments.to_close``."""
    store, now = services.store, services.clock.now()
    closed: tuple[Fact, ...] = (AssignmentClosed(one.id, now),)
    cohort = await store.cohorts.get(one.cohort_id)
    if cohort is None:
        return Outcome(closed)
    people = await store.cohorts.people(cohort.id)
    unnamed = {each.person_id for each in people if not (each.teaches or each.named)}
    results = await store.cohort_results.of_assignment(one.id)
    answers = await store.assignments.answers(one.id)
    cases = await store.assignments.cases(one.id)
    of_them = Unnamed(unnamed, results, answers)
    # Of thousands of answers it takes long enough for others to notice.
    count = await asyncio.to_thread(count_unnamed, of_them, cases, _by_chance)
    counted = CountsKept(one.cohort_id, OF_ASSIGNMENT, one.id, count.to_json(), now)

    def told(chat_id: int, words: Words) -> OwedCall:
        return views.closed(chat_id, one, cohort, words)

    calls = await tell_all(services, cohort.id, EDUCATOR, told)
    return Outcome((*closed, counted), calls)


def _by_chance(people: Sequence[int]) -> int:
    return secrets.choice(people)
