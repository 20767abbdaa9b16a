"""The rule ``none-of-the-above``."""

import re
from collections.abc import Iterator

from content.lint.catch_all import ARE_RIGHT, ONE_NAMED, THE_OTHERS, asks_how_many
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.lint.words import CHOICE_NOUN
from content.phrases import phrase

_NONE = re.compile(
    rf"(?:none|not any|neither|nothing)(?:\s+of)?\s+{THE_OTHERS}(?:{ARE_RIGHT})?\W*"
    rf"|none(?:{ARE_RIGHT}|\s+applies|\s+apply)?\W*"
    r"|(?:there\s+is\s+)?no\s+(?:correct|right)\s+(?:answer|choice|option)\b.*"
    rf"|(?:no|neither)\s+(?:answer|choice|option)(?:{ARE_RIGHT})?\W*|not\s+listed(?:\s+here)?\W*"
    rf"|(?:no|neither|not\s+one)\s+(?:{ONE_NAMED})(?:{ARE_RIGHT})?\W*"
    rf"|neither(?:\s+{CHOICE_NOUN})?\W*"
    rf"|(?:(?:an?|some|any)\s+)?(?:[\w-]+\s+)?{CHOICE_NOUN}\s+(?:not|other\s+than\s+(?:the\s+|these\s+)?)"
    r"\s*(?:above|here|listed|mentioned|named|these)(?:\s+(?:above|here))?\W*"
    rf"|(?:some\s+|an?\s+)?(?:another|different|other)(?:\s+{CHOICE_NOUN})?\W*|something\s+else\W*",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"neither\W*", re.IGNORECASE)
_SIDES = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that deny all the others."""
    for question in subject.questions:
        sides = any(_SIDES.search(option.plain) for option in question.options)
        for option in () if asks_how_many(question) else question.options:
            # “Neither” answers which side is affected, once “Left” and “Right” can be chosen too.
            if _NONE.fullmatch(option.plain) and not (sides and _NEITHER.fullmatch(option.plain)):
                yield at(
                    option,
                    phrase(
                        "“{choice}” as a choice; drop it, or say what would be done or found"
                        " instead, such as “No drug treatment”",
                        choice=option.plain,
                    ),
                )


RULE = Rule(
    name="none-of-the-above",
    finds="a choice that denies all the others, or stands for whatever is not listed",
    reason="Picking it shows that a learner rejected the others, not that they know what is right;"
    " and choices are shuffled, so that nothing is above.",
    source="NBME Item-Writing Guide 2020; Haladyna, Downing & Rodriguez 2002 (use with care)",
    bad="""
questions:
  - id: treatment
    prompt: Which drug treatment is most appropriate now?
    choices:
      - text: Oral colchicine
      - text: Intravenous alteplase
      - text: None of the above
        correct: true
""",
    good="""
questions:
  - id: treatment
    prompt: Which treatment is most appropriate now?
    choices:
      - text: Oral colchicine
      - text: Intravenous alteplase
      - text: Rest without a drug
        correct: true
""",
    find=find,
)
