"""The rule ``vignette-not-needed``."""

import re
from collections.abc import Iterator

from content.lint.kinds import Kind, kind_of_word
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.lint.words import FUNCTION_WORDS, word_set
from content.phrases import phrase

# What points at the patient, at what was told or shown, or asks for a decision about them.
_OF_THE_CASE = re.compile(
    r"\b(?:he|she|him|his|her|hers|they|them|their|you|your|this|that|these|those|here|now|next"
    r"|today|tonight|currently|at this (?:point|time)|patient(?:['\u2019]s)?\b(?! with\b)"
    r"|(?:the|a|an) (?:\w+[- ]){0,3}(?:array|baby|boy|case|chart|child|couple|curve|drawing"
    r"|drug(?! of choice)|family|father|figure|film|findings?|girl|graph|history|image|infant"
    r"|lesions?|man|medicine|mother|neonate|newborn|organism|pattern|photograph|picture|poison"
    r"|recording|results?|scan|signs|slide|smear|strip|symptoms|toxin|trace|tracing|vignette|woman)"
    r"|above|depicted|described|pictured|seen|shown|affected|damaged|infarcted|injured|involved"
    r"|ischemic|lost|missing|numb|occluded|paraly[sz]ed|weak|weakness|appropriate|best|did|had"
    r"|immediate|initial|likely|must|probable|should|was|were|working|would)\b",
    re.IGNORECASE,
)
# “these diseases” and “this drug” may be the choices themselves; so may “of the following”.
_THE_CHOICES = re.compile(
    r"\b(?:which|one|each|all|any|none) of (?:the following|these|those)\b(?:\s+\w+)?"
    r"|\b(?:the following|listed)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:the|its|this|his|her|their|such)\s+(?:(?!by|for|from|in|of|to|with)[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_SUBJECTS = {Kind.DISEASE, Kind.DRUG}
_BARE = word_set(
    "cancer crisis disease diseases disorder disorders failure infection infections injury"
    " obstruction syndrome tumor tumour"
)
_ENGLISH = re.compile(
    r"\b(?:which|what|who|whom|whose|where|when|why|how|name|choose|select)\b", re.IGNORECASE
)
# What is so in everybody: which nerve supplies, what hormone is secreted by.
_FACT = re.compile(
    r"\b(?:encodes?|inhibits|innervates?|secretes?|suppl(?:y|ies)|synthesi[sz]es?|transmits?"
    r"|(?:encoded|innervated|produced|secreted|synthesi[sz]ed|transmitted) (?:by|in)"
    r"|half-life|incubation period|mechanism of action|mode of (?:action|inheritance)"
    r"|normal range)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<=[a-z] )(?<!\bthe )(?<!\bits )[A-Z][\w'\u2019-]+ (?:disease|syndrome)\b"
    r"|\b(?:by|causes?|for|from|in|of|with) (?!(?:an?|another|any|its|other|such|the|which)\b)"
    r"(?P<name>(?:[\w'\u2019-]+ ){1,2}(?:cancer|disease|failure|infection|injury|obstruction"
    r"|syndrome|tumou?r))\b"
)
_ASKED = re.compile(r"\b(?:which|what)\s+(?P<words>(?:[\w-]+\s+){0,3})$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def find(subject: Subject) -> Iterator[Finding]:
    """Prompts that ask about a disease or a drug in general."""
    if not subject.vignette:
        return
    for question in subject.questions:
        if question.prompt and (word := _in_general(question.prompt.plain)):
            yield at(
                question.prompt,
                phrase(
                    "“{word}” is asked about in general, so the vignette is not needed; ask about"
                    " this patient",
                    word=word,
                ),
            )


def _in_general(prompt: str) -> str | None:
    """What the prompt asks about in general; None where it asks about the patient."""
    asked = _THE_CHOICES.sub(" ", prompt)
    if _OF_THE_CASE.search(asked) or not _ENGLISH.search(prompt):
        return None
    if fact := _FACT.search(asked):
        return fact[0]
    if named := _NAMED.search(asked):
        return named["name"] or named[0]
    for word in _WORD.finditer(asked):
        before = asked[: word.start()]
        if _is_subject(word[0].lower()) and not (
            _DEFINITE.search(before) or _names_choices(before)
        ):
            return word[0]
    return None


def _names_choices(before: str) -> bool:
    """Whether the next word belongs to what is asked for, as in “which *asthma* drug”."""
    asked = _ASKED.search(before)
    words = asked["words"].lower().split() if asked else ["is"]
    return not any(word in FUNCTION_WORDS or word.endswith("s") for word in words)


def _is_subject(word: str) -> bool:
    return word not in _BARE and kind_of_word(word) in _SUBJECTS


RULE = Rule(
    name="vignette-not-needed",
    finds="a prompt that asks about a disease or a drug in general, whoever the patient is",
    reason="Where the vignette can be covered, it costs reading time and tests nothing: what is"
    " asked is a fact, and not what it means for a patient.",
    source="NBME Item-Writing Guide 2020 (the vignette must be needed for the answer); BMC Med Educ"
    " 2016 (s12909-016-0559-7, Table 1)",
    bad="""
questions:
  - id: marker
    prompt: Which antibody is most common in dermatomyositis?
    choices:
      - text: Anti-Mi-2
        correct: true
      - text: Anti-Jo-1
      - text: Anti-Ro
""",
    good="""
questions:
  - id: marker
    prompt: Which antibody is most likely to be found in her blood?
    choices:
      - text: Anti-Mi-2
        correct: true
      - text: Anti-Jo-1
      - text: Anti-Ro
""",
    find=find,
)
