"""Whether a question asks for the exception: for what is not so, or what fits least."""

import re
from functools import lru_cache

from content.lint.lead_in import instructs
from content.lint.words import CHOICE_NOUN, sentences

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
    r"\b(?:except(?:ing)?|but not|other than|apart from|with the exception of)\W*$"
    r"|\bodd one out\b|\ball but (?:one|which)\b"
    r"|\b(?:all|each|every|any)\b[^.?!]*[,:\s]except\b(?!\s+(?:for|that|when|if|in)\b)",
    re.IGNORECASE,
)
# The least of something that choices have in different amounts is a plain superlative.
_LEAST = re.compile(
    r"(?<!at )(?<!at the )(?<!at the very )\bleast\s+(?:\w+ly\s+)?"
    r"(?:likely|probable|associated|appropriate|consistent|compatible|useful|helpful|suggestive"
    r"|expected|suitable|plausible|characteristic|typical|related|accurate|correct|true|relevant"
    r"|important|indicated|acceptable|supportive|supported|supports?|explains?|suggests?|fits?"
    r"|favou?rs?|reliable|valuable|advisable|beneficial|desirable|effective|necessary|safe|sensible"
    r"|wise)\b",
    re.IGNORECASE,
)
_FALSE = re.compile(
    r"\b(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:false|incorrect|untrue)\b"
    r"(?![\s-]+(?:positive|negative))"
    r"|\b(?:which|following|statements?|these)\s+(?:is|are)\s+wrong\b(?!\s+(?:with|in|for)\b)"
    r"|\b(?:false|incorrect|untrue|wrong)\s+(?:statement|answer|option|choice|assertion|one)s?\b",
    re.IGNORECASE,
)

_BE = r"(?:is|are|was|were|be|been|seems?|appears?|becomes?|proves?)"
_UNFIT_WORDS = """
atypical contra-indicated contraindicated discouraged erroneous futile ill-advised implausible
improbable inaccurate inadvisable inappropriate incompatible inconsistent ineffective irrelevant
mistaken needless superfluous unacceptable unadvisable uncharacteristic uncommon undesirable
unhelpful unjustified unlikely unnecessary unrelated unsafe unsuitable untypical unusual
unwarranted unwise useless
"""
_UNFIT = rf"(?:less likely|{'|'.join(_UNFIT_WORDS.split())})"
_CLAUSE_GOES_ON = (
    r"(?=\W*$|\W+(?:an?|as|at|because|before|by|during|for|here|in|now|of|on|or|than|the|then|this"
    r"|to|today|with|until|while)\b)"
)
_IN_OTHER_WORDS = re.compile(
    "|".join(
        (
            rf"\b{_BE}\s+(?:[\w'\u2019-]+\s+){{0,4}}?{_UNFIT}\b{_CLAUSE_GOES_ON}",
            rf"\b(?:the|an?)\s+(?:most\s+|clearly\s+)?{_UNFIT}\s+(?:next\s+)?(?:one|{CHOICE_NOUN})\b",
            r"\bmakes?\s+[^.?!]*\b(?:implausible|improbable|less likely|less probable|unlikely)\b",
            r"\b(?:argu|speak|tell|count|weigh|militat|point)(?:es?|s)?\s+(?:\w+\s+){0,3}?against\b",
            r"\b(?:argument|evidence|reason)s?\s+against\b|\b(?:advised|warned)\s+against\W*$",
            r"\b(?:contradicts?|disfavou?rs?|disproves?|refutes?)\b",
            r"\bbe\s+(?:\w+\s+)?(?:avoided|omitted)\b(?!\s+(?:by|through|with)\b)",
            r"\b(?:is|are)\s+(?:\w+\s+)?(?:best|better|to be)\s+avoided\b",
            r"\b(?:should|must|would|do|does|ought|needs?|has|have|had|told|asked|advised|wise|important"
            r"|best)\s+(?:[\w'\u2019-]+\s+){0,5}?avoid(?=\W*$|\s+(?:[a-z]+ing|at|during|for|in|now"
            r"|on|until|while|with)\b)",
            r"\bto avoid(?=\W*$|\s+(?:during|for|in|now|on)\b)",
            r"\b(?:is|are|(?:can|may)\s+(?:now\s+)?be)\s+(?:\w+ly\s+)?(?:dismissed|excluded"
            r"|ruled out)\b(?!\s+from\b)",
            r"\b(?:adds?|contributes?)\s+nothing\b|\b(?:fails?\s+to\s+(?:account|explain|help|support)"
            r"|lacks?\s+(?:\w+\s+)?(?:benefit|evidence|support|value))\b",
            r"\b(?:characteristically|typically|usually|expected\s+to\s+be)\s+absent\b",
            r"\bworst\s+(?:next\s+)?(?:answer|choice|option|step)\b",
            r"\b(?:has|have|plays?|is of|are of|offers?)\s+no\s+(?:\w+\s+)?(?:benefit|effect|part"
            r"|place|relation|relationship|relevance|role|use|value)\b",
        )
    ),
    re.IGNORECASE,
)
_TURNING = re.compile(
    rf"{_UNFIT}|less probable|against|contradict\w*|disfavou?r\w*|disprove\w*|refute\w*"
    r"|avoid\w*|omitted|dismissed|excluded|ruled out|\bno\b|absent|nothing|fails?\b|lacks?\b|worst",
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
    """What turns round what is asked for: “which is not ...”, “which must be avoided ...”.

    In “which helps if he does not ...” it is said of the patient.
    """
    if instructs(sentence):
        clause = _AFTER_INSTRUCTION.split(sentence, maxsplit=1)[0]
    elif asked := _ASKED.search(sentence):
        clause = _AFTER_QUESTION.split(asked[0], maxsplit=1)[0]
    else:
        return None
    if hit := _NOT.search(clause):
        return hit["word"] or hit["joined"]
    if (hit := _IN_OTHER_WORDS.search(clause)) and (word := _TURNING.search(hit[0])):
        return word[0]
    return None
