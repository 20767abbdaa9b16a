"""The rule ``choice-without-why``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule
from content.lint.subject import ChoiceText, QuestionText, Subject
from content.phrases import Phrase, phrase


def find(subject: Subject) -> Iterator[Finding]:
    """Choices of which no why speaks, neither their own nor, by name, that of another choice."""
    for question in subject.questions:
        bare = _bare(question)
        if bare and len(bare) == len(question.choices):
            message = phrase("no choice says why it is right or wrong; give each a `why`")
            yield Finding(question.mark, message)
        else:
            for choice in bare:
                yield Finding(choice.mark, _nothing_says(choice))


def _nothing_says(choice: ChoiceText) -> Phrase:
    this = phrase("this choice")
    name = phrase("“{word}”", word=choice.text.plain) if choice.text else this
    if choice.correct:
        return phrase("nothing says why {choice} is right; give it a `why`", choice=name)
    return phrase("nothing says why {choice} is wrong; give it a `why`", choice=name)


def _bare(question: QuestionText) -> list[ChoiceText]:
    said = " ".join(choice.why.plain.lower() for choice in question.choices if choice.why)
    return [
        choice
        for choice in question.choices
        if not choice.why and not (choice.text and choice.text.plain.lower() in said)
    ]


RULE = Rule(
    name="choice-without-why",
    finds="a choice that no `why` discusses",
    reason="Whoever chose it learns that it was wrong and not where the thought went astray, which"
    " is what the case is there to teach.",
    source="BMJ Heart, instructions for image challenges; Haladyna, Downing & Rodriguez 2002"
    " (plausible distractors, from typical errors of students)",
    bad="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Calcium deposits
        correct: true
        why: Stone-hard lumps years after a rash are calcium.
      - text: Urate deposits
      - text: Rheumatoid nodules
        why: She has no arthritis.
    key_point: Stone-hard lumps are calcium.
""",
    good="""
questions:
  - id: nature
    prompt: What are these lumps most likely to be?
    choices:
      - text: Calcium deposits
        correct: true
        why: Stone-hard lumps years after a rash are calcium.
      - text: Urate deposits
        why: Tophi follow years of gout, which she lacks.
      - text: Rheumatoid nodules
        why: She has no arthritis.
    key_point: Stone-hard lumps are calcium.
""",
    find=find,
)
