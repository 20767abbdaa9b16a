"""The rule ``numeric-order``."""

from collections.abc import Iterator

from content.lint.numbers import numeric_choices
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Numbers out of order where the file's order is what learners see."""
    for question in subject.questions:
        found = [] if question.shuffle else numeric_choices(question)
        spans = [quantity.span for _, quantity in found]
        comparable = len({quantity.kind for _, quantity in found}) == 1
        if comparable and spans not in (sorted(spans), sorted(spans, reverse=True)):
            rising = spans[0] <= spans[1]
            place = next(
                place
                for place in range(1, len(spans))
                if (spans[place - 1] <= spans[place]) != rising
            )
            yield at(
                found[place][0],
                phrase(
                    "“{choice}” is out of order; put the numbers in order, for `shuffle: false`"
                    " shows them as they stand",
                    choice=found[place][0].plain,
                ),
            )


RULE = Rule(
    name="numeric-order",
    finds="numbers out of order in a question with `shuffle: false`",
    reason="Numbers in order are found at a glance; numbers out of order make learners search, and"
    " wonder what the order means.",
    source="NBME Item-Writing Guide 2020; Haladyna, Downing & Rodriguez 2002 (logical or numerical"
    " order)",
    bad="""
questions:
  - id: dose
    prompt: Which single dose of prednisolone is right for her?
    shuffle: false
    choices:
      - text: 20 mg
      - text: 60 mg
      - text: 40 mg
        correct: true
""",
    good="""
questions:
  - id: dose
    prompt: Which single dose of prednisolone is right for her?
    shuffle: false
    choices:
      - text: 20 mg
      - text: 40 mg
        correct: true
      - text: 60 mg
""",
    find=find,
)
