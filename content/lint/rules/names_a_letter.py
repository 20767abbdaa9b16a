"""The rule ``names-a-letter``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.phrases import phrase

# I is left out ("the choice I made"), and "Option B+" is the name of a programme.
_LETTER = r"[A-HJ-L](?![\w+\u2019'])"
_NUMBER = r"(?:1[0-2]|[1-9])(?=[.,;:)]|$|\s+(?:is|was|and|or|would|describes|fits)\b)"
_KIND = r"(?:[Cc]hoice|[Oo]ption|[Aa]nswer|[Dd]istractor|[Aa]lternative)"
# Small letters are words or units as well, unless they stand in parentheses or end the sentence.
_SMALL = r"(?:\([a-l]\)|[b-hj-l](?=[.,;]?$|[.,;]?\s+(?:is|was|would)\b))"
_END = r"(?=[.,;:)]|\s+[\u2013-]|\s*$|\n)"
_RIGHT = r"(?:the\s+)?(?:(?:in)?correct|right|wrong|true|false|best)\b"
_BY_LETTER = re.compile(
    rf"\b{_KIND}s?\s+\(?(?:{_LETTER}|{_NUMBER})|\b{_KIND}s?\s+{_SMALL}"
    rf"|\b{_KIND}(?:\s+is|\s+was|:)\s*:?\s*\(?{_LETTER}\)?{_END}"
    rf"|(?:^|[.!?]\s+)(?:\({_LETTER}\)|{_LETTER})\s+(?:is|was)\s+{_RIGHT}"
)
# What is "the first choice" in treatment has no such words behind it.
_SAYS = (
    r"(?:above|below|listed|shown|describes?|fits|names|refers|mentions|suggests|does|would fit"
    r"|(?:is|was)\s+(?:not\s+)?(?:the\s+)?(?:in)?(?:correct|right|wrong|true|false|answer))\b"
)
_BY_PLACE = re.compile(
    r"\bthe\s+(?:first|second|third|fourth|fifth|sixth|last)\s+"
    rf"(?:(?:choice|option|alternative)s?\s+{_SAYS}|(?:listed\s+|possible\s+)?answers?\b)",
    re.IGNORECASE,
)


def find(subject: Subject) -> Iterator[Finding]:
    """Texts that call a choice by its letter, or by its place where places change."""
    shuffled = any(question.shuffle for question in subject.questions)
    for passage in _speaking(subject):
        named = _BY_LETTER.search(passage.plain)
        if not named and shuffled:
            named = _BY_PLACE.search(passage.plain)
        if named:
            said = " ".join(named[0].strip(".!? \n").split())
            message = phrase(
                "“{name}” means nothing to learners; call the choice by what it says", name=said
            )
            yield at(passage, message)


def _speaking(subject: Subject) -> Iterator[Passage]:
    choices = {choice.text for question in subject.questions for choice in question.choices}
    return (passage for passage in subject.texts if passage not in choices)


RULE = Rule(
    name="names-a-letter",
    finds="a text that calls a choice by its letter or place",
    reason="Telegram shows choices without letters, and in an order of its own for each learner.",
    source="Telegram Bot API, sendPoll (shuffle_options)",
    bad="""
discussion:
  - heading: Diagnosis
    text: Option B is wrong, because tophi follow years of gout.
""",
    good="""
discussion:
  - heading: Diagnosis
    text: Urate is wrong, because tophi follow years of gout.
""",
    find=find,
)
