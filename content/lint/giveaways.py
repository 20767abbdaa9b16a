"""Words of the right choice that are told before it is chosen."""

from collections.abc import Iterable, Iterator

from content.lint.subject import Passage, QuestionText, Subject
from content.lint.words import content_stems, stem
from content.phrases import Phrase, listed, phrase

_DESCRIBING = """
acute adult blood body chart chest chronic curve disease disorder drawing early examination figure
graph hand head heart high large late left line lung marked normal pain patient pattern picture
pressure primary recording right secondary severe side skin small study syndrome test time tracing
treatment week woman year
"""
_GENERAL = frozenset(map(stem, _DESCRIBING.split()))
"""Stems that describe any picture or any patient, so that they point at no choice."""


def quoted(words: Iterable[str]) -> Phrase:
    """Words in quotation marks, between commas."""
    return listed([phrase("“{word}”", word=word) for word in words])


def given_away(subject: Subject, passage: Passage, position: int = 0) -> Iterator[str]:
    """The words of a passage, as they stand there, that point at the right choice of a question.

    The passage is read before the question at this position, and those after it.

    They stand in a right choice and in no wrong one, and neither in the vignette nor in the prompt,
    where they would be part of the task.
    """
    told = {stem: word for word, stem in _stems(passage)}
    seen: set[str] = set()
    for question in subject.questions[position:]:
        for each in told.keys() & _telling(subject, question) - seen:
            seen.add(each)
            yield told[each]


def _stems(passage: Passage) -> Iterator[tuple[str, str]]:
    for word in passage.words:
        for each in content_stems(word):
            yield word, each


def _telling(subject: Subject, question: QuestionText) -> set[str]:
    known = [subject.vignette, question.reveal, question.prompt, *question.wrong]
    telling = _all_stems(question.correct) - _all_stems(known) - _GENERAL
    return {each for each in telling if len(each) > 3 and not each.isdigit()}


def _all_stems(passages: Iterable[Passage | None]) -> set[str]:
    return {each for passage in passages if passage for each in content_stems(passage.plain)}
