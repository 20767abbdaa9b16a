"""Characters that cannot be seen, or look like YAML's own, in places that are YAML's.

They come along when text is pasted, or from a keyboard that means well. In the texts of a case they
are what their author wrote, and nobody's business.
"""

import re
import unicodedata
from collections.abc import Iterable

from content.phrases import Phrase, phrase

_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff"
)
_DASHES = "\u00b7\u2010-\u2015\u2022\u2023\u2043\u2212\u2219\u25cf\u25e6\u30fb\ufe58\ufe63\uff0d"
_COLONS = "\u02d0\u0589\u05c3\u2236\ua789\ufe13\ufe55\uff1a"
_QUOTES = "\u00ab\u00bb\u2018-\u201f\u2039\u203a\uff02\uff07"
_BLOCKS = "\uff1e\uff5c"  # of a text below its key
_SIGNS = f"\uff03\uff06\uff0a\uff3b\uff5b{_BLOCKS}"
_ADVICE = {
    re.compile(f"[{those}]"): advice
    for those, advice in (
        (_BLANKS, phrase("YAML takes only the blank of the space bar; type it again")),
        (_UNSEEN, phrase("it cannot be seen; delete it, or type the words around it again")),
        (_DASHES, phrase("YAML takes only a hyphen (-) for the beginning of an item")),
        (_COLONS, phrase("YAML takes only a colon (:) and a space behind a key")),
        (_QUOTES, phrase("YAML takes only straight quotation marks")),
        (_SIGNS, phrase("it looks like a sign of YAML's and is none")),
    )
}
_LETTER = phrase("keys are written in plain letters")
_ANY = re.compile(f"[{_BLANKS}{_UNSEEN}{_DASHES}{_COLONS}{_QUOTES}{_SIGNS}]")
_NOTHING = re.compile(f"[{_BLANKS}{_UNSEEN}]")
# Where a line is YAML's: its beginning, behind the hyphen of an item, and around a key's colon.
_OWN_IN_LINE = re.compile(
    rf"[ \t]*(?:-[ \t]+)*(?:[{_BLANKS}{_UNSEEN}{_DASHES}{_SIGNS}]"
    rf"|-[{_BLANKS}{_UNSEEN}]"
    rf"|[a-z_]+(?:[{_UNSEEN}]|[{_BLANKS} \t]*[{_COLONS}])"
    rf"|[a-z_]+:(?:[{_BLANKS}{_UNSEEN}]|[ \t]+[{_QUOTES}{_SIGNS}]))"
)
# How what was to be items or a block begins, where YAML takes it for a text.
_ITEM = re.compile(rf"-[{_BLANKS}{_UNSEEN}]|[{_DASHES}](?=\s)")
_BLOCK = re.compile(rf"[{_BLOCKS}](?=\s)")


def in_line(line: str) -> int | None:
    """Where in a line such a character stands in a place of YAML's; the first."""
    hit = _OWN_IN_LINE.match(line)
    return hit.end() - 1 if hit else None


def in_key(key: str) -> int | None:
    """Where in a key a character stands that no key has; the first."""
    return next((at for at, letter in enumerate(key) if not letter.isascii()), None)


def in_text(text: str, *, own_line: bool) -> int | None:
    """Where such a character stands in a text without quotes that was to be something else.

    Items begin in a line below their key; a text that does is in its ``own_line``.
    """
    hit = _BLOCK.match(text) or (_ITEM.match(text) if own_line else None)
    return hit.end() - 1 if hit else None


def within(text: str) -> Iterable[str]:
    """All such characters of a text, each once."""
    return dict.fromkeys(_ANY.findall(text))


def seen_of(key: str) -> str:
    """A key without what cannot be seen of it: what it was meant to be."""
    return _NOTHING.sub("", key)


def complaint(character: str) -> Phrase:
    """The phrase about a character that stands in a place of YAML's."""
    known = (advice for those, advice in _ADVICE.items() if those.match(character))
    advice = next(known, _LETTER)
    return phrase("{character} stands here; {advice}", character=named(character), advice=advice)


def named(character: str) -> str:
    """A character that may not be seen, or is taken for another: ``U+00A0 (no-break space)``."""
    return f"U+{ord(character):04X} ({unicodedata.name(character, 'without a name').lower()})"
