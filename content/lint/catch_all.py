"""Choices that speak of all the other choices at once."""

import re
from typing import Final

from content.lint.subject import QuestionText

THE_OTHERS: Final = (
    r"(?:(?:the\s+)?(?:above|listed|preceding|following|others?|rest)"
    r"|(?:the\s+)?(?:listed|above)\s+(?:answers|causes|choices|diagnoses|drugs|findings|options|tests)"
    r"|(?:the\s+|these\s+|other\s+|the\s+other\s+)?(?:choices|options|answers|statements)"
    r"|these|those|them)(?:\s+(?:mentioned|listed|above))?"
)
ARE_RIGHT: Final = r"\s+(?:are|is)\s+(?:\w+ly\s+)?(?:correct|true|right|possible|appropriate)"
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|often)\b|\b(?:proportion|fraction|share)\b", re.IGNORECASE
)


def asks_how_many(question: QuestionText) -> bool:
    """Whether “all of them” and “none of them” are numbers: how many of his children carry it?"""
    return question.prompt is not None and bool(_HOW_MANY.search(question.prompt.plain))
