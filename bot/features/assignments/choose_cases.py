"""Which cases an assignment takes: by topic, by code, those an educator saved, or the weakest."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from bot.features.assignments.assignment_draft import MOST_CASES, WEAKEST, AssignmentDraft, What
from bot.features.assignments.count_unnamed import UnnamedCount
from bot.services import Services
from content.disclosure import FEWEST, shareable
from content.library import Library
from content.model import Case
from content.revision import revision_of
from storage.cohorts import OF_ASSIGNMENT
from storage.tallying import Tally


async def fitting(services: Services, person_id: int, draft: AssignmentDraft) -> list[Case]:
    """The cases that a draft speaks of, of which so many are taken as it says."""
    library = services.library
    match draft.what:
        case What.TOPIC if draft.topic:
            return list(library.on_topic(draft.topic))
        case What.TOPIC:
            return list(library.cases.values())
        case What.CODES:
            return [library.cases[one] for one in draft.cases if one in library.cases]
        case What.SAVED:
            saved = await services.store.people.saved(person_id)
            return [library.cases[one] for one in saved if one in library.cases]
        case What.WEAKEST:
            return await _weakest(services, draft.cohort_id)


async def take(
    services: Services, person_id: int, draft: AssignmentDraft, number: int
) -> list[Case]:
    """Those that an assignment of this number takes: what the cohort never had goes first."""
    cases = await fitting(services, person_id, draft)
    if draft.what in {What.CODES, What.WEAKEST}:
        return cases
    had = await services.store.assignments.assigned_before(draft.cohort_id)

    def place(case: Case) -> tuple[bool, bytes]:
        own = hashlib.sha256(f"{number}:{case.id}".encode()).digest()
        return case.id in had, own

    return sorted(cases, key=place)[: draft.size]


def named_cases(text: str, library: Library) -> tuple[list[Case], list[str]]:
    """The cases that a text names by codes or ids, and the words of it that name none."""
    words = text.replace(",", " ").replace(";", " ").split()
    found = {word: library.find(word) for word in words}
    cases = {case.id: case for case in found.values() if case is not None}
    return list(cases.values())[:MOST_CASES], [word for word, case in found.items() if not case]


async def _weakest(services: Services, cohort_id: int) -> list[Case]:
    """What the cohort knew least, as far as its numbers may be told; then what everybody did."""
    shares = await _of_cohort(services, cohort_id)
    library = services.library
    own = sorted((one for one in shares if one in library.cases), key=lambda one: shares[one])
    ids = own[:WEAKEST]
    if len(ids) < WEAKEST:
        ids += (await _of_library(services, ids))[: WEAKEST - len(ids)]
    return [library.cases[one] for one in ids]


async def _of_cohort(services: Services, cohort_id: int) -> dict[str, float]:
    """The share right of each case of closed assignments that enough people did."""
    sums = defaultdict[tuple[int, str, int], Counter[str]](Counter)
    named = await services.store.cohort_results.right_of_named(cohort_id)
    for which, (right, answers) in named.items():
        sums[which].update(right=right, answers=answers)
    kept = await services.store.cohorts.counts(cohort_id, OF_ASSIGNMENT)
    for number, document in kept.items():
        unnamed = UnnamedCount.from_json(document)
        for question in unnamed.questions:
            which = (number, question.case_id, question.position)
            sums[which].update(right=question.right, answers=unnamed.people)
    cases = defaultdict[str, Counter[str]](Counter)
    for (_, case_id, _), counts in sums.items():
        if shareable(counts["answers"], closed=True):
            cases[case_id].update(counts)
    return {case_id: counts["right"] / counts["answers"] for case_id, counts in cases.items()}


async def _of_library(services: Services, without: Collection[str]) -> list[str]:
    """Cases by how seldom they were answered right by all people, as far as that may be told."""
    cases = [case for case in services.library.cases.values() if case.id not in without]
    revisions = {
        case.id: [
            revision_of(services.library.snapshot(case), n) for n in range(len(case.questions))
        ]
        for case in cases
    }
    wanted = {(0, revision) for each in revisions.values() for revision in each}
    tallies = (await services.store.votes.past(wanted)).tallies
    shares = {
        case.id: share
        for case in cases
        if (share := _share(case, [tallies[one].shown for one in revisions[case.id]])) is not None
    }
    return sorted(shares, key=lambda one: (shares[one], one))


def _share(case: Case, tallies: Iterable[Tally]) -> float | None:
    """How large a part of the right choices was taken, over all questions; None: too few know."""
    shares = [
        sum(tally.choices.get(place, 0) for place in question.correct)
        / (tally.answers * len(question.correct))
        for question, tally in zip(case.questions, tallies, strict=True)
        if tally.answers >= FEWEST
    ]
    return sum(shares) / len(shares) if shares else None
