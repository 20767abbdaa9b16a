"""The rule ``no-variant``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase
from content.problems import Severity
from content.tree import items, text


def find(subject: Subject) -> Iterator[Finding]:
    """Questions without a variant, in a case in which others have one."""
    questions = items(subject.file.tree, "questions")
    if not any(items(question, "variants") for question in questions):
        return
    for question in questions:
        # Which other questions share an objective that has a name is not known here.
        if not items(question, "variants") and not text(question, "objective"):
            message = phrase(
                "has no variant, as another question of the case has; reviews will repeat it"
            )
            yield Finding(question.mark, message)


_BAD = """
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Dystrophic calcification
        correct: true
        why: Stone-hard lumps are calcium.
      - text: Gouty tophi
        why: Tophi follow years of gout, which she lacks.
      - text: Rheumatoid nodules
        why: She has no arthritis.
    key_point: Stone-hard lumps are calcium.
    variants:
      - id: child
        vignette: A 9-year-old boy has had hard lumps at both elbows since his rash faded.
  - id: next
    prompt: Which test of her blood comes next?
    choices:
      - text: Creatine kinase
        correct: true
        why: It tells of injured muscle.
      - text: Uric acid
        why: She has no gout.
      - text: Rheumatoid factor
        why: She has no arthritis.
    key_point: Look for injured muscle.
"""
RULE = Rule(
    name="no-variant",
    finds="a question without a variant, in a case of which another question has one",
    reason="Whoever meets the same words and the same picture again remembers those; another"
    " patient shows what was learnt. A case without any variant is a whole case, so this speaks"
    " only where its author has begun to write some. A question that names an `objective` may share"
    " it with others, and is left alone.",
    source="this project's own rule",
    severity=Severity.NOTE,
    bad=_BAD,
    good=_BAD
    + """\
    variants:
      - id: child
        vignette: A 9-year-old boy with hard lumps at both elbows tires on the stairs.
""",
    find=find,
)
