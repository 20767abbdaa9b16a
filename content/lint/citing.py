"""Which texts cite which references, and how these are spoken of."""

from collections.abc import Iterator

from content.citation import cited
from content.lint.subject import Passage, Subject
from content.phrases import Phrase, phrase

FIELD_NAMES = {
    "authors": phrase("authors"),
    "year": phrase("year"),
    "volume": phrase("volume"),
    "issue": phrase("issue"),
    "pages": phrase("pages"),
    "article": phrase("article"),
}
"""What some of a reference's fields are called."""


def of_reference(number: int, complaint: Phrase) -> Phrase:
    """What is found in a reference, which is named by its number."""
    return phrase("reference {number} {complaint}", number=number, complaint=complaint)


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
