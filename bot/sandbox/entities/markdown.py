"""The two Markdown modes of the Bot API, to text and entities."""

import re
from typing import Final

from msgspec import Struct

from bot.sandbox.entities.html import MarkupError
from bot.sandbox.entities.links import checked_url, mentioned_user
from bot.sandbox.entities.utf16 import utf16_length
from bot.sandbox.model import Entity

_RESERVED: Final = "_*[]()~`>#+-=|{}.!"
_V2_MARKS: Final = {
    "*": "bold",
    "_": "italic",
    "__": "underline",
    "~": "strikethrough",
    "||": "spoiler",
}
_V1_MARKS: Final = {"*": "bold", "_": "italic"}
_LINK_END: Final = re.compile(r"\]\(((?:\\.|[^)\\])*)\)")


class _Mark(Struct):
    mark: str
    at: int
    offset: int


class _Output:
    """Text and entities as they grow."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.offset = 0
        self.entities: list[Entity] = []

    def emit(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def close(self, kind: str, offset: int, language: str | None = None) -> None:
        if self.offset > offset:
            self.entities.append(Entity(kind, offset, self.offset - offset, language=language))

    def link(self, target: str, offset: int) -> None:
        length = self.offset - offset
        if length and (user := mentioned_user(target)) is not None:
            self.entities.append(Entity("text_mention", offset, length, user_id=user))
        elif length and (url := checked_url(target)) is not None:
            self.entities.append(Entity("text_link", offset, length, url=url))


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def _code(source: str, at: int, out: _Output, *, escapes: bool) -> int:
    """Copy the code or pre block that begins at ``at``; return the place behind it."""
    fence = "```" if source.startswith("```", at) else "`"
    end = source.find(fence, at + len(fence))
    while escapes and end > 0 and source[end - 1] == "\\":
        end = source.find(fence, end + 1)
    if end < 0:
        kind = "Pre" if fence == "```" else "Code"
        raise MarkupError(f"Can't find end of {kind} entity at byte offset {_byte(source, at)}")
    body = source[at + len(fence) : end]
    language = None
    if fence == "```" and (match := re.match(r"([\w+#-]*)\n", body)):
        language = match[1] or None
        body = body[match.end() :]
    if escapes:
        body = re.sub(r"\\([\x01-\x7e])", r"\1", body)
    begin = out.offset
    out.emit(body)
    out.close("pre" if fence == "```" else "code", begin, language)
    return end + len(fence)


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The older mode: ``*bold* _italic_ `code` [text](url)``, nothing nested."""
    out = _Output()
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in tuple("_*`["):
            out.emit(source[at + 1])
            at += 2
        elif char == "`":
            at = _code(source, at, out, escapes=False)
        elif char in _V1_MARKS:
            end = source.find(char, at + 1)
            if end < 0:
                raise MarkupError(
                    f"Can't find end of the entity starting at byte offset {_byte(source, at)}"
                )
            begin = out.offset
            out.emit(source[at + 1 : end])
            out.close(_V1_MARKS[char], begin)
            at = end + 1
        elif char == "[" and (match := re.compile(r"\[([^\]]*)\]\(([^)]*)\)").match(source, at)):
            begin = out.offset
            out.emit(match[1])
            out.link(match[2], begin)
            at = match.end()
        else:
            out.emit(char)
            at += 1
    return "".join(out.parts), out.entities


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """The newer mode, nested; reserved characters must be escaped. Raises MarkupError."""
    out = _Output()
    marks: list[_Mark] = []
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\" and at + 1 < len(source) and ord(source[at + 1]) < 127:
            out.emit(source[at + 1])
            at += 2
        elif char == "`":
            at = _code(source, at, out, escapes=True)
        elif char == ">" and (at == 0 or source[at - 1] == "\n"):
            marks.append(_Mark(">", at, out.offset))
            at += 1
        elif char == "\n":
            if marks and marks[-1].mark == ">" and not source.startswith(">", at + 1):
                out.close("blockquote", marks.pop().offset)
            out.emit(char)
            at += 1 + (bool(marks) and marks[-1].mark == ">" and source.startswith(">", at + 1))
        else:
            at = _v2_mark(source, at, out, marks)
    if marks and marks[-1].mark == ">":
        out.close("blockquote", marks.pop().offset)
    if marks:
        raise MarkupError(
            f"Can't find end of {_name(marks[-1].mark)} entity at byte offset"
            f" {_byte(source, marks[-1].at)}"
        )
    return "".join(out.parts), out.entities


def _name(mark: str) -> str:
    return {"[": "TextUrl"}.get(mark, _V2_MARKS.get(mark, "").capitalize())


def _v2_mark(source: str, at: int, out: _Output, marks: list[_Mark]) -> int:
    """Open or close what the character at ``at`` marks, or copy it; return the next place."""
    if marks and marks[-1].mark == "[" and (match := _LINK_END.match(source, at)):
        out.link(re.sub(r"\\(.)", r"\1", match[1]), marks.pop().offset)
        return match.end()
    char = source[at]
    pair = source[at : at + 2]
    mark = pair if pair in _V2_MARKS else char
    if mark in _V2_MARKS:
        if marks and marks[-1].mark == mark:
            out.close(_V2_MARKS[mark], marks.pop().offset)
        else:
            marks.append(_Mark(mark, at, out.offset))
    elif char == "[":
        marks.append(_Mark("[", at, out.offset))
    elif char in _RESERVED:
        raise MarkupError(
            f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        )
    else:
        out.emit(char)
    return at + len(mark)
