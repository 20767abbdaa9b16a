"""The rule ``longest-correct``."""

from collections.abc import Iterator
from statistics import median

from content.lint.rule import Finding, Rule, at
from content.lint.subject import QuestionText, Subject
from content.phrases import phrase

_TIMES_MEDIAN = 1.5
_CHARACTERS_MORE = 20


def find(subject: Subject) -> Iterator[Finding]:
    """Right choices that are the longest, all of them where there are several."""
    for question in subject.questions:
        if _stand_out(question):
            shortest = min(question.correct, key=lambda option: len(option.plain))
            middle = median(len(option.plain) for option in question.options)
            yield at(
                shortest,
                phrase(
                    "the right choice is the longest ({length} characters, the median is"
                    " {median}); move detail into its `why`, or say as much in the others",
                    length=len(shortest.plain),
                    median=f"{middle:.0f}",
                ),
            )


def _stand_out(question: QuestionText) -> bool:
    right = [len(option.plain) for option in question.correct]
    wrong = [len(option.plain) for option in question.wrong]
    if not right or not wrong:
        return False
    middle = median(right + wrong)
    conspicuous = min(right) >= middle + _CHARACTERS_MORE
    return conspicuous and min(right) > max(_TIMES_MEDIAN * middle, *wrong)


RULE = Rule(
    name="longest-correct",
    finds="a right choice that is the longest, more than 1.5 times as long as the median and by at"
    " least 20 characters",
    reason="Authors qualify what must be beyond dispute, so learners wise to tests pick the"
    " longest choice; it is one of the few flaws that raised scores when put to the test.",
    source="Pham, Besanko & Devitt 2018 (PMC10711986); NBME Item-Writing Guide 2020",
    bad="""
questions:
  - id: treatment
    prompt: What is the most appropriate treatment?
    choices:
      - text: Ibuprofen for two weeks with low-dose colchicine for three
        correct: true
      - text: Intravenous heparin and rest
      - text: Prednisolone for two weeks
      - text: Drainage of the pericardium
""",
    good="""
questions:
  - id: treatment
    prompt: What is the most appropriate treatment?
    choices:
      - text: Ibuprofen with colchicine
        correct: true
      - text: Intravenous heparin and rest
      - text: Prednisolone for two weeks
      - text: Drainage of the pericardium
""",
    find=find,
)
