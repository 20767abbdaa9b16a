"""The rule ``length-variance``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject

_TIMES_SHORTEST = 2.5
_CHARACTERS_MORE = 20


def find(subject: Subject) -> Iterator[Finding]:
    """Questions with choices of conspicuously different length."""
    for question in subject.questions:
        options = sorted(question.options, key=_length)
        if len(options) > 1 and _differ(options[0], options[-1]):
            yield at(
                options[-1],
                f"{_length(options[-1])} characters beside the {_length(options[0])} of"
                f" “{options[0].plain}”; make the choices about equally long",
            )


def _differ(shortest: Passage, longest: Passage) -> bool:
    least, most = _length(shortest), _length(longest)
    return most > _TIMES_SHORTEST * least and most - least > _CHARACTERS_MORE


def _length(option: Passage) -> int:
    return len(option.plain)


RULE = Rule(
    name="length-variance",
    finds="choices of which the longest is over 2.5 times as long as the shortest, and by more than"
    " 20 characters",
    reason="A choice that stands out by its length is picked, or passed over, for its looks. Names"
    " that are as long as they are give a case its reason to ignore this.",
    source="Haladyna, Downing & Rodriguez 2002 (length of choices about equal);"
    " BMC Med Educ 2016 (s12909-016-0559-7, Table 1)",
    bad="""
questions:
  - id: step
    prompt: What is the most appropriate next step?
    choices:
      - text: Biopsy
        correct: true
      - text: Watchful waiting for three months with a repeat scan
      - text: Referral to a hospice
""",
    good="""
questions:
  - id: step
    prompt: What is the most appropriate next step?
    choices:
      - text: Biopsy of the largest lump
        correct: true
      - text: A repeat scan in three months
      - text: Referral to a hospice
""",
    find=find,
)
