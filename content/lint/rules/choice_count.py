"""The rule ``choice-count``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import Subject
from content.phrases import phrase

_FEWEST = 3
_MOST = 5


def find(subject: Subject) -> Iterator[Finding]:
    """Questions with too few choices to need knowledge, or too many to be worth reading."""
    for question in subject.questions:
        count = len(question.choices)
        most = _MOST + max(0, len(question.correct) - 1)
        if 0 < count < _FEWEST:
            message = phrase(
                "{count} choices; add plausible ones until there are {wanted}",
                count=count,
                wanted=_FEWEST,
            )
            yield Finding(question.choices[0].mark, message)
        elif count > most:
            message = phrase(
                "{count} choices; leave out the least plausible until there are {wanted}",
                count=count,
                wanted=most,
            )
            yield Finding(question.choices[most].mark, message)


RULE = Rule(
    name="choice-count",
    finds="fewer than 3 choices, or more than 5 and one for each further right one",
    reason="With two choices half of all guesses are right. Beyond three plausible choices,"
    " further ones are seldom chosen by anybody and cost reading time. A question that asks for"
    " several may have one more for each, so that as many are wrong.",
    source="Rodriguez 2005 (three options suffice); Haladyna, Downing & Rodriguez 2002",
    bad="""
questions:
  - id: sound
    prompt: Which valve makes the murmur that is drawn in the figure?
    choices:
      - text: The aortic valve
        correct: true
      - text: The mitral valve
""",
    good="""
questions:
  - id: sound
    prompt: Which valve makes the murmur that is drawn in the figure?
    choices:
      - text: The aortic valve
        correct: true
      - text: The mitral valve
      - text: The tricuspid valve
""",
    find=find,
)
