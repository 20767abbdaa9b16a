"""The rule ``length-variance``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.phrases import phrase

_TIMES_SHORTEST = 2.5
_CHARACTERS_MORE = 20


def find(subject: Subject) -> Iterator[Finding]:
    """Right choices that are conspicuously longer than another, and at least as long as any."""
    for question in subject.questions:
        if not (question.correct and question.wrong):
            continue
        longest = max(question.correct, key=_length)
        shortest = min(question.options, key=_length)
        if _length(longest) >= max(map(_length, question.wrong)) and _differ(shortest, longest):
            yield at(
                longest,
                phrase(
                    "{most} characters beside the {least} of “{choice}”; make the choices about"
                    " equally long",
                    most=_length(longest),
                    least=_length(shortest),
                    choice=shortest.plain,
                ),
            )


def _differ(shortest: Passage, longest: Passage) -> bool:
    least, most = _length(shortest), _length(longest)
    return most > _TIMES_SHORTEST * least and most - least > _CHARACTERS_MORE


def _length(option: Passage) -> int:
    return len(option.plain)


RULE = Rule(
    name="length-variance",
    finds="a right choice that is the longest, over 2.5 times as long as the shortest and by more"
    " than 20 characters",
    reason="A right choice that stands out by its length is picked for its looks. A wrong one that"
    " does so misleads only those who go by looks, and is left alone.",
    source="Haladyna, Downing & Rodriguez 2002 (length of choices about equal);"
    " BMC Med Educ 2016 (s12909-016-0559-7, Table 1)",
    bad="""
questions:
  - id: step
    prompt: What is the most appropriate next step?
    choices:
      - text: A repeat scan in three months, then a biopsy if it grows
        correct: true
      - text: Removal of the lump with a margin of healthy skin
      - text: A biopsy now
""",
    good="""
questions:
  - id: step
    prompt: What is the most appropriate next step?
    choices:
      - text: A repeat scan in three months
        correct: true
      - text: Removal with a margin of skin
      - text: A biopsy of the largest lump
""",
    find=find,
)
