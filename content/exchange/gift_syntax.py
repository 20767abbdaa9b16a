"""GIFT's marks on paper: its blocks of lines, and what a backslash does in them."""

import re
from collections.abc import Iterator

from msgspec import Struct

CATEGORY = re.compile(r"\s*\$CATEGORY:(.*)")
_ESCAPE = re.compile(r"\\([\\~=#{}:n])")
_RESERVED = re.compile(r"[\\~=#{}:]")
_COMMENT = re.compile(r"\s*//")


class Block(Struct, frozen=True):
    """The lines of a question, comments apart; ``line`` is that of its first word."""

    line: int
    text: str
    comments: str


class Part(Struct, frozen=True):
    """A stretch of a block: ``raw`` as written, ``bare`` with every escape blanked out."""

    raw: str
    bare: str

    @classmethod
    def of(cls, raw: str) -> "Part":
        return cls(raw, _ESCAPE.sub("\0\0", raw))

    def cut(self, start: int, end: int | None = None) -> "Part":
        return Part(self.raw[start:end], self.bare[start:end])

    def parted(self, mark: str) -> tuple["Part", "Part"]:
        """What stands before and behind the first such mark."""
        at = self.bare.find(mark)
        if at < 0:
            return self, Part("", "")
        return self.cut(0, at), self.cut(at + len(mark))

    @property
    def text(self) -> str:
        """What this says, without its escapes."""
        return _ESCAPE.sub(lambda escape: "\n" if escape[1] == "n" else escape[1], self.raw).strip()


def blocks(text: str) -> Iterator[Block]:
    """What stands between empty lines; a category's line stands alone, also close to a question."""
    line = 1
    lines: list[str] = []
    comments: list[str] = []
    for number, each in enumerate([*text.split("\n"), ""], start=1):
        if _COMMENT.match(each):
            comments.append(each)
            continue
        is_category = CATEGORY.match(each)
        if lines and is_category:
            yield Block(line, "\n".join(lines).strip(), "\n".join(comments))
            lines, comments = [], []
        if each.strip():
            line = line if lines else number
            lines.append(each)
        if lines and (is_category or not each.strip()):
            yield Block(line, "\n".join(lines).strip(), "\n".join(comments))
        if is_category or not each.strip():
            lines, comments = [], []


def escaped(text: str) -> str:
    """The text in one line, with a backslash before all that GIFT would take for a mark."""
    return _RESERVED.sub(r"\\\g<0>", text).replace("\n", r"\n")
