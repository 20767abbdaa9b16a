"""HTML to text and entities, by the rules and with the complaints of Telegram's own parser."""

import html
import re
from typing import Final

from msgspec import Struct, field

from bot.sandbox.entities.marks import MarkupError, custom_emoji, date_time, linked
from bot.sandbox.entities.utf16 import utf16_length
from bot.sandbox.model import Entity

PLAIN_TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
TAGS: Final = frozenset(PLAIN_TAGS) | {"a", "blockquote", "tg-emoji", "tg-time"}

_SPACE: Final = " \t\r\n\0\v"
_PLAIN: Final = re.compile("[^&<]+")
_REFERENCE: Final = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class _Open(Struct):
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    chars: int


class _Parser(Struct):
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "&":
                self._reference()
            elif plain := _PLAIN.match(self.source, self.at):
                self._emit(plain[0])
                self.at = plain.end()
            elif self.source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            tag = self.open[-1].tag
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self.text), self.entities

    def _emit(self, text: str) -> None:
        self.text.extend(text)
        self.offset += utf16_length(text)

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _until(self, stop: str) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stop:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _reference(self) -> None:
        char, self.at = decode_reference(self.source, self.at)
        self._emit(char)

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._until(_SPACE + ">").lower()
        if not self._peek():
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            raise MarkupError(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._peek() == ">":
                break
            self._attribute(tag, begin, attributes)
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise MarkupError(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}'
            )
        self.open.append(_Open(tag, attributes, self.offset, len(self.text)))

    def _attribute(self, tag: str, begin: int, attributes: dict[str, str]) -> None:
        name = self._until(_SPACE + "=>").lower()
        if not name and self._peek():
            raise MarkupError(
                f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
            )
        self._skip_space()
        if self._peek() == "=":
            self.at += 1
            self._skip_space()
        elif self._peek():
            attributes[name] = ""
            return
        if not self._peek():
            raise MarkupError(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes[name] = self._value(begin)

    def _value(self, begin: int) -> str:
        quote = self._peek()
        if quote not in "\"'":
            at = self.at
            while self._peek() and (self._peek().isalnum() or self._peek() in ".-"):
                self.at += 1
            if self._peek() not in [*_SPACE, ">"]:
                raise MarkupError(f"Unexpected end of name token at byte offset {self._byte(at)}")
            return self.source[at : self.at].lower()
        self.at += 1
        value: list[str] = []
        while self._peek() not in ("", quote):
            char, self.at = decode_reference(self.source, self.at)
            value.append(char)
        if not self._peek():
            raise MarkupError(f"Unclosed start tag at byte offset {self._byte(begin)}")
        self.at += 1
        return "".join(value)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise MarkupError(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        tag = self._until(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise MarkupError(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        opened = self.open.pop()
        if tag not in ("", opened.tag):
            raise MarkupError(
                f"Unmatched end tag at byte offset {self._byte(begin)}, expected"
                f' "</{opened.tag}>", found "</{tag}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        offset, length = opened.offset, self.offset - opened.offset
        attributes = opened.attributes
        match opened.tag:
            case "a":
                target = attributes.get("href") or "".join(self.text[opened.chars :])
                self.entities += linked(target, offset, length)
            case "blockquote":
                kind = "expandable_blockquote" if "expandable" in attributes else "blockquote"
                self.entities.append(Entity(kind, offset, length))
            case "tg-emoji":
                identifier = attributes.get("emoji-id", "")
                self.entities.append(custom_emoji(identifier, offset, length))
            case "tg-time":
                unix, form = attributes.get("unix", ""), attributes.get("format", "")
                self.entities += date_time(unix, form, offset, length)
            case "pre":
                self.entities.append(Entity("pre", offset, length, language=self._taken(opened)))
            case "code":
                language = attributes.get("class", "").removeprefix("language-")
                known = language if language != attributes.get("class", "") else None
                self.entities.append(Entity("code", offset, length, language=known or None))
            case tag:
                self.entities.append(Entity(PLAIN_TAGS[tag], offset, length))

    def _taken(self, opened: _Open) -> str | None:
        """The language of a ``code`` that fills this ``pre``, which takes its place."""
        if not self.entities:
            return None
        last = self.entities[-1]
        fills = last.offset == opened.offset and last.length == self.offset - opened.offset
        if last.type != "code" or not fills:
            return None
        self.entities.pop()
        return last.language


def decode_reference(source: str, at: int) -> tuple[str, int]:
    """The character at a place, a character reference counting as one, and the place behind it."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return source[at], at + 1
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED[name], match.end()
    digits, base = (decimal, 10) if decimal else (hexadecimal, 16)
    code = int(digits, base) if len(digits) <= 10 else 0
    if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return source[at], at + 1
    return chr(code), match.end()


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text and entities that a message in HTML mode means. Raises MarkupError."""
    text, entities = _Parser(source).parse()
    return text, entities


def escape_html(text: str) -> str:
    """Text as HTML mode wants it, so that it comes out as it is."""
    return html.escape(text, quote=False)
