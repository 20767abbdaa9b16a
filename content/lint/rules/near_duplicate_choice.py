"""The rule ``near-duplicate-choice``."""

from collections.abc import Iterator
from itertools import combinations

from content.lint.rule import Finding, Rule, at
from content.lint.sameness import folded, nearly_same
from content.lint.subject import Subject


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that differ in wording and not in meaning."""
    for question in subject.questions:
        for first, second in combinations(question.options, 2):
            if folded(first.plain) != folded(second.plain) and nearly_same(
                first.plain, second.plain
            ):
                yield at(
                    second,
                    f"“{second.plain}” says nearly the same as “{first.plain}”; make the"
                    " difference plain, or leave one out",
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
