"""Choices that speak of all the other choices at once."""

import re
from typing import Final

from content.lint.subject import QuestionText
from content.lint.words import CHOICE_NOUN

_NAMED = r"(?:listed|mentioned|named|offered|proposed|stated)(?:\s+(?:above|below|here))?"
_PLACED = r"(?:(?:given|shown)\s+)?(?:above|below|here)|(?:from|in|on)\s+(?:the|this)\s+list"
ONE_NAMED: Final = (
    rf"(?:[\w-]+\s+){{1,3}}{_NAMED}|(?:[\w-]+\s+){{0,2}}{CHOICE_NOUN}\s+(?:{_NAMED}|{_PLACED})"
)
"""What goes on from “no” or “every”: drug listed here, of these listed tests."""

THE_OTHERS: Final = (
    rf"(?:(?:the\s+)?(?:above|listed|preceding|following|others?|rest)"
    rf"|(?:the\s+|these\s+|those\s+)(?:(?:above|listed|named|other)\s+)?(?:[\w-]+\s+)?{CHOICE_NOUN}"
    r"|(?:the\s+other\s+|other\s+)?(?:answers|choices|options|statements)"
    r"|the\s+other\s+(?:two|three|four|five)"
    r"|these|those|them)(?:\s+(?:above|here|listed|mentioned|named)){0,2}"
)
_SO = r"(?:acceptable|appropriate|correct|indicated|needed|possible|right|suitable|true)"
ARE_RIGHT: Final = rf"\s+(?:are|is|would\s+be)\s+(?:\w+ly\s+)?{_SO}"
_HOW_MANY = re.compile(
    r"\bhow (?:many|much|often)\b|\b(?:proportion|fraction|share|chance|probability)\b",
    re.IGNORECASE,
)


def asks_how_many(question: QuestionText) -> bool:
    """Whether “all of them” and “none of them” are numbers: how many of his children carry it?"""
    return question.prompt is not None and bool(_HOW_MANY.search(question.prompt.plain))
