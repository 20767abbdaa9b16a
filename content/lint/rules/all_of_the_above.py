"""The rule ``all-of-the-above``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject

_OTHERS = (
    r"(?:(?:the\s+)?(?:above|listed|preceding|following|others?|rest)"
    r"|(?:the\s+|these\s+|other\s+|the\s+other\s+)?(?:choices|options|answers|statements)"
    r"|these|those|them)"
)
_ALL = re.compile(
    rf"(?:all|any|each|every one)\s+(?:of\s+)?{_OTHERS}(?:\s+(?:mentioned|listed|above))?"
    r"(?:\s+(?:are|is)\s+(?:\w+ly\s+)?(?:correct|true|right|possible|appropriate)|\s+apply)?\W*"
    r"|all\s+(?:are\s+(?:correct|true|right)|correct|true|apply)\W*",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\bhow (?:many|much|often)\b|\b(?:proportion|fraction|share)\b", re.IGNORECASE
)


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that stand for all the others."""
    for question in subject.questions:
        # “How many of his children will carry it?” can be answered by “All of them”.
        if question.prompt and _COUNTS.search(question.prompt.plain):
            continue
        for option in question.options:
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
