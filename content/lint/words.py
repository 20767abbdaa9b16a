"""Words as the rules compare them: sentences, stems, and the words that carry no content.

English only, for English is what the lists of flaws were made for. A rule that knows no word of a
text finds nothing in it.
"""

import re
from functools import lru_cache
from typing import Final

_SENTENCE_END = re.compile(
    r"""(?<=[.!?\uff1f\u061f])["'\u201d\u2019)\]]*\s+(?=["'\u201c(\[]?[^\W_a-z])"""
)
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|cf|approx|no|fig|dr|mr|mrs|ms|st)\.$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['\u2019]s\b")
_TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as text."""
    return frozenset(text.split())


ARTICLES: Final = word_set("a an the")

FUNCTION_WORDS: Final = ARTICLES | word_set(
    """
    about above after again against all also although among and another any are as at be because
    been before being below between both but by can could did do does done during each either else
    every few first for from further had has have he her hers him his how however i if in into is
    it its just last least less like likely many may might more most much must neither next no nor
    not now of off on once one only onto or other others our out over own per quite rather same she
    should since so some still such than that their them then there these they this those three
    through to together too two under unless until up upon us very was we well were what when where
    whether which while who whom whose why will with within without would yet you your
    """
)
"""Words that every text has; what two texts share of them says nothing."""

CHOICE_NOUN: Final = (
    r"(?:action|agent|answer|cause|choice|condition|diagnosis|diagnose|disease|disorder|drug|factor"
    r"|finding|investigation|measure|medication|medicine|option|organism|procedure|sign|statement"
    r"|step|study|studie|symptom|test|therapy|therapie|treatment)s?"
)
"""What choices are called when they are spoken of together."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, without surrounding whitespace, none of them empty."""
    found: list[str] = []
    for part in _SENTENCE_END.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return [part.strip() for part in found if part.strip()]


def tokens(text: str) -> list[str]:
    """The words and numbers of a text in lower case, parted at hyphens, without a final ``'s``."""
    return _TOKEN.findall(_POSSESSIVE.sub("", text.lower()))


@lru_cache(maxsize=20_000)  # texts repeat their words, and thousands of them are compared
def stem(word: str) -> str:
    """A lower-case word without the endings of number and tense, British and American alike.

    Light on purpose: it brings together what a reader takes for the same word, and no more.
    """
    word = _DIGRAPH.sub("e", word)
    if word.endswith(("ss", "us", "is")):
        return word
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending) + instead
    return word


_DIGRAPH = re.compile("ae|oe|æ|œ")
_ENDINGS = (
    ("sses", "ss"),
    ("ies", "y"),
    *((f"i{letter}{rest}", "iz") for letter in "sz" for rest in ("ations", "ation", "ing", "ed")),
    ("ations", "at"),
    ("ation", "at"),
    ("ating", "at"),
    ("ated", "at"),
    ("ates", "at"),
    ("ate", "at"),
    *((f"i{letter}{rest}", "iz") for letter in "sz" for rest in ("es", "e")),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("e", ""),
)


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry content, in the text's order; numbers are among them."""
    return [stem(token) for token in tokens(text) if token not in FUNCTION_WORDS]
