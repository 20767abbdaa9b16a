"""The rule ``synonymous-choices``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.lint.synonyms import same_things
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that are another's name."""
    for question in subject.questions:
        options = question.options
        for one, other in same_things([option.plain for option in options]):
            yield at(
                options[other],
                phrase(
                    "“{choice}” is another name of “{other}”; replace one of them",
                    choice=options[other].plain,
                    other=options[one].plain,
                ),
            )


RULE = Rule(
    name="synonymous-choices",
    finds="two choices that are names of one thing",
    reason="Both would be right or both wrong: as only one may be right, whoever sees that they are"
    " the same strikes out both, or is told wrong for the right answer.",
    source="Haladyna, Downing & Rodriguez 2002 (independent choices); NBME Item-Writing Guide 2020",
    bad="""
questions:
  - id: event
    prompt: Which event best explains her breathlessness?
    choices:
      - text: Pulmonary embolism
      - text: Myocardial infarction
        correct: true
      - text: Thromboembolism of the lung
""",
    good="""
questions:
  - id: event
    prompt: Which event best explains her breathlessness?
    choices:
      - text: Pulmonary embolism
      - text: Myocardial infarction
        correct: true
      - text: Aspiration of food
""",
    find=find,
)
