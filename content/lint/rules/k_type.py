"""The rule ``k-type``."""

import re
from collections.abc import Iterator
from typing import Final

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, QuestionText, Subject
from content.lint.words import CHOICE_NOUN, content_stems
from content.phrases import phrase

_LABEL = r"\(?(?:[a-l]|[1-9]|1[0-2]|i{1,3}|iv|vi{0,3}|ix|xi{0,2})[).]?"
_JOIN = r"(?:\s*[,;/]\s*(?:and\s+|or\s+|&\s*)?|\s+and\s+|\s*&\s*|\s*\+\s*|\s+or\s+|\s+plus\s+)"
_NOUN = r"(?:(?:choices?|options?|answers?|statements?|items?|numbers?|nos?\.)\s+)"
_TAIL = r"(?:\s+(?:only|alone|together|(?:are|is)\s+(?:correct|true|right)))?\W*"
_LABELS = re.compile(
    rf"(?P<both>both\s+|only\s+|either\s+|neither\s+)?(?P<noun>{_NOUN})?"
    rf"(?P<labels>{_LABEL}(?:(?:{_JOIN}|\s+nor\s+){_LABEL})*){_TAIL}",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"(?:both(?:\s+{CHOICE_NOUN})?|(?:both|either|any\s+two|two)(?:\s+of)?"
    r"\s+(?:the\s+above|these|those|them|the\s+other\s+(?:two|choices)))"
    r"(?:\s+are\s+(?:correct|true|right))?\W*"
    r"|(?:the\s+)?(?:first|second|third|fourth|last)\s+(?:and|or)\s+(?:the\s+)?"
    r"(?:second|third|fourth|fifth|last)(?:\s+(?:choices?|options?|answers?|statements?))?\W*",
    re.IGNORECASE,
)
_AND = re.compile(
    r"\s*(?:\+|&|,\s*and\b|\b(?:and|plus|with|together with|combined with|as well as|or)\b)\s*",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"^(?:both|only|just|a combination of|the combination of|either)\b"
    r"|\b(?:alone|only|by itself|but not\b.*|without\b.*|in combination|combined|together)\W*$",
    re.IGNORECASE,
)
_NO_WORDS = frozenset("bcdefghjklmnopqrstuwyz") | {"i", "ii", "iii", "iv", "v", "vi", "vii", "x"}
_JOINING = re.compile(r"\b(?:and|or|nor|plus)\b", re.IGNORECASE)
_ROMAN_NUMBER = re.compile(r"\b[ivx]+\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")
_SIDES = re.compile(r"\b(?:left|right)\b", re.IGNORECASE)
_ENUMERATED = re.compile(rf"(?:^|[\s(])({_LABEL}(?<=[).]))\s+[^\W\d_]", re.IGNORECASE)
_ROMAN: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def find(subject: Subject) -> Iterator[Finding]:
    """Choices that combine other choices, or statements listed before them."""
    listed = _listed(subject.vignette) if subject.vignette else set()
    for question in subject.questions:
        for said in (question.reveal, question.prompt):
            listed |= _listed(said) if said else set()
        joined = list(_joined(question))
        for option in question.options:
            if _combines(option.plain, question, listed) or option in joined:
                yield at(
                    option,
                    phrase(
                        "“{choice}” combines other statements; make each a choice and mark every"
                        " right one `correct: true`",
                        choice=option.plain,
                    ),
                )


def _combines(text: str, question: QuestionText, listed: set[str]) -> bool:
    if _BOTH.fullmatch(text):
        # “Both” answers which side is affected, once “Left” and “Right” can be chosen too.
        return not any(_SIDES.search(option.plain) for option in question.options)
    hit = _LABELS.fullmatch(text)
    if not hit:
        return False
    labels = _labels(hit["labels"])
    if len(labels) < 2 and not (hit["both"] or text.rstrip(" .").lower().endswith("only")):
        return False
    if hit["noun"] or labels <= listed:
        return True
    # III and IV may be nerves, A and B blood groups: they mean choices only where there are as
    # many choices in words.
    texts = (_JOINING.sub(" ", option.plain) for option in question.options)
    saying = sum(bool(_WORD.search(_ROMAN_NUMBER.sub(" ", text))) for text in texts)
    return len(labels) > 1 and max(map(_place, labels)) <= saying


def _joined(question: QuestionText) -> Iterator[Passage]:
    """Choices that join two others in words: “X plus Y” beside “X alone” and “Y alone”."""
    bare = [_LEFT_OUT.sub("", option.plain) for option in question.options]
    said = [frozenset(content_stems(text)) for text in bare]
    for place, text in enumerate(bare):
        parts = {frozenset(content_stems(part)) for part in _AND.split(text)}
        in_words = not any(part <= _NO_WORDS for part in parts)
        if len(parts) > 1 and in_words and parts <= {*said[:place], *said[place + 1 :]}:
            yield question.options[place]


def _labels(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+|[0-9]+", _JOINING.sub(" ", text.lower())))


def _place(label: str) -> int:
    """Which choice a label means, counted from 1."""
    if label.isdigit():
        return int(label)
    return _ROMAN.index(label) + 1 if label in _ROMAN else ord(label) - ord("a") + 1


def _listed(passage: Passage) -> set[str]:
    """The labels of the statements that a text lists, as in “(1) fever (2) rash”."""
    labels = {label.strip("().").lower() for label in _ENUMERATED.findall(passage.plain)}
    return labels if len(labels) > 1 else set()


RULE = Rule(
    name="k-type",
    finds="a choice that combines others: “A and B”, “both”, “1 and 3”, or their words",
    reason="Knowing one of the parts rules out most of the combinations, so such questions are"
    " easier to guess and slower to read; and choices are shuffled, so that none has a letter.",
    source="NBME Item-Writing Guide 2020 (retired K-type items); Haladyna, Downing & Rodriguez 2002"
    " (complex multiple choice)",
    bad="""
questions:
  - id: treatment
    prompt: Which treatment is most appropriate?
    choices:
      - text: Ibuprofen
      - text: Colchicine
      - text: Both A and B
        correct: true
""",
    good="""
questions:
  - id: treatment
    prompt: Which treatment is most appropriate?
    choices:
      - text: Ibuprofen alone
      - text: Colchicine with ibuprofen
        correct: true
      - text: Prednisolone alone
""",
    find=find,
)
