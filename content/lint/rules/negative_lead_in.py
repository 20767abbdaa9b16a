"""The rule ``negative-lead-in``."""

from collections.abc import Iterator

from content.lint.negation import negation
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Prompts that ask for what does not fit."""
    for question in subject.questions:
        if question.prompt and (word := negation(question.prompt.plain)):
            yield at(
                question.prompt,
                phrase(
                    "“{word}” turns the question round; ask for what is true, or mark several"
                    " choices correct",
                    word=word,
                ),
            )


RULE = Rule(
    name="negative-lead-in",
    finds="a prompt that asks for what is not so: not, except, least, false",
    reason="It is easily read wrongly, and a learner who finds the odd one out has not shown to"
    " know what is right.",
    source="NBME Item-Writing Guide 2020; Haladyna, Downing & Rodriguez 2002",
    bad="""
questions:
  - id: treatment
    prompt: Which drug should not be given to this patient?
    choices:
      - text: Colchicine
      - text: Naproxen
        correct: true
      - text: Prednisolone
""",
    good="""
questions:
  - id: treatment
    prompt: Which drug would most endanger this patient's kidneys?
    choices:
      - text: Colchicine
      - text: Naproxen
        correct: true
      - text: Prednisolone
""",
    find=find,
)
