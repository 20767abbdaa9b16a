"""The lead-in: the sentence of a prompt that asks, or tells the learner what to do."""

import re
from typing import Final

from content.lint.words import sentences, word_set

INSTRUCTIONS: Final = word_set(
    """
    advise arrange assign assume calculate choose circle classify compare complete consider decide
    describe determine diagnose estimate explain fill find give grade identify indicate infer
    interpret judge label list locate look mark match name note order outline pick point predict
    propose rank rate read recall recommend select set specify state suggest take tick use
    elija escoja indique marque seleccione señale
    """
)
"""Verbs that open an instruction; the last are Spanish, whose questions mark themselves."""

_ASKS = re.compile(r"""[?\uff1f\u061f]["'\u201d\u2019)\]\s.]*$""")
_OPENS_QUESTION = re.compile(
    r"(?:^|[,;:]\s+)(?:(?:and|so|but|then|in|at|on|of|for|to|from|by|with|under)\s+)?"
    r"(?:which|what|who|whom|whose|where|when|why|how)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:]\s+|\s+-\s+|\s*[\u2013\u2014]\s*")
_ON_ANSWERING = re.compile(
    r"\b(?:answers?|apply|applies|choices?|correct|options?|right|one or more|more than one)\b",
    re.IGNORECASE,
)


def instructs(sentence: str) -> bool:
    """Whether a sentence, or a clause of it, begins with an instruction."""
    for clause in _CLAUSE.split(sentence.strip(" \"'\u201c\u201d()[]*")):
        words = re.findall(r"[^\W_]+", clause.lower())[:2]
        if words[:1] in (["please"], ["now"], ["then"]):
            words = words[1:]
        if words and words[0] in INSTRUCTIONS:
            return True
    return False


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, its mark forgotten perhaps."""
    return bool(_ASKS.search(sentence) or _OPENS_QUESTION.search(sentence))


def lead_in(prompt: str) -> str:
    """The last sentence that is not merely about how to answer, such as “Select two.”"""
    parts = sentences(prompt)
    while len(parts) > 1 and _is_on_answering(parts[-1]):
        parts.pop()
    return parts[-1] if parts else ""


def _is_on_answering(sentence: str) -> bool:
    if asks(sentence) or len(sentence.split()) > 10:
        return False
    return instructs(sentence) or bool(_ON_ANSWERING.search(sentence))
