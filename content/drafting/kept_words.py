"""Sees that no word of a text is missing from the draft that was made of it."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from content.drafting.draft_case import DraftCase, texts_of
from content.exchange.stems import one_line
from content.yaml_text import writable

_WORD = re.compile(r"[^\W_]+")
_HYPHENS = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*")
_BROKEN = re.compile(r"(?<=[^\W\d_])-[ \t]*\n[ \t]*(?=[^\W\d_])")
_TAG = re.compile(r"</?(?:su[bp]|b|i|em|strong|br)\s?/?>", re.IGNORECASE)
_LABEL = re.compile(
    r"\A\s*(?:(?:case\s+)?title|case|vignette|clinical vignette|(?:case )?presentation"
    r"|(?:case )?history|authors?|q(?:uestion)?\s*\d*"
    r"|(?:the )?(?:correct|right|best) (?:answer|choice|option)"
    r"|answers?(?: key)?|ans|key|a|solution|key (?:point|message|learning point)s?"
    r"|(?:answer )?(?:choices|options)|possible answers|references?(?: and notes)?"
    r"|suggested reading"
    r"|further reading|take[- ]home(?: (?:message|point)s?)?|learning points?|teaching points?"
    r"|bottom line|pearl)\s*(?::|$|\s-\s)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\A\s*(?:\[[ xX]?\]|\[\d{1,3}\]|\*?\s*\(?(?:[A-La-l]|\d{1,3})[.)])\s*")
_KEYS = re.compile(r"[\s\W]*(?:(?:[A-L]|\d{1,2}|and|is|correct|right)\b[\W]*)*", re.IGNORECASE)
_OF_LINKS = frozenset(
    {"doi", "pmid", "http", "https", "org", "www", "pubmed", "ncbi", "nlm", "nih", "gov"}
)
_AROUND = " \t#>*_"  # Markdown's own signs at a line's ends
_ENOUGH = 0.5  # of a line's neighbouring words stand side by side in the draft too
_SHORT = 4  # words of a line that can be told by its words alone


def lines_lost(text: str, draft: DraftCase) -> list[str]:
    """The lines of which the draft lacks a word, or that say something it does not say.

    Labels, and the letters or numbers of lists, are no words of a case.
    """
    texts = [each for said in texts_of(draft) for each in (one_line(said), said)]
    kept = [word for said in texts for word in _words(said)]
    words = frozenset(kept)
    pairs = frozenset(pairwise(kept))
    return list(_lost(text, words, pairs, "".join(kept)))


def _lost(
    text: str, words: frozenset[str], pairs: frozenset[tuple[str, str]], joined: str
) -> Iterator[str]:
    for line in _BROKEN.sub("", writable(text)).split("\n"):
        bare = _LABEL.sub("", _MARK.sub("", line.strip(_AROUND)))
        found = _words(bare)
        if not found or _KEYS.fullmatch(bare):
            continue
        beside = list(pairwise(found))
        missing = [word for word in found if word not in words | _OF_LINKS and word not in joined]
        together = sum(pair in pairs for pair in beside)
        if missing or (len(found) > _SHORT and together < _ENOUGH * len(beside)):
            yield line.strip()


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", _TAG.sub(" ", text)).casefold()
    return _WORD.findall(_HYPHENS.sub("", plain))
