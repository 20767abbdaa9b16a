"""What a cohort came to, against the same counted one by one."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest
from msgspec import Struct

from storage.assignment_facts import (
    AssignedCaseDropped,
    AssignedTo,
    AssignmentClosed,
    AssignmentMade,
    AssignmentOpened,
    CaseAssigned,
)
from storage.cohort_facts import CohortJoined, CohortLeft, CohortMade
from storage.cohort_results import CohortReport
from storage.facts import CasePosted, Fact, SnapshotTaken
from storage.sitting_facts import ItemAdded, SittingBegun, SittingHandedIn
from storage.store import Store
from storage.time_units import DAY_MS, HOUR_MS
from tests.storage.samples import NOW, answered, record

CASES = ("lumps", "murmur", "rash")
DUE, CLOSES = NOW + 7 * DAY_MS, NOW + 14 * DAY_MS


class Member(Struct, frozen=True):
    """Somebody of the cohort, and what they do in each assignment: hour after the start, right."""

    person_id: int
    named: bool
    joined_at: int
    begins: tuple[bool, ...]
    answers: tuple[tuple[tuple[int, bool] | None, ...], ...]


class Work(Struct, frozen=True):
    """An assignment: of how many cases, and which of them was dropped."""

    number: int
    mode: str
    late: bool
    dropped: str | None
    closed: bool


def world(seed: int) -> tuple[list[Work], list[Member]]:
    """Some assignments and members, by chance."""
    chance = random.Random(seed)
    works = [
        Work(
            number,
            chance.choice(["study", "exam"]),
            chance.random() < 0.5,
            chance.choice([None, *CASES]),
            chance.random() < 0.7,
        )
        for number in range(1, 4)
    ]
    members = [
        Member(
            1000 + n,
            chance.random() < 0.7,
            NOW - DAY_MS if chance.random() < 0.8 else CLOSES + DAY_MS,
            tuple(chance.random() < 0.8 for _ in works),
            tuple(
                tuple(
                    (chance.randrange(1, 16 * 24), chance.random() < 0.6)
                    if chance.random() < 0.85
                    else None
                    for _ in CASES
                )
                for _ in works
            ),
        )
        for n in range(12)
    ]
    return works, members


def facts(works: list[Work], members: list[Member]) -> Iterator[list[Fact]]:
    """The same as it would have been recorded, commit after commit."""
    yield [CohortMade(1, "Interns", "UTC", NOW), SnapshotTaken("digest", "{}", NOW)]
    yield [
        CohortJoined(1, one.person_id, "member", "x", None, one.named, 1, one.joined_at)
        for one in members
    ]
    post_id = sitting_id = 0
    for work in works:
        made = AssignmentMade(
            work.number, 1, 9, "T", work.mode, "at_once", work.late, NOW, NOW, DUE, CLOSES
        )
        cases = [CaseAssigned(work.number, n, case, "digest") for n, case in enumerate(CASES)]
        yield [made, *cases, AssignmentOpened(work.number, NOW)]
        for one in members:
            yield [AssignedTo(work.number, one.person_id, DUE, None)]
            if not one.begins[work.number - 1]:
                continue
            sitting_id += 1
            begun = SittingBegun(
                sitting_id, one.person_id, work.mode, "{}", NOW, assignment_id=work.number
            )
            yield [begun]
            for place, case in enumerate(CASES):
                post_id += 1
                yield [
                    CasePosted(post_id, one.person_id, one.person_id, case, "digest", NOW),
                    ItemAdded(sitting_id, place, post_id, 0, (0, 1)),
                ]
                answer = one.answers[work.number - 1][place]
                if answer is None:
                    continue
                hour, right = answer
                yield [
                    answered(
                        one.person_id,
                        post_id,
                        case_id=case,
                        choices=(0,) if right else (1 + hour % 3,),
                        verdict="correct" if right else "wrong",
                        answered_at=NOW + hour * HOUR_MS,
                    )
                ]
            if work.mode == "exam":
                yield [SittingHandedIn(sitting_id, NOW + 3 * DAY_MS, 1.0)]
            else:
                yield [SittingHandedIn(sitting_id, CLOSES, 1.0)]
        if work.dropped:
            yield [AssignedCaseDropped(work.number, work.dropped, NOW)]
        if work.closed:
            yield [AssignmentClosed(work.number, CLOSES)]


def counted(work: Work, one: Member) -> dict[str, tuple[int, bool]]:
    """A member's answers that count, by case."""
    limit = CLOSES if work.late else DUE
    return {
        case: answer
        for case, answer in zip(CASES, one.answers[work.number - 1], strict=True)
        if answer is not None
        and case != work.dropped
        and (work.mode == "exam" or NOW + answer[0] * HOUR_MS <= limit)
    }


