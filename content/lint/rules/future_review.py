"""The rule ``future-review``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase
from content.problems import Severity
from content.tree import text


def find(subject: Subject) -> Iterator[Finding]:
    """A review of a day that has not come yet; a day is compared as it is written.

    A start does not ask: its clock may be behind, and nobody has told it yet.
    """
    day = text(subject.file.tree, "review", "on")
    if day and subject.today and day.text > subject.today.isoformat():
        message = phrase("the review is dated {day}, which has not come yet", day=day.text)
        yield Finding(day.mark, message)


RULE = Rule(
    name="future-review",
    finds="a review dated in the future",
    reason="Learners are told who has reviewed a case and when; a day that has not come is a slip"
    " of the pen, or no review at all.",
    source="this project's own rule",
    severity=Severity.ERROR,
    bad="""
review:
  status: reviewed
  by: A. Clinician
  on: 2062-03-01
""",
    good="""
review:
  status: reviewed
  by: A. Clinician
  on: 2026-03-01
""",
    find=find,
    needs_today=True,
)
