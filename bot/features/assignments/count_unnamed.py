"""What members without a name came to in an assignment, counted once and together: pure."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from msgspec import Struct

from content.disclosure import clipped, unnamed_in
from content.snapshot import Snapshot
from storage.assignments import AssignedAnswer, AssignedCase, AssignedPerson


class Unnamed(Struct, frozen=True):
    """A cohort's members without a name: how many there are, how far they are, their answers."""

    members: int
    people: Sequence[AssignedPerson]
    answers: Sequence[AssignedAnswer]


def count_unnamed(
    unnamed: Unnamed,
    cases: Sequence[AssignedCase],
    choose: Callable[[Sequence[int]], int],
) -> str:
    """The JSON text that is kept: of every question the same people, as far as they may be told of.

    ``people``: how many those are, none at all included; ``on_time``: how many of them handed in by
    the time by which it was due for them. ``questions``: how many were right, never none nor all,
    and how often each choice was taken, by its place.
    """
    finished = {one.person_id: one for one in unnamed.people if one.state == "handed_in"}
    taken = set(unnamed_in(sorted(finished), unnamed.members, choose))
    on_time = sum((finished[one].ended_at or 0) <= finished[one].due_at for one in taken)
    right: Counter[tuple[str, int]] = Counter()
    choices: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for answer in unnamed.answers:
        if answer.person_id in taken:
            question = (answer.case_id, answer.position)
            right[question] += answer.verdict == "correct"
            choices[question].update(answer.choices)
    document = {
        "people": len(taken),
        "on_time": on_time,
        "questions": [
            {
                "case_id": case.case_id,
                "position": position,
                "right": clipped(right[case.case_id, position], len(taken)),
                "choices": [choices[case.case_id, position][n] for n in range(len(asked.choices))],
            }
            for case in (cases if taken else ())
            if case.dropped_at is None
            for position, asked in enumerate(Snapshot.from_json(case.snapshot).case.questions)
        ],
    }
    return json.dumps(document)
