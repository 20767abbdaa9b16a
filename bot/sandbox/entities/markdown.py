"""The older Markdown mode of the Bot API, to text and entities."""

import re
from typing import Final

from bot.sandbox.entities.marks import MarkupError, linked
from bot.sandbox.entities.utf16 import utf16_length
from bot.sandbox.model import Entity

_MARKS: Final = {"*": "bold", "_": "italic", "`": "code", "[": "link"}
_LINK: Final = re.compile(r"\[([^\]]*)\](?:\(([^)]*)\)?)?")
FENCE: Final = "```"
LANGUAGE: Final = re.compile(r"(?:(?P<language>[^\s`]++)(?=\s))?(?:\r\n|\n\r|\r|\n)?")
"""What follows the fence before a block of code: its language, and one line feed."""


class Output:
    """Text and entities as they grow."""

    def __init__(self) -> None:
        self.text = ""
        self.offset = 0
        self.entities: list[Entity] = []

    def emit(self, text: str) -> None:
        """Add text."""
        self.text += text
        self.offset += utf16_length(text)

    def close(self, kind: str, offset: int, language: str | None = None) -> None:
        """An entity from an offset to here, unless it is empty."""
        if self.offset > offset:
            self.entities.append(Entity(kind, offset, self.offset - offset, language=language))

    def link(self, target: str, offset: int) -> None:
        """A link from an offset to here, unless it is empty."""
        if self.offset > offset:
            self.entities += linked(target, offset, self.offset - offset)


def byte_offset(source: str, at: int) -> int:
    """Where Telegram says that a place is."""
    return len(source[:at].encode())


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """``*bold* _italic_ `code` [text](url)``, nothing nested. Raises MarkupError."""
    out = Output()
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in tuple(_MARKS):
            out.emit(source[at + 1])
            at += 2
        elif char in _MARKS:
            at = _entity(source, at, out)
        else:
            out.emit(char)
            at += 1
    return out.text, out.entities


def _entity(source: str, at: int, out: Output) -> int:
    """Copy what begins at a place, and return the place behind it."""
    begin, char = out.offset, source[at]
    if char == "[" and (match := _LINK.match(source, at)):
        out.emit(match[1])
        out.link(match[1] if match[2] is None else match[2], begin)
        return match.end()
    mark, start, language = char, at + 1, None
    if source.startswith(FENCE, at):
        mark = FENCE
        if opening := LANGUAGE.match(source, at + len(FENCE)):
            start, language = opening.end(), opening["language"]
    end = source.find(mark, start) if char != "[" else -1
    if end < 0:
        raise MarkupError(
            f"Can't find end of the entity starting at byte offset {byte_offset(source, at)}"
        )
    out.emit(source[start:end])
    out.close("pre" if mark == FENCE else _MARKS[char], begin, language)
    return end + len(mark)
