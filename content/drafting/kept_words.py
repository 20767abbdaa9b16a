"""Sees that no word of a text is missing from the draft that was made of it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from content.drafting.draft_case import DraftCase, texts_of
from content.drafting.label_words import without_label
from content.exchange.stems import one_line
from content.yaml_text import writable

_WORD = re.compile(r"[^\W_]+")
_HYPHENS = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010\u2011]\s*(?=[^\W\d_])")
_BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[^\W\d_])")
_TAG = re.compile(r"</?(?:su[bp]|b|i|em|strong|br)\s?/?>", re.IGNORECASE)
_MARK = re.compile(r"\A\s*(?:\[[ xX]?\]|\[\d{1,3}\]|\*?\s*\(?(?:[A-La-l]|\d{1,3})[.)])\s*")
_KEYS = re.compile(
    r"[\s\W]*(?:(?:[A-L]|\d{1,2}|and|y|et|is|es|est|correct|right)\b[\W]*)*", re.IGNORECASE
)
_OF_LINKS = frozenset(
    {"doi", "pmid", "http", "https", "org", "www", "pubmed", "ncbi", "nlm", "nih", "gov"}
)
_AROUND = " \t#>*_"  # Markdown's own signs at a line's ends
_ENOUGH = 0.5  # of a line's neighbouring words stand side by side in the draft too
_LONG_WORD = 6  # letters of a word that a hyphen may have parted


def lines_lost(text: str, draft: DraftCase) -> list[str]:
    """The lines of which the draft lacks a word, or that say something it does not say.

    Labels, and the letters or numbers of lists, are no words of a case.
    """
    texts = [each for said in texts_of(draft) for each in (one_line(said), said)]
    kept = [word for said in texts for word in _words(said)]
    words = frozenset(kept)
    pairs = frozenset(_beside(kept))
    return list(_lost(text, words, pairs, "".join(kept)))


def _lost(
    text: str, words: frozenset[str], pairs: frozenset[tuple[str, str]], joined: str
) -> Iterator[str]:
    for line in _BROKEN.sub("", writable(text)).split("\n"):
        bare = without_label(_MARK.sub("", line.strip(_AROUND)))
        found = _words(bare)
        if not found or _KEYS.fullmatch(bare):
            continue
        beside = list(_beside(found))
        missing = [
            word
            for word in found
            if word not in words | _OF_LINKS and not (len(word) >= _LONG_WORD and word in joined)
        ]
        together = sum(pair in pairs for pair in beside)
        if missing or together < _ENOUGH * len(beside):
            yield line.strip()


def _beside(words: list[str]) -> Iterator[tuple[str, str]]:
    """Neighbouring words; an address may be written with and without what all addresses have."""
    return pairwise(word for word in words if word not in _OF_LINKS)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", _TAG.sub(" ", text)).casefold()
    return _WORD.findall(_HYPHENS.sub("", plain))