def finished(work: Work, one: Member) -> bool:
    """Whether a member is done with it."""
    if not one.begins[work.number - 1]:
        return False
    left = [case for case in CASES if case != work.dropped]
    return work.mode == "exam" or set(counted(work, one)) == set(left)


@pytest.mark.parametrize("seed", range(8))
async def test_numbers_are_those_that_one_counts(store: Store, seed: int) -> None:
    """Every member's and every question's numbers, whatever came late, was dropped or left open."""
    works, members = world(seed)
    for commit in facts(works, members):
        await record(store, *commit)
    results = await store.cohort_results.of(1, NOW, NOW + 7 * DAY_MS)
    by_key = {(row.assignment_id, row.person_id): row for row in results.members}
    assert len(by_key) == len(works) * len(members)
    for work in works:
        for one in members:
            row = by_key[work.number, one.person_id]
            begun = one.begins[work.number - 1]
            theirs = counted(work, one) if begun else {}
            assert row.answered == len(theirs)
            assert row.right == sum(right for _, right in theirs.values())
            assert (row.finished_at is not None) == finished(work, one)
            assert (row.begun_at is not None) == begun
            assert row.last_at == max(
                (NOW + hour * HOUR_MS for hour, _ in theirs.values()), default=None
            )
    expected_active = {
        one.person_id
        for work in works
        for one in members
        if one.begins[work.number - 1]
        and any(
            answer is not None and NOW + answer[0] * HOUR_MS < NOW + 7 * DAY_MS
            for answer in one.answers[work.number - 1]
        )
    }
    assert results.active == expected_active
    check_questions(results, works, members)


def check_questions(results: CohortReport, works: list[Work], members: list[Member]) -> None:
    """Each question of a closed assignment, of named members who had joined and finished."""
    expected: dict[tuple[int, str, int], tuple[int, Counter[int]]] = {}
    for work in works:
        for one in members:
            if not (work.closed and one.named and one.joined_at < CLOSES and finished(work, one)):
                continue
            for case, (hour, right) in counted(work, one).items():
                before, choices = expected.get((work.number, case, 0), (0, Counter()))
                choice = 0 if right else 1 + hour % 3
                expected[work.number, case, 0] = (before + right, choices + Counter([choice]))
    found = {key: (one.right, Counter(one.choices)) for key, one in results.questions.items()}
    assert found == expected


async def test_whoever_leaves_is_in_no_number(store: Store) -> None:
    """Their rows go with them at once; the others' stay."""
    works, members = world(3)
    for commit in facts(works, members):
        await record(store, *commit)
    gone = next(one for one in members if one.named)
    await record(store, CohortLeft(1, gone.person_id))
    results = await store.cohort_results.of(1, NOW, NOW + DAY_MS)
    assert gone.person_id not in {row.person_id for row in results.members}
    check_questions(results, works, [one for one in members if one is not gone])


async def test_an_empty_cohort_has_no_numbers(store: Store) -> None:
    """Nothing, rather than an error."""
    assert await store.cohort_results.of(1, NOW, NOW + DAY_MS) == CohortReport([], {}, frozenset())
