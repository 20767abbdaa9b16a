"""The rule ``all-of-the-above``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject

_ALL = re.compile(
    r"all (?:of )?(?:the above|these|them|of the above)|all are correct", re.IGNORECASE
)


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that stand for all the others."""
    for question in subject.questions:
        for option in question.options:
            if _ALL.search(option.plain):
                yield at(
                    option, f"“{option.plain}” as a choice; mark several choices correct instead"
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
