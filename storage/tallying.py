"""How first answers fell, kept as they come, so that a learner never waits for a count."""

from collections import Counter
from collections.abc import Iterable, Iterator

from storage.database import Statement
from storage.facts import AnswerGiven, Fact

ALL = -1
"""In the place of a choice: the answers themselves, of which each may name several choices."""

_TALLY = """
    INSERT INTO tallies (revision, choice, answers) VALUES (?, ?, ?)
    ON CONFLICT DO UPDATE SET answers = answers + excluded.answers
"""


def tallied(facts: Iterable[Fact]) -> Iterator[Statement]:
    """What adds the first answers among these facts to the tallies."""
    counts = Counter(
        (fact.revision, place)
        for fact in facts
        if isinstance(fact, AnswerGiven) and fact.first
        for place in (ALL, *fact.choices)
    )
    if counts:
        yield _TALLY, [(*place, count) for place, count in counts.items()]
