"""The rule ``all-of-the-above``."""

import re
from collections.abc import Iterator

from content.lint.catch_all import ARE_RIGHT, ONE_NAMED, THE_OTHERS, asks_how_many
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, QuestionText, Subject
from content.phrases import phrase

_ALL = re.compile(
    rf"(?:all|any|each|every one|each one|any one)\s+(?:of\s+)?{THE_OTHERS}"
    rf"(?:{ARE_RIGHT}|\s+(?:apply|applies)|,?\s+together|,?\s+(?:but|except)\s.*)?\W*"
    rf"|(?:all|any|each|every)\s+(?:{ONE_NAMED})(?:{ARE_RIGHT})?\W*"
    rf"|(?:any|each|every)\s+(?:answer|choice|option)(?:{ARE_RIGHT})?\W*"
    r"|every(?:thing)?\s+(?:above|listed|mentioned|named)(?:\s+(?:above|here))?\W*"
    rf"|all(?:{ARE_RIGHT}|\s+(?:correct|true|apply))\W*",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"all\s+(?:of\s+the\s+)?(?P<number>two|three|four|five)\W*", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that stand for all the others."""
    for question in subject.questions:
        for option in () if asks_how_many(question) else question.options:
            if _ALL.fullmatch(option.plain) or _counts_the_others(option, question):
                yield at(
                    option,
                    phrase(
                        "“{choice}” as a choice; mark each right choice `correct: true` instead",
                        choice=option.plain,
                    ),
                )


def _counts_the_others(option: Passage, question: QuestionText) -> bool:
    """Whether this is “all four” beside four choices."""
    if not (counted := _COUNTED.fullmatch(option.plain)):
        return False
    return _NUMBERS[counted["number"].lower()] == len(question.options) - 1


RULE = Rule(
    name="all-of-the-above",
    finds="a choice that stands for all the others",
    reason="Whoever knows two of the choices to be right has the answer without knowing the rest;"
    " and choices are shuffled, so that nothing is above.",
    source="Haladyna, Downing & Rodriguez 2002; NBME Item-Writing Guide 2020",
    bad="""
questions:
  - id: findings
    prompt: Which findings support the diagnosis?
    choices:
      - text: Pulsus paradoxus
      - text: Distended neck veins
      - text: All of the above
        correct: true
""",
    good="""
questions:
  - id: findings
    prompt: Which findings support the diagnosis? Choose all that apply.
    choices:
      - text: Pulsus paradoxus
        correct: true
      - text: Distended neck veins
        correct: true
      - text: A third heart sound
""",
    find=find,
)
