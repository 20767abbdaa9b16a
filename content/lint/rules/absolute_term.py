"""The rule ``absolute-term``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase

# Whom or what a statement can be about as a whole. “Stop all heparin” says what to do, not that
# something holds for everything.
_EVERYONE = (
    r"(?:patients?|people|persons?|individuals|men|women|males?|females?|children|adults|infants"
    r"|babies|newborns|neonates|adolescents|relatives|carriers|cases|instances|times|ages"
    r"|circumstances|situations|types|forms|drugs|strains|species|affected|such|who|with)"
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|ten|twelve|\d)"
_IS = (
    r"(?:is|are|was|were|has|have|had|can|will|should|would|does|do|needs?|shows?|causes?|occurs?"
    r"|responds?|helps?|works?|recovers?|survives?|cures?|proves?)"
)
_HAPPENS = (
    r"(?:occurs?|affects?|seen|found|caused|transmitted|inherited|develops?|arises?|happens?"
    r"|appears?|works?|effective|useful|present)"
)
_ABSOLUTE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<word>always|invariably|without exception|in every (?:case|patient))\b",
        r"\b(?P<word>never)\b(?!-|\s+(?:smoke[dr]?s?|events?)\b)",
        r"\b(?P<word>must)\b",
        r"\b(?P<word>all|none|every)(?:\s+of)?(?:\s+(?:the|these|those|such))?(?:\s+[\w-]+)?"
        rf"\s+{_EVERYONE}\b(?!\s+\d)",
        rf"^(?P<word>all)\s+(?!{_COUNT}\b)(?:[\w-]+\s+){{1,4}}?{_IS}\b",
        rf"^(?P<word>none|no one|nobody|everyone|everybody)\s+{_IS}\b",
        rf"^(?P<word>only)\b.*\s{_IS}\b",
        r"\b(?:can|could|will|should|is|are)\s+(?P<word>only)\s+be\b",
        rf"\b{_IS}\s+the\s+(?P<word>only)\b",
        rf"\b(?P<word>only)\s+(?:(?:in|by|through|among|during)\s+)?(?:{_HAPPENS}|{_EVERYONE})\b",
        rf"\b{_HAPPENS}\s+(?P<word>only)\b(?!\s+(?:if|when|once|after|as)\b)",
    )
)


def find(subject: Subject) -> Iterator[Finding]:
    """Words in a choice that allow of no exception."""
    for question in subject.questions:
        words = [_absolute(option.plain) for option in question.options]
        # What every choice says sets none apart.
        if all(words):
            continue
        for option, word in zip(question.options, words, strict=True):
            if word:
                yield at(
                    option,
                    phrase(
                        "“{word}” in “{choice}” allows of no exception, which gives the choice"
                        " away as wrong; say what is so, in whom or when",
                        word=word,
                        choice=option.plain,
                    ),
                )


def _absolute(text: str) -> str | None:
    hits = (hit for pattern in _ABSOLUTE if (hit := pattern.search(text)))
    return next((hit["word"].lower() for hit in hits), None)


RULE = Rule(
    name="absolute-term",
    finds="always, never, only, all, none or must where a choice speaks of everything or everyone",
    reason="Little in medicine is without exception, so learners wise to tests strike out such a"
    " choice without knowing the matter.",
    source="NBME Item-Writing Guide 2020 (absolute terms); Haladyna, Downing & Rodriguez 2002"
    " (specific determiners)",
    bad="""
questions:
  - id: course
    prompt: What should she be told about the course of her disease?
    choices:
      - text: It shortens life by about ten years
      - text: It never returns after treatment
      - text: Relapse within two years is likely
        correct: true
""",
    good="""
questions:
  - id: course
    prompt: What should she be told about the course of her disease?
    choices:
      - text: It shortens life by about ten years
      - text: Relapse after treatment is rare
      - text: Relapse within two years is likely
        correct: true
""",
    find=find,
)
