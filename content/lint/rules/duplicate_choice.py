"""The rule ``duplicate-choice``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.sameness import folded
from content.lint.subject import Subject
from content.phrases import phrase
from content.question import repeated


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that say the same as an earlier one."""
    for question in subject.questions:
        for position in repeated(folded(option.plain) for option in question.options):
            option = question.options[position]
            said = phrase(
                "“{choice}” is there twice; replace one, or leave it out", choice=option.plain
            )
            yield at(option, said)


RULE = Rule(
    name="duplicate-choice",
    finds="a choice that is there twice, but for capitals and spaces",
    reason="Two choices that say the same cannot both be the answer, so neither is it; and where"
    " both are right, half of those who know it are told that they were wrong.",
    source="Haladyna, Downing & Rodriguez 2002 (one right answer; independent choices)",
    bad="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Urate deposits
      - text: Calcium deposits
        correct: true
      - text: urate  deposits
""",
    good="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Urate deposits
      - text: Calcium deposits
        correct: true
      - text: Rheumatoid nodules
""",
    find=find,
)
