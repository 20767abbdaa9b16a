"""How first answers fell, kept as they come, so that a learner never waits for a count.

What people are shown of a tally changes in steps of some answers: from the difference that one
answer makes, whoever looks before and after would know whose it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from content.disclosure import STEP
from storage.case_facts import AnswerGiven
from storage.database import Statement
from storage.facts import Fact

ALL = -1
"""In the place of a choice: the answers themselves, of which each may name several choices."""


class Tally(Struct, frozen=True):
    """How first answers to one revision fell; ``choices`` maps an index to its count."""

    answers: int
    choices: Mapping[int, int]


NO_ANSWERS = Tally(0, {})


class Tallies(Struct, frozen=True):
    """All first answers to a revision, and those of them that people are shown."""

    all: Tally
    shown: Tally

    def with_answer(self, choices: Iterable[int]) -> "Tallies":
        """The same after one more first answer."""
        counts = dict(self.all.choices)
        for place in choices:
            counts[place] = counts.get(place, 0) + 1
        all_ = Tally(self.all.answers + 1, counts)
        return Tallies(all_, all_ if all_.answers - self.shown.answers >= STEP else self.shown)

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Tallies":
        """Read the rows of one revision."""
        counts = {row["choice"]: (row["answers"], row["shown"]) for row in rows}
        answers, shown = counts.pop(ALL, (0, 0))
        return cls(
            Tally(answers, {choice: n for choice, (n, _) in counts.items()}),
            Tally(shown, {choice: n for choice, (_, n) in counts.items() if n}),
        )


# Of what was assigned, answers of named members alone: an educator who knows theirs would know the
# rest. Whoever left is no member.
_COUNT = """
    INSERT INTO tallies (revision, choice, answers)
    SELECT ?1, ?2, 1 WHERE NOT EXISTS (
        SELECT 1 FROM sitting_items i
        JOIN sittings s ON s.id = i.sitting_id AND s.spec ->> 'assignment' IS NOT NULL
        LEFT JOIN assignments t ON t.id = s.assignment_id
        LEFT JOIN cohort_people m
            ON m.cohort_id = t.cohort_id AND m.person_id = s.person_id AND m.named
        WHERE i.post_id = ?3 AND m.person_id IS NULL)
    ON CONFLICT DO UPDATE SET answers = answers + 1
"""
_SHOW = """
    UPDATE tallies SET shown = answers WHERE revision = ?1 AND EXISTS (
        SELECT 1 FROM tallies
        WHERE revision = ?1 AND choice = ?2 AND answers - shown >= ?3
    )
"""


def tallied(facts: Iterable[Fact]) -> Iterator[Statement]:
    """What adds the first answers among these facts to the tallies, one after the other."""
    for fact in facts:
        if isinstance(fact, AnswerGiven) and fact.first:
            each = [(fact.revision, place, fact.post_id) for place in (ALL, *fact.choices)]
            yield _COUNT, each
            yield _SHOW, [(fact.revision, ALL, STEP)]
