"""The rule ``unit-mismatch``."""

import math
from collections.abc import Iterator

from content.lint.numbers import Quantity, numeric_choices
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase

_TIMES_APART = 100  # beyond which durations need units of their own: nobody says 2160 hours


def find(subject: Subject) -> Iterator[Finding]:
    """Numbers given in different units, or some with a unit and some without."""
    for question in subject.questions:
        found = numeric_choices(question)
        if _are_far_apart_in_time([quantity for _, quantity in found]):
            continue
        other = next((option for option, each in found if each.unit != found[0][1].unit), None)
        if other:
            yield at(
                other,
                phrase(
                    "“{choice}” and “{other}” are not in the same unit; give all choices one unit",
                    choice=found[0][0].plain,
                    other=other.plain,
                ),
            )


def _are_far_apart_in_time(quantities: list[Quantity]) -> bool:
    if {quantity.kind for quantity in quantities} != {"time"}:
        return False
    lengths = [abs(end) for each in quantities for end in each.span if 0 < abs(end) < math.inf]
    return bool(lengths) and max(lengths) > _TIMES_APART * min(lengths)


RULE = Rule(
    name="unit-mismatch",
    finds="numbers in mixed units, but for times more than a hundredfold apart",
    reason="Converting units in one's head is another skill than the one asked for, and a unit"
    " that stands alone draws the eye.",
    source="NBME Item-Writing Guide 2020 (numeric data stated consistently)",
    bad="""
questions:
  - id: dose
    prompt: Which single dose of methylprednisolone is right for her?
    choices:
      - text: 250 mg
      - text: 500 mg
      - text: 1 g
        correct: true
""",
    good="""
questions:
  - id: dose
    prompt: Which single dose of methylprednisolone is right for her?
    choices:
      - text: 250 mg
      - text: 500 mg
      - text: 1000 mg
        correct: true
""",
    find=find,
)
