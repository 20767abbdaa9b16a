"""Which answers to a question count together."""

import hashlib
import json
from functools import lru_cache

from content.model import Question
from content.snapshot import Snapshot


def revision_of(snapshot: Snapshot, position: int) -> str:
    """Sixteen hexadecimal digits that change with what was asked in a post at a position.

    See ``question_revision``. A variant is another patient or picture in the same words, so its
    revision also changes with its vignette and its figures.
    """
    question = snapshot.case.questions[position]
    if snapshot.variant is None:
        return question_revision(question)
    return _variant_revision(question, snapshot.case.vignette, snapshot.figures)


def item_revision(snapshot: Snapshot, position: int) -> str:
    """Sixteen hexadecimal digits that change with anything that was asked and shown with it.

    Beside what ``question_revision`` goes by these are the vignette, what was revealed up to the
    question, and all pictures until then: who saw another of these answered another item.
    """
    case = snapshot.case
    until = case.questions[: position + 1]
    pictures = len(case.figures) + sum(len(each.figures) for each in until)
    told = [case.vignette, [each.reveal for each in until], snapshot.figures[:pictures]]
    return _hash([*_asked(case.questions[position]), *told])


@lru_cache(maxsize=1024)
def question_revision(question: Question) -> str:
    """Sixteen hexadecimal digits that change with the prompt, a choice's text or the key.

    The choices' order counts, since answers are kept as positions. Ids, whys and key points do
    not: mending them changes nothing about what was asked.
    """
    return _hash(_asked(question))


@lru_cache(maxsize=1024)
def _variant_revision(question: Question, vignette: str, figures: tuple[str, ...]) -> str:
    return _hash([*_asked(question), vignette, figures])


def _asked(question: Question) -> list[object]:
    return [question.prompt, [choice.text for choice in question.choices], question.correct]


def _hash(values: list[object]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]
