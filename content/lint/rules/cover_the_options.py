"""The rule ``cover-the-options``."""

from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.lint.words import FUNCTION_WORDS, word_set
from content.phrases import Phrase, phrase

_LEAST_WORDS = 4
# What a prompt says that asks about nothing but its choices.
_EMPTY = FUNCTION_WORDS | word_set(
    """
    accurate answer answers applies apply appropriate best choice choices choose correct describes
    description false following incorrect most option options pick right select statement
    statements suitable true valid wrong item items sentence sentences identify mark tick point
    """
)
# “What does she have?” is all such words, and yet a question.
_POINTING = word_set(
    "which following these those choice choices option options answer answers statement statements"
)


def find(subject: Subject) -> Iterator[Finding]:
    """Prompts that cannot be answered before the choices are read."""
    for question in subject.questions:
        if question.prompt and (flaw := _flaw(question.prompt)):
            yield at(
                question.prompt,
                phrase(
                    "{flaw}; ask so that a good learner could answer with the choices covered",
                    flaw=flaw,
                ),
            )


def _flaw(prompt: Passage) -> Phrase | None:
    words = prompt.words
    if not words or _is_unspaced(prompt.plain):
        return None
    if _POINTING.intersection(words) and _EMPTY.issuperset(words):
        return phrase("“{prompt}” asks only about the choices", prompt=prompt.plain)
    if len(words) < _LEAST_WORDS:
        return phrase("“{prompt}” is fewer than {n} words", prompt=prompt.plain, n=_LEAST_WORDS)
    return None


def _is_unspaced(text: str) -> bool:
    """Whether this is in a script that does not part words, so that they cannot be counted."""
    return any("\u0e00" <= letter <= "\u0fff" or "\u3040" <= letter <= "\u9fff" for letter in text)


RULE = Rule(
    name="cover-the-options",
    finds="a prompt that says too little to be answered with the choices covered",
    reason="If a question can be answered without the choices, it asks for knowledge; if it"
    " cannot, it asks to compare sentences. Ask for one thing, in full.",
    source="NBME Item-Writing Guide 2020 (cover-the-options rule); BMC Med Educ 2016"
    " (s12909-016-0559-7, Table 1)",
    bad="""
questions:
  - id: best
    prompt: Which of these options is best?
    choices:
      - text: Intravenous furosemide
        correct: true
      - text: Oral digoxin
      - text: Inhaled salbutamol
""",
    good="""
questions:
  - id: first-drug
    prompt: Which drug will relieve her breathlessness soonest?
    choices:
      - text: Intravenous furosemide
        correct: true
      - text: Oral digoxin
      - text: Inhaled salbutamol
""",
    find=find,
)
