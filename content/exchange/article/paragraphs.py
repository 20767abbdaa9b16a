"""Lines joined into the paragraphs that they were, and sentences told apart."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from content.exchange.article.lines import Line

# Lines longer than this are paragraphs each: nobody wraps text so late.
WRAPPED = 150
_TAIL = 60  # characters at a line's end that tell how it ends
ASKS = ("?", "\uff1f", "\u061f")  # in Chinese and Arabic script, too
_END = re.compile(r"""[.?!:\uff1f\u061f][)\]"'\d,\u2013\u2070-\u2079\u207b\u00b9\u00b2\u00b3-]*$""")
_OPEN_END = re.compile(r"(?:[,;(&-]|\b(?:a|an|and|as|at|by|for|from|in|of|on|or|the|to|with))$")
_SENTENCE = re.compile(
    r"(?:(?<=[.?!])|(?<=[.?!][\"')]))(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\bDr\.)(?<!\bal\.)"
    r"(?:\[[\d, -]+\]|[\d,\u2013-]+)?\s+(?=[\"'(]?[A-Z0-9])"
)
_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]+\b")
_CAPITALS = re.compile(r"(?:[A-Z0-9][A-Z0-9'/-]*,?\s+){2,}(?=[a-z(])|^[A-Z0-9 ,:;'/()-]+$")


class Paragraph(Struct, frozen=True):
    """A paragraph in one line of text, and the number of the line in which it begins."""

    number: int
    text: str


def join_paragraphs(lines: Iterable[Line]) -> list[Paragraph]:
    """The paragraphs that these lines make.

    A heading is one by itself, and so is an item of a list. An empty line parts two, but where a
    sentence runs on past it (a new page). Without one, a paragraph ends with the sentence that ends
    in a line clearly shorter than the others.
    """
    listed = list(lines)
    width = usual_width(listed)
    paragraphs: list[Paragraph] = []
    before: Line | None = None
    gap = False
    for line in listed:
        if line.is_blank:
            gap = True
            continue
        text = " ".join(line.text.split())
        parted = line.heading or text.startswith("- ") or (before is not None and before.heading)
        if before and not parted and goes_on(before.text, text, width, gap=gap):
            last = paragraphs[-1]
            paragraphs[-1] = replace(last, text=f"{last.text} {text}")
        else:
            paragraphs.append(Paragraph(line.number, text))
        before, gap = line, False
    return paragraphs


def usual_width(lines: Sequence[Line]) -> int:
    """How long the long lines are, in characters: nine in ten are no longer."""
    lengths = sorted(len(line.text.strip()) for line in lines if not line.is_blank)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends with this line."""
    return _END.search(text.rstrip()[-_TAIL:]) is not None


def runs_on(text: str) -> bool:
    """Whether this line cannot be the last of what it belongs to: ``... the neck, trunk and``."""
    return _OPEN_END.search(text.rstrip()[-_TAIL:]) is not None


def goes_on(before: str, text: str, width: int, *, gap: bool = False) -> bool:
    """Whether the paragraph of the line ``before`` goes on in the next one, ``text``.

    ``gap``: empty lines lie between them. ``width`` is the usual width of the page's lines.
    """
    before, text = before.strip(), text.strip()
    ended = ends_sentence(before)
    if gap:
        return not ended and (text[0].islower() or runs_on(before))
    if not ended:
        return True
    return text[0].islower() or (width <= WRAPPED and len(before) >= 0.75 * width)


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; an abbreviation such as ``e.g.`` ends none."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def acronyms(lines: Iterable[Line]) -> frozenset[str]:
    """The words in capitals that stand among small letters, and so are written so."""
    texts = (line.text.strip() for line in lines if not line.text.isupper())
    mixed = (text[hit.end() if (hit := _CAPITALS.match(text)) else 0 :] for text in texts)
    return frozenset(word for text in mixed for word in _ACRONYM.findall(text))


def without_capitals(text: str, known: frozenset[str]) -> str:
    """The text with the words at its head that a journal sets in capitals in small letters.

    ``A 64-YEAR-OLD WOMAN presents`` becomes ``A 64-year-old woman presents``. Words of ``known``
    keep their capitals.
    """
    hit = _CAPITALS.match(text)
    if not hit:
        return text
    head = re.sub(r"[A-Z0-9]+", lambda w: w[0] if w[0] in known else w[0].lower(), hit[0])
    return head[:1].upper() + head[1:] + text[hit.end() :]
