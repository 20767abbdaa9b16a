"""Whether a question asks for the exception: for what is not so, or what fits least."""

import re
from functools import lru_cache

from content.lint.lead_in import instructs
from content.lint.words import sentences

_AUXILIARY = (
    r"(?:is|are|was|were|be|does|do|did|should|would|will|can|could|may|might|must|has|have|had"
    r"|needs?)"
)
# Where a clause begins that says something of the patient, not of the choice that is asked for.
_OF_THE_PATIENT = (
    r"[,;:(]|\b(?:if|when|who|whom|whose|because|although|though|while|whereas|unless|since|why"
    r"|how|whether|despite|until|once|given|after|before)\b"
)
_AFTER_INSTRUCTION = re.compile(_OF_THE_PATIENT, re.IGNORECASE)
_AFTER_QUESTION = re.compile(rf"{_OF_THE_PATIENT}|\bthat\b|(?<!^)\bwhich\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:which|what|who|where)\b.*", re.IGNORECASE | re.DOTALL)
_NOT = re.compile(
    rf"\b{_AUXILIARY}\s+(?:[^\W_]+\s+){{0,4}}?(?P<word>not|never)\b(?!\s+only\b)"
    r"|\b(?P<joined>cannot|[^\W_]+n['\u2019]t)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b(?:NOT|EXCEPT|(?<!AT )(?<!at )LEAST|NEVER|FALSE|INCORRECT)\b")
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?|but not)\W*$"
    r"|\b(?:all|each|every|any)\b[^.?!]*[,:\s]except\b(?!\s+(?:for|that|when|if|in)\b)",
    re.IGNORECASE,
)
# The least of something that choices have in different amounts is a plain superlative.
_LEAST = re.compile(
    r"(?<!at )(?<!at the )(?<!at the very )\bleast\s+(?:\w+ly\s+)?"
    r"(?:likely|probable|associated|appropriate|consistent|compatible|useful|helpful|suggestive"
    r"|expected|suitable|plausible|characteristic|typical|related|accurate|correct|true|relevant"
    r"|important|indicated|acceptable|supportive|supported|supports?|explains?|suggests?|fits?"
    r"|favou?rs?|reliable|valuable)\b",
    re.IGNORECASE,
)
_FALSE = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:false|incorrect|untrue)\b"
    r"(?![\s-]+(?:positive|negative))"
    r"|\b(?:which|following|statements?|these)\s+(?:is|are)\s+wrong\b(?!\s+(?:with|in|for)\b)"
    r"|\b(?:false|incorrect|untrue|wrong)\s+(?:statement|answer|option|choice|assertion|one)s?\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1024)  # the same questions are shown and answered again and again
def negation(prompt: str) -> str | None:
    """The word that turns a prompt round; None for one that asks for what is so."""
    for pattern in (_CAPITALS, _EXCEPT, _LEAST, _FALSE):
        if hit := pattern.search(prompt):
            return hit[0].strip(" ,:.?!\n")
    negated = (_asked(sentence) for sentence in sentences(prompt))
    return next((word for word in negated if word), None)


def _asked(sentence: str) -> str | None:
    """The “not” of what is asked for: “which is not ...”, not “which helps if he does not ...”."""
    if instructs(sentence):
        clause = _AFTER_INSTRUCTION.split(sentence, maxsplit=1)[0]
    elif asked := _ASKED.search(sentence):
        clause = _AFTER_QUESTION.split(asked[0], maxsplit=1)[0]
    else:
        return None
    hit = _NOT.search(clause)
    return (hit["word"] or hit["joined"]) if hit else None
