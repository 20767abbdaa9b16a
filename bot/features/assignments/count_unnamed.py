"""What members without a name came to in an assignment, counted once and together: pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

import msgspec
from msgspec import Struct

from content.disclosure import clipped, unnamed_in
from content.snapshot import Snapshot
from storage.assignments import AssignedAnswer, AssignedCase
from storage.cohort_results import MemberResult


class UnnamedQuestion(Struct, frozen=True):
    """How people without a name answered a question.

    ``right``: never none of them, nor all. ``choices`` counts each wrong choice's answers: those of
    the right one would tell what ``right`` does not.
    """

    case_id: str
    position: int
    right: int
    choices: tuple[int, ...]


class UnnamedCount(Struct, frozen=True):
    """What is kept of people without a name: so many ``people``, of every question the same.

    ``of``: how many there were, of whom one at least is not among them; ``on_time``: how many of
    the people were done by the time by which it was due for them, never none nor all.
    """

    people: int = 0
    of: int = 0
    on_time: int = 0
    questions: tuple[UnnamedQuestion, ...] = ()

    def to_json(self) -> str:
        """The same, to be kept."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, document: str) -> "UnnamedCount":
        """Read what ``to_json`` wrote."""
        return msgspec.json.decode(document, type=cls)


class Unnamed(Struct, frozen=True):
    """A cohort's members without a name, how far they are, and their answers."""

    members: Collection[int]
    results: Sequence[MemberResult]
    answers: Sequence[AssignedAnswer]


def count_unnamed(
    unnamed: Unnamed,
    cases: Sequence[AssignedCase],
    choose: Callable[[Sequence[int]], int],
) -> UnnamedCount:
    """As far as they may be told of: see ``content.disclosure.unnamed_in``."""
    finished = {
        one.person_id: one
        for one in unnamed.results
        if one.person_id in unnamed.members and one.finished_at is not None
    }
    taken = set(unnamed_in(sorted(finished), len(unnamed.members), choose))
    on_time = sum((finished[one].finished_at or 0) <= finished[one].due_at for one in taken)
    right: Counter[tuple[str, int]] = Counter()
    choices: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for answer in unnamed.answers:
        if answer.person_id in taken:
            question = (answer.case_id, answer.position)
            right[question] += answer.verdict == "correct"
            choices[question].update(answer.choices)
    questions = (
        UnnamedQuestion(
            case.case_id,
            position,
            clipped(right[case.case_id, position], len(taken)),
            tuple(
                0 if n in asked.correct else choices[case.case_id, position][n]
                for n in range(len(asked.choices))
            ),
        )
        for case in cases
        if case.dropped_at is None
        for position, asked in enumerate(Snapshot.from_json(case.snapshot).case.questions)
    )
    if not taken:
        return UnnamedCount(of=len(unnamed.members))
    return UnnamedCount(
        len(taken), len(unnamed.members), clipped(on_time, len(taken)), tuple(questions)
    )
