"""The rule ``mixed-choices``."""

import re
from collections.abc import Iterator

from content.lint.kinds import Kind, kind_of
from content.lint.rule import Finding, Rule, at
from content.lint.subject import QuestionText, Subject
from content.phrases import phrase

# What may be blamed for something may be of any kind.
_ASKS_FOR_A_CAUSE = re.compile(
    r"\b(?:account(?:s|ed)?|associated|caus(?:e|es|ed|ing)|contribut\w+|explain(?:s|ed)?|explanation"
    r"|exposure|factors?|histor(?:y|ies)|increases?|led|precipitat\w+|predispos\w+|provok\w+"
    r"|reasons?|responsible|risks?|trigger\w*|why)\b",
    re.IGNORECASE,
)

_NAMES = {
    Kind.DRUG: phrase("a drug"),
    Kind.TEST: phrase("a test"),
    Kind.PROCEDURE: phrase("a procedure"),
}


def find(subject: Subject) -> Iterator[Finding]:
    """Questions with a disease beside a drug, a test or a procedure."""
    for question in subject.questions:
        if question.prompt and _ASKS_FOR_A_CAUSE.search(question.prompt.plain):
            continue
        if flaw := _mixed(question):
            disease, other, kind = flaw
            yield at(
                question.options[0],
                phrase(
                    "“{disease}” is a disease and “{other}” is {kind}; let all choices answer one"
                    " question",
                    disease=disease,
                    other=other,
                    kind=_NAMES[kind],
                ),
            )


def _mixed(question: QuestionText) -> tuple[str, str, Kind] | None:
    """A disease and the first choice of another kind; None where there are not both."""
    kinds = [(option.plain, kind) for option in question.options if (kind := kind_of(option.plain))]
    diseases = [text for text, kind in kinds if kind is Kind.DISEASE]
    others = [(text, kind) for text, kind in kinds if kind is not Kind.DISEASE]
    return (diseases[0], *others[0]) if diseases and others else None


RULE = Rule(
    name="mixed-choices",
    finds="a disease as one choice and a drug, a test or a procedure as another",
    reason="Choices of several kinds cannot be ranked on one scale, and the one that does not"
    " answer what is asked is struck out by its kind alone.",
    source="NBME Item-Writing Guide 2020 (homogeneous options); Haladyna, Downing & Rodriguez 2002",
    bad="""
questions:
  - id: finding
    prompt: Which is most appropriate for this patient?
    choices:
      - text: Rheumatoid arthritis
      - text: Biopsy of one lump
        correct: true
      - text: Oral prednisone
""",
    good="""
questions:
  - id: finding
    prompt: Which step is most appropriate for this patient?
    choices:
      - text: Radiograph of both hands
      - text: Biopsy of one lump
        correct: true
      - text: Oral prednisone
""",
    find=find,
)
