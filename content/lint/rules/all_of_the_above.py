"""The rule ``all-of-the-above``."""

import re
from collections.abc import Iterator

from content.lint.catch_all import ARE_RIGHT, THE_OTHERS, asks_how_many
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject

_ALL = re.compile(
    rf"(?:all|any|each|every one)\s+(?:of\s+)?{THE_OTHERS}(?:{ARE_RIGHT}|\s+apply)?\W*"
    rf"|all(?:{ARE_RIGHT}|\s+(?:correct|true|apply))\W*",
    re.IGNORECASE,
)


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that stand for all the others."""
    for question in subject.questions:
        for option in () if asks_how_many(question) else question.options:
            if _ALL.fullmatch(option.plain):
                yield at(
                    option,
                    f"“{option.plain}” as a choice; mark each right choice `correct: true` instead",
                )


RULE = Rule(
    name="all-of-the-above",
    finds="a choice that stands for all the others",
    reason="Whoever knows two of the choices to be right has the answer without knowing the rest;"
    " and choices are shuffled, so that nothing is above.",
    source="Haladyna, Downing & Rodriguez 2002; NBME Item-Writing Guide 2020",
    bad="""
questions:
  - id: findings
    prompt: Which findings support tamponade?
    choices:
      - text: Pulsus paradoxus
      - text: Distended neck veins
      - text: All of the above
        correct: true
""",
    good="""
questions:
  - id: findings
    prompt: Which findings support tamponade? Choose all that apply.
    choices:
      - text: Pulsus paradoxus
        correct: true
      - text: Distended neck veins
        correct: true
      - text: A third heart sound
""",
    find=find,
)
