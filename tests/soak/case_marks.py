"""Which case a message is about, told by its words as a reader tells it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from content.markup import Paragraph, parse, visible
from content.model import Case

_LENGTH = 60  # characters of a paragraph by which it is known


class CaseMarks:
    """The words by which each of these cases is known, and none of the others."""

    def __init__(self, cases: Iterable[Case]) -> None:
        marks = {case.id: set(_marks(case)) for case in cases}
        shared = Counter(mark for each in marks.values() for mark in each)
        self._marks = {
            case_id: [mark for mark in each if shared[mark] == 1] for case_id, each in marks.items()
        }

    def case_of(self, text: str) -> str | None:
        """The id of the case; None for a digest, a list of several, or something else."""
        flat = _flat(text)
        found = [one for one, marks in self._marks.items() if any(mark in flat for mark in marks)]
        return None if flat.startswith("📅") or len(found) != 1 else found[0]


def _marks(case: Case) -> Iterator[str]:
    yield case.title
    yield from _beginnings(one for figure in case.figures for one in parse(figure.caption))
    for question in case.questions:
        yield question.prompt
        told = (question.reveal, question.key_point, *(one.why for one in question.choices))
        yield from _beginnings(one for text in told for one in parse(text or ""))
    for section in case.discussion:
        yield from _beginnings(parse(section.text))


def _beginnings(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    yield from (_flat(visible([one]))[:_LENGTH] for one in paragraphs)


def _flat(text: str) -> str:
    """In one line, whatever is folded."""
    return " ".join(re.sub(r"^\| ?", "", text, flags=re.MULTILINE).split())
