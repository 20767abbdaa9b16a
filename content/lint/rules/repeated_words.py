"""The rule ``repeated-words``."""

from collections.abc import Iterator
from itertools import takewhile

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase

_FEWEST = 3


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that all begin with the same words."""
    for question in subject.questions:
        texts = [option.plain.split() for option in question.options]
        columns = zip(*([word.casefold() for word in words] for words in texts), strict=False)
        shared = len(list(takewhile(lambda column: len(set(column)) == 1, columns)))
        if len(texts) > 1 and shared >= _FEWEST and len(set(map(tuple, texts))) > 1:
            opening = " ".join(texts[0][:shared])
            yield at(
                question.options[0],
                phrase(
                    "every choice begins with “{words}”; say it once, in the prompt", words=opening
                ),
            )


RULE = Rule(
    name="repeated-words",
    finds="three or more opening words common to all choices",
    reason="What all choices share belongs into the prompt, so that it is read once and the"
    " difference is seen at a glance, on a narrow screen too.",
    source="Haladyna, Downing & Rodriguez 2002 (minimise reading; central idea in the stem);"
    " NBME Item-Writing Guide 2020",
    bad="""
questions:
  - id: treatment
    prompt: What is the best treatment now?
    choices:
      - text: Give the patient intravenous calcium
        correct: true
      - text: Give the patient intravenous insulin
      - text: Give the patient nebulised salbutamol
""",
    good="""
questions:
  - id: treatment
    prompt: Which drug should the patient be given first?
    choices:
      - text: Intravenous calcium
        correct: true
      - text: Intravenous insulin
      - text: Nebulised salbutamol
""",
    find=find,
)
