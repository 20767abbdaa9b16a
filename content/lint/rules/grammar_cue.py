"""The rule ``grammar-cue``."""

import re
from collections.abc import Iterator

from content.lint.lead_in import lead_in
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, QuestionText, Subject
from content.lint.words import word_set
from content.phrases import Phrase, phrase, phrases

_ARTICLE = re.compile(r"\s(an?)[\s:.\u2026_-]*$")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}
_ASKED = re.compile(
    r"\b(?:which|select|choose|pick|mark|tick|name)\s+(?:the\s+)?"
    rf"(?P<number>{'|'.join(_NUMBERS)})\b(?!\s+or\s)(?!-)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\b(?:and|plus|with)\b|[,;/&+]", re.IGNORECASE)
_SINGULAR = re.compile(
    r"\b(?:which\s+of\s+(?:the\s+following|these)\s+|^(?:this|the)\s.*\s)is\b", re.IGNORECASE
)
_PLURAL = re.compile(
    r"\b(?:which\s+of\s+(?:the\s+following|these)\s+|^(?:these|the)\s.*\s)are\b", re.IGNORECASE
)
_HEAD = re.compile(r"^.*?(?=\s+(?:of|in|with|from|to|for|by|on|at|due|after|without)\b|[,;(]|$)")
_SINGULAR_IN_S = word_set(
    "ascites caries diabetes gas herpes lens measles mumps rabies rickets scabies series species"
    " tabes tetanus"
)


def find(subject: Subject) -> Iterator[Finding]:
    """Prompts that fit the right choice, or the wrong ones, by grammar alone."""
    for question in subject.questions:
        prompt = question.prompt
        if not prompt:
            continue
        if article := _ARTICLE.search(prompt.plain):
            yield at(
                prompt,
                phrase(
                    "the prompt ends in “{article}”, which not every choice can follow; ask a"
                    " question, and give each choice its own article",
                    article=article[1],
                ),
            )
        if flaw := _miscounted(prompt, question) or _disagreeing(prompt, question):
            yield at(prompt, flaw)


def _miscounted(prompt: Passage, question: QuestionText) -> Phrase | None:
    """What is wrong where a prompt asks for a number of choices and another number is right."""
    asked = _ASKED.search(prompt.plain)
    right = len(question.correct)
    if not asked or not right or _NUMBERS[asked["number"].lower()] == right:
        return None
    # “Which two drugs?” can have choices of two drugs each.
    if right == 1 and _SEVERAL.search(question.correct[0].plain):
        return None
    return phrases(
        "the prompt asks for {number}, and {n} choice is marked correct",
        "the prompt asks for {number}, and {n} choices are marked correct",
        right,
        number=asked["number"].lower(),
    )


def _disagreeing(prompt: Passage, question: QuestionText) -> Phrase | None:
    """What is wrong where “is” or “are” goes with the right choices and with no wrong one."""
    sentence = lead_in(prompt.plain)
    singular, plural = _SINGULAR.search(sentence), _PLURAL.search(sentence)
    if not question.correct or len(question.wrong) < 2 or bool(singular) == bool(plural):
        return None
    right = {_is_plural(option.plain) for option in question.correct}
    wrong = {_is_plural(option.plain) for option in question.wrong}
    if right != {bool(plural)} or wrong != {not plural}:
        return None
    if plural:
        return phrase("“are” goes with the right choice only; put all choices into the plural")
    return phrase("“is” goes with the right choice only; put all choices into the singular")


def _is_plural(text: str) -> bool:
    """Whether a choice names several things, as far as its first words show."""
    head = _HEAD.match(text.lower())
    words = re.findall(r"[^\W\d_]+", head[0] if head else "")
    if not words:
        return False
    last = words[-1]
    regular = last.endswith("s") and not last.endswith(("ss", "us", "is", "os", "itis"))
    return "and" in words or (regular and last not in _SINGULAR_IN_S)


RULE = Rule(
    name="grammar-cue",
    finds="a prompt that ends in a or an, or that agrees with some choices only",
    reason="A choice that does not go on from the prompt as grammar demands is struck out without"
    " any knowledge of the matter.",
    source="NBME Item-Writing Guide 2020 (grammatical cues); Haladyna, Downing & Rodriguez 2002",
    bad="""
questions:
  - id: tracing
    prompt: Which two actions are most appropriate now?
    choices:
      - text: Start ceftriaxone today
        correct: true
      - text: Monitor with temporary pacing available
      - text: Implant a permanent pacemaker
      - text: Discharge on doxycycline
""",
    good="""
questions:
  - id: tracing
    prompt: Which two actions are most appropriate now?
    choices:
      - text: Start ceftriaxone today
        correct: true
      - text: Monitor with temporary pacing available
        correct: true
      - text: Implant a permanent pacemaker
      - text: Discharge on doxycycline
""",
    find=find,
)
