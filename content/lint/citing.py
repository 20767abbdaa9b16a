"""Which texts cite which references."""

from collections.abc import Iterator

from content.citation import cited
from content.lint.subject import Passage, Subject


def citations(subject: Subject) -> Iterator[tuple[Passage, list[int]]]:
    """The texts that can cite, each with the numbers it cites."""
    for passage in _citing(subject):
        if "[" in passage.text:
            yield passage, cited(passage.text)


def _citing(subject: Subject) -> Iterator[Passage]:
    passages = [subject.vignette]
    for question in subject.questions:
        passages += [question.reveal, question.key_point]
        passages += [choice.why for choice in question.choices]
    passages += [section.text for section in subject.discussion]
    return (passage for passage in passages if passage)
