"""The rule ``near-duplicate-choice``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.sameness import nearly_same
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that differ in wording and not in meaning."""
    for question in subject.questions:
        options = question.options
        for one, other in nearly_same([option.plain for option in options]):
            yield at(
                options[other],
                phrase(
                    "“{choice}” says nearly the same as “{other}”; make the difference plain, or"
                    " leave one out",
                    choice=options[other].plain,
                    other=options[one].plain,
                ),
            )


RULE = Rule(
    name="near-duplicate-choice",
    finds="two choices more than 90% alike whose difference carries no meaning",
    reason="Of two choices that mean the same neither can be the one answer, so both can be struck"
    " out; or the difference is a slip of the pen.",
    source="Haladyna, Downing & Rodriguez 2002 (independent choices); NBME Item-Writing Guide 2020",
    bad="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: A deposit of urate in the skin
      - text: Nodules of rheumatoid arthritis
        correct: true
      - text: Deposits of urate in the skin
""",
    good="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Deposits of urate in the skin
      - text: Nodules of rheumatoid arthritis
        correct: true
      - text: Deposits of calcium in the skin
""",
    find=find,
)
