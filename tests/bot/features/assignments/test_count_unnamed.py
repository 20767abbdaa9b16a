"""What is kept of members without a name: one count, over the same people, or none."""

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.features.assignments.count_unnamed import Unnamed, UnnamedCount, count_unnamed
from storage.assignments import AssignedAnswer, AssignedCase
from storage.cohort_results import MemberResult
from tests.support.services import made_cases

LIBRARY = made_cases()
CASES = [
    AssignedCase(n, case.id, LIBRARY.snapshot(case).to_json(), 1 if n == 2 else None)
    for n, case in enumerate(list(LIBRARY.cases.values())[:3])
]
DUE = 100


def first(people: Sequence[int]) -> int:
    """Who is left out where somebody is."""
    return people[0]


def person(number: int, finished_at: int | None = DUE) -> MemberResult:
    """Somebody who has it to do."""
    return MemberResult(1, number, DUE, 1, 4, 4, 0, 5, finished_at)


def answers_of(number: int, *, right: bool) -> list[AssignedAnswer]:
    """All questions, those of the case that was taken out too."""
    return [
        AssignedAnswer(
            *(number, case.case_id, position, (1,) if right else (0,)),
            *("correct" if right else "wrong", 5),
        )
        for case in CASES
        for position in (0, 1)
    ]


def counted(members: int, people: list[MemberResult], right: set[int]) -> UnnamedCount:
    """What is kept of these; members without work are numbered below zero."""
    answers = [a for one in people for a in answers_of(one.person_id, right=one.person_id in right)]
    idle = range(len(people) - members, 0)
    unnamed = {*(one.person_id for one in people), *idle}
    found = count_unnamed(Unnamed(unnamed, people, answers), CASES, first)
    assert UnnamedCount.from_json(found.to_json()) == found
    return found


def test_fewer_than_five_are_nobody() -> None:
    """And so are five of five, since one of them is left out."""
    people = [person(n) for n in range(4)]
    assert counted(9, people, set()) == UnnamedCount(of=9)
    five = [person(n) for n in range(5)]
    assert counted(5, five, set()) == UnnamedCount(of=5)
    assert counted(6, five, set()).people == 5


def test_nobody_is_said_to_be_alike_all_others() -> None:
    """Never none nor all were right; who has not finished is in nothing, nor a case taken out."""
    people = [person(n, DUE + n) for n in range(6)]
    people.append(person(9, None))
    found = counted(9, people, {0, 1, 2, 3, 4, 5, 9})
    assert (found.people, found.on_time) == (6, 1)
    assert [(q.case_id, q.position) for q in found.questions] == [
        (case.case_id, position) for case in CASES[:2] for position in (0, 1)
    ]
    assert all(q.right == 5 and q.choices == (0, 0, 0) for q in found.questions)
    assert all(q.right == 1 for q in counted(9, people, set()).questions)


@given(st.integers(0, 12), st.integers(0, 12), st.randoms(use_true_random=False))
def test_a_recount_by_hand_agrees(finished: int, more: int, dice: random.Random) -> None:
    """Of all who finished, but for one where all did."""
    people = [person(n, dice.choice((DUE, DUE + 1))) for n in range(finished)]
    right = {n for n in range(finished) if dice.random() < 0.5}
    found = counted(finished + more, people, right)
    taken = list(range(finished)) if more else list(range(1, finished))
    if len(taken) < 5:
        assert found == UnnamedCount(of=finished + more)
        return
    assert found.people == len(taken)
    on_time = sum((people[n].finished_at or 0) <= DUE for n in taken)
    assert found.on_time == min(max(on_time, 1), len(taken) - 1)
    well = sum(n in right for n in taken)
    for question in found.questions:
        assert question.right == min(max(well, 1), len(taken) - 1)
        assert question.choices == (len(taken) - well, 0, 0)
