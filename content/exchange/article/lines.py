"""The lines of a pasted page: cleaned of what printing did to them, each with its number.

What is certain is mended (ligatures, curly quotes, words split at a line's end); what is left out
is told.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from content.exchange.item import Skipped
from content.yaml_source import REFUSED

_REPLACED = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u2018": "'",
        "\u2019": "'",
        "\u201b": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201f": '"',
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        "\f": None,
    }
)
_TAIL = 100  # characters at a line's end in which a word may be split
_MAX_MENDED = 5000  # of a line that others are joined to
_SOFT_HYPHEN = "\u00ad"
_SPLIT_WORD = re.compile(r"(?P<word>[\w-]*[^\W\d_])(?P<mark>[-\u2010\u00ad])$")
_SPLIT_RANGE = re.compile(r"\d[-\u2013]$")
_SPLIT_ADDRESS = re.compile(r"(?:://|\bdoi:\s?10\.)\S*[/.=_-]$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First parts of words that keep their hyphen.
_PREFIX = re.compile(
    r"adult|all|anti|childhood|early|follow|four|half|high|ill|juvenile|late|long|low|mid|mild|more"
    r"|non|old|post|pre|self|severe|short|small|so|three|two|well|year",
    re.IGNORECASE,
)


class Line(Struct, frozen=True):
    """A line of the text, from 1; an empty one parts paragraphs.

    ``heading``: Markdown makes it one.
    """

    number: int
    text: str
    heading: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def read_lines(text: str) -> list[Line]:
    """The lines, with plain quotes and spaces; the spaces that lay out columns are kept."""
    source = re.sub("\r\n?|[\u0085\u2028\u2029\v]", "\n", text)
    return [Line(n, _tidied(line)) for n, line in enumerate(source.split("\n"), start=1)]


def _tidied(line: str) -> str:
    line = unicodedata.normalize("NFC", line.translate(_REPLACED)).expandtabs(4)
    line = "".join(" " if unicodedata.category(c) == "Zs" else c for c in line)
    return unicodedata.normalize("NFC", REFUSED.sub(" ", line)).rstrip()


def mend_splits(lines: Sequence[Line]) -> tuple[list[Line], list[Skipped]]:
    """Put words, page ranges and addresses together that a line's end has split.

    A hyphen at a line's end goes where the word is written without one elsewhere, or where nothing
    speaks for keeping it; the latter is told.
    """
    known = {word.lower() for line in lines for word in _WORD.findall(line.text)}
    mended: list[Line] = []
    last = -1  # the place of the last line that is not empty
    told: list[Skipped] = []
    for line in lines:
        head, _, rest = line.text.strip().partition(" ")
        near = last == len(mended) - 1  # no empty line lies between
        joined = _join(mended[last], head, known, told, near=near) if last >= 0 and head else None
        if joined is not None:
            mended[last] = replace(mended[last], text=joined)
        if joined is None or rest:
            last = len(mended) if head else last
            mended.append(line if joined is None else replace(line, text=rest))
    return [replace(line, text=line.text.replace(_SOFT_HYPHEN, "")) for line in mended], told


def _join(line: Line, head: str, known: set[str], told: list[Skipped], *, near: bool) -> str | None:
    """The line with the next one's first word, where that is what it was split from."""
    text, tail = line.text, line.text[-_TAIL:]
    if len(text) > _MAX_MENDED:
        return None
    if _SPLIT_RANGE.search(tail) and head[:1].isdigit():
        return text + head
    if near and _SPLIT_ADDRESS.search(tail) and not (tail.endswith(".") and head[0].isupper()):
        return text + head
    split = _SPLIT_WORD.search(tail)
    if not split or not head[:1].islower():
        return None
    first, body = split["word"], text[:-1]
    second = re.sub(r"[^\w-].*|\d.*", "", head)
    whole, hyphenated = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if split["mark"] == _SOFT_HYPHEN or whole in known:
        return body + head
    if hyphenated in known or "-" in first or _PREFIX.fullmatch(first) or first.isupper():
        return f"{body}-{head}"
    reason = "was split at the line's end; look whether it needs a hyphen"
    told.append(Skipped(f"line {line.number}", f"{first}{second}", reason))
    return body + head


def take_out(
    lines: Iterable[Line], judge: Callable[[Line], str]
) -> tuple[list[Line], list[Skipped]]:
    """Part the lines from those that ``judge`` has a reason to leave out; each leaves a gap."""
    kept: list[Line] = []
    left_out: list[Skipped] = []
    for line in lines:
        if reason := judge(line):
            name = " ".join(line.text.split())[:80]
            left_out.append(Skipped(f"line {line.number}", name, reason))
        else:
            kept.append(line)
    return kept, left_out
