"""The rule ``true-false-set``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.lint.words import word_set
from content.phrases import phrase

_PAIRS = (
    ("true", "false"),
    ("t", "f"),
    ("yes", "no"),
    ("correct", "incorrect"),
    ("right", "wrong"),
    ("agree", "disagree"),
)
_UNDECIDED = word_set("maybe perhaps possibly uncertain unclear unknown unsure undecided depends")
_UNDECIDED |= {"not sure", "don't know", "do not know", "it depends", "cannot tell", "can't tell"}


def find(subject: Subject) -> Iterator[Finding]:
    """Questions whose choices are a verdict on one statement."""
    for question in subject.questions:
        said = {
            option.plain.casefold().replace("\u2019", "'").strip(" .!")
            for option in question.options
        }
        for yes, no in _PAIRS:
            if {yes, no} <= said <= {yes, no} | _UNDECIDED:
                yield Finding(
                    question.options[0].mark,
                    phrase(
                        "the choices are only “{yes}” and “{no}”; ask which, why or what next, and"
                        " let each choice be an answer to that",
                        yes=yes,
                        no=no,
                    ),
                )


RULE = Rule(
    name="true-false-set",
    finds="choices that are only true or false, or yes or no",
    reason="Half of those who know nothing are right, and a statement about a patient is seldom"
    " wholly true or wholly false.",
    source="NBME Item-Writing Guide 2020 (true/false items)",
    bad="""
questions:
  - id: fluid
    prompt: Should this patient be given intravenous fluid now?
    choices:
      - text: "Yes"
        correct: true
      - text: "No"
      - text: Not sure
""",
    good="""
questions:
  - id: fluid
    prompt: Which treatment does this patient need first?
    choices:
      - text: Intravenous fluid
        correct: true
      - text: A loop diuretic
      - text: A vasopressor
""",
    find=find,
)
