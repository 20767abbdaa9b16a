"""The newer Markdown mode of the Bot API, to text and entities."""

import re
from typing import Final

from msgspec import Struct

from bot.sandbox.entities.markdown import FENCE, LANGUAGE, Output, byte_offset
from bot.sandbox.entities.marks import MarkupError, emoji_or_time
from bot.sandbox.model import Entity

_RESERVED: Final = "_*[]()~`>#+-=|{}.!"
_NAMES: Final = {
    "*": ("bold", "Bold"),
    "_": ("italic", "Italic"),
    "__": ("underline", "Underline"),
    "~": ("strikethrough", "Strikethrough"),
    "||": ("spoiler", "Spoiler"),
    "`": ("code", "Code"),
    FENCE: ("pre", "Pre"),
    "[": ("text_link", "TextUrl"),
    "![": ("custom_emoji", "CustomEmoji"),
    ">": ("blockquote", "BlockQuote"),
}
"""What each mark begins, and how Telegram calls it in complaints."""
_CODE: Final = ("`", FENCE)
_LINKS: Final = ("[", "![")
_ESCAPED: Final = re.compile(r"\\([\x01-\x7e])", re.DOTALL)
_TARGET: Final = re.compile(r"\((?P<url>(?:\\[\x01-\x7e]|[^)])*)(?P<end>\)?)", re.DOTALL)


class _Open(Struct):
    """A mark that waits for its end. ``chars`` is how long the text was when it came."""

    mark: str
    at: int
    offset: int
    chars: int
    language: str | None = None


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._out = Output()
        self._open: list[_Open] = []
        self._quoting = False
        self._may_quote = True
        """Whether a ``>`` here would begin a quote."""

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._source):
            char = self._source[self._at]
            if match := _ESCAPED.match(self._source, self._at):
                self._copy(match[1])
                self._at += 2
            elif self._top() in _CODE:
                self._inside_code(char)
            elif char == "\n":
                self._line_feed()
            elif char in _RESERVED:
                self._mark()
            else:
                self._copy(char)
                self._at += 1
        self._end_quote(at_end=True)
        if self._open:
            raise self._unended(self._open[-1])
        return self._out.text, self._out.entities

    def _top(self) -> str:
        return self._open[-1].mark if self._open else ""

    def _copy(self, char: str) -> None:
        self._out.emit(char)
        if char != "\r":
            self._may_quote = char == "\n" and self._top() not in _CODE

    def _unended(self, opened: _Open) -> MarkupError:
        name = _NAMES[opened.mark][1] if opened.language is None else "PreCode"
        where = byte_offset(self._source, opened.at)
        return MarkupError(f"Can't find end of {name} entity at byte offset {where}")

    def _inside_code(self, char: str) -> None:
        if self._source.startswith(self._top(), self._at):
            self._close()
        elif char == "`":
            raise self._reserved(char)
        else:
            self._copy(char)
            self._at += 1

    def _line_feed(self) -> None:
        """The end of a line, and of a quote unless the next line goes on with it."""
        if self._quoting and not self._source.startswith(">", self._at + 1):
            self._end_quote(at_end=False)
        else:
            self._copy("\n")
            self._at += 1

    def _end_quote(self, *, at_end: bool) -> None:
        """The quote ends here; with a spoiler's mark just before, it can be expanded."""
        if not self._quoting:
            return
        kind = "blockquote"
        opened = self._open.pop()
        line = self._source[opened.at : self._at].rstrip("\r")
        if opened.mark == "||" and line == "||":
            kind = "expandable_blockquote"
            opened = self._open.pop()
        if opened.mark != ">":
            raise self._unended(opened)
        self._quoting = False
        if not at_end:
            self._copy("\n")
            self._at += 1
        self._out.close(kind, opened.offset)

    def _mark(self) -> None:
        """Begin or end what the characters here mark."""
        char = self._source[self._at]
        mark = next(
            (long for long in (FENCE, "__", "||", "![") if self._is_here(long)),
            char,
        )
        if self._top() in _LINKS and char == "]":
            self._close_link()
        elif mark == ">":
            self._quote()
        elif mark == self._top() and mark not in _LINKS:
            self._close()
        elif mark in _NAMES:
            self._begin(mark)
            self._at += len(mark)
            if mark == FENCE:
                self._language()
        else:
            raise self._reserved(char)

    def _quote(self) -> None:
        """Begin a quote, or go on with it in another line."""
        if not self._may_quote:
            raise self._reserved(">")
        if not self._quoting:
            self._begin(">")
        self._quoting = True
        self._at += 1

    def _is_here(self, mark: str) -> bool:
        return self._source.startswith(mark, self._at)

    def _reserved(self, char: str) -> MarkupError:
        return MarkupError(
            f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        )

    def _begin(self, mark: str) -> None:
        self._open.append(_Open(mark, self._at, self._out.offset, len(self._out.text)))

    def _language(self) -> None:
        if match := LANGUAGE.match(self._source, self._at):
            self._open[-1].language = match["language"]
            self._at = match.end()

    def _close(self) -> None:
        opened = self._open.pop()
        self._at += len(opened.mark)
        self._out.close(_NAMES[opened.mark][0], opened.offset, opened.language)

    def _close_link(self) -> None:
        opened = self._open.pop()
        self._at += 1
        target = _TARGET.match(self._source, self._at)
        if target is None and opened.mark == "![":
            raise MarkupError("The entity must contain a tg://emoji or tg://time URL")
        if target is None:
            url = self._out.text[opened.chars :]
        else:
            if not target["end"]:
                where = byte_offset(self._source, self._at + 1)
                raise MarkupError(f"Can't find end of a URL at byte offset {where}")
            url = _ESCAPED.sub(r"\1", target["url"])
            self._at = target.end()
        if opened.mark == "[":
            self._out.link(url, opened.offset)
            return
        marked = emoji_or_time(url, opened.offset, self._out.offset - opened.offset)
        self._out.entities += marked if self._out.offset > opened.offset else []


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """Marks that may be nested; reserved characters must be escaped. Raises MarkupError."""
    return _Parser(source).parse()
