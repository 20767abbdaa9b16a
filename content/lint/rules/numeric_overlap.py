"""The rule ``numeric-overlap``."""

from collections.abc import Iterator
from itertools import combinations

from content.lint.numbers import Quantity, numeric_choices
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Ranges that share a value with another choice."""
    for question in subject.questions:
        for (first, one), (second, other) in combinations(numeric_choices(question), 2):
            if _share(one, other):
                yield at(
                    second,
                    phrase(
                        "“{choice}” overlaps “{other}”; let each range begin after the one before"
                        " it ends",
                        choice=second.plain,
                        other=first.plain,
                    ),
                )


def _share(one: Quantity, other: Quantity) -> bool:
    """Two equal numbers are no overlap but one choice written twice, which is another rule's."""
    ranges = one.low < one.high or other.low < other.high
    return ranges and one.kind == other.kind and one.span != other.span and one.overlaps(other)


RULE = Rule(
    name="numeric-overlap",
    finds="ranges of numbers that overlap",
    reason="A value in both ranges makes both choices right; and where one range holds another,"
    " the wider one cannot be wrong if the narrower one is right.",
    source="Haladyna, Downing & Rodriguez 2002 (choices not overlapping); NBME Item-Writing Guide"
    " 2020",
    bad="""
questions:
  - id: risk
    prompt: What is her risk of a relapse within a year?
    shuffle: false
    choices:
      - text: Less than 10%
      - text: 10 to 30%
        correct: true
      - text: 30 to 50%
""",
    good="""
questions:
  - id: risk
    prompt: What is her risk of a relapse within a year?
    shuffle: false
    choices:
      - text: Less than 10%
      - text: 10 to 29%
        correct: true
      - text: 30 to 50%
""",
    find=find,
)
