"""What to do about a line that is no valid YAML, guessed from what mostly goes wrong there."""

import re
from collections.abc import Sequence

from content.phrases import Phrase, phrase

_TAB = re.compile("[ \t]*\t")
# A value or an item that begins with a sign of YAML's, or holds a colon and a space.
_NEEDS_QUOTES = re.compile(r"\s*(?:-\s+)*(?:-|[\w-]+:)\s+(?:[\[{*&!%@`|>?\"'-]|\S.*:\s)")
_BEGUN_BEFORE = {
    "while scanning a quoted scalar": phrase("the quotation mark that opens here is not closed"),
    "while scanning a simple key": phrase("write `key: value`, and indent a text that goes on"),
}


def is_told_where_it_begins(context: str | None) -> bool:
    """Whether the mistake is where its context begins, and not where it came to light."""
    return context in _BEGUN_BEFORE


def hint(context: str | None, lines: Sequence[str], number: int) -> Phrase | None:
    """What to do, if that can be told; ``number``, from 1, is that of the line."""
    if context in _BEGUN_BEFORE:
        return _BEGUN_BEFORE[context]
    near = lines[max(0, number - 2) : number]
    if any(map(_TAB.match, near)):
        return phrase("indent with spaces alone: a tab stands before the first word")
    if near and _NEEDS_QUOTES.match(near[-1]):
        return phrase("put the text in quotes, or write it below `|`")
    if context in {"while parsing a block mapping", "while parsing a block collection"}:
        return phrase("indent the line as its neighbours are")
    return None
