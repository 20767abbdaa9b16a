"""The rule ``missing-lead-in``."""

from collections.abc import Iterator

from content.lint.lead_in import asks, instructs, lead_in
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Prompts that end without asking anything."""
    for question in subject.questions:
        if not question.prompt:
            continue
        sentence = lead_in(question.prompt.plain)
        if sentence and not asks(sentence) and not instructs(sentence):
            yield at(
                question.prompt,
                phrase(
                    "“{sentence}” neither asks nor instructs; end the prompt with a question, such"
                    " as “Which ... is most likely?”",
                    sentence=sentence,
                ),
            )


RULE = Rule(
    name="missing-lead-in",
    finds="a prompt whose last sentence neither asks nor instructs",
    reason="A learner should know what to decide before reading the choices. A sentence left open"
    " for the choices to finish must be read once with each of them.",
    source="NBME Item-Writing Guide 2020; Haladyna, Downing & Rodriguez 2002",
    bad="""
questions:
  - id: nature
    prompt: These lumps are most likely to be
    choices:
      - text: Calcium deposits
        correct: true
      - text: Urate deposits
      - text: Rheumatoid nodules
""",
    good="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Calcium deposits
        correct: true
      - text: Urate deposits
      - text: Rheumatoid nodules
""",
    find=find,
)
