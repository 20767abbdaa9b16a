"""Parts HTML into text and tags as a browser does, in time that grows with its length alone.

Python's own parser takes time with the square of it where quotes or comments stay open.
"""

import html
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from content.exchange.html_tags import is_tag

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>\0]{0,60})")
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/]*")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s/<>][^\s/<>=]*)(?:\s*=\s*(?P<value>[\"']|[^\s>\"'][^\s>]*)?)?"
)
_COMMENT_END = re.compile(r"--!?>")
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_RAW = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "iframe", "noembed", "xmp")
}


class Text(Struct, frozen=True):
    """Characters, their references resolved."""

    text: str


class StartTag(Struct, frozen=True):
    """A tag's name and attributes in lower case, with their values, the first of each name."""

    name: str
    attributes: Mapping[str, str]


class EndTag(Struct, frozen=True):
    """An end tag's name in lower case."""

    name: str


def html_tokens(source: str) -> Iterator[Text | StartTag | EndTag]:
    """Text and tags in their order.

    What a browser drops is text where somebody as a rule has written ``pH<pKa``: a tag that nothing
    ends, and one that HTML does not know. The text inside ``script``, ``style`` and their like is
    not given.
    """
    place = 0
    while place < len(source):
        opening = source.find("<", place)
        opening = len(source) if opening < 0 else opening
        if opening > place:
            yield Text(_resolved(source[place:opening]))
        place = opening
        written = _TAG.match(source, place)
        if written and is_tag(written["name"]):
            tag, place = _tag(source, written)
            if tag:
                yield tag
            elif not written["end"]:
                yield Text(_resolved(source[opening:place]))
            if isinstance(tag, StartTag) and (closing := _RAW.get(tag.name)):
                end = closing.search(source, place)
                place = end.start() if end else len(source)
        elif source.startswith("<!--", place):
            end = _COMMENT_END.search(source, place + 2)
            place = end.end() if end else len(source)
        elif not written and source.startswith(("<!", "<?", "</"), place):
            close = source.find(">", place)
            place = close + 1 if close >= 0 else len(source)
        elif place < len(source):
            yield Text("<")
            place += 1


def _tag(source: str, written: re.Match[str]) -> tuple[StartTag | EndTag | None, int]:
    """The tag whose name stands there, and where it ends.

    None with all the rest where the source ends first; and with its first sign alone where another
    begins first, and where a name of one letter is followed by words, as in ``a<b and c>d``.
    """
    name = written["name"].lower()
    attributes: dict[str, str] = {}
    place = written.end()
    while True:
        between = _BETWEEN_ATTRIBUTES.match(source, place)
        place = between.end() if between else place
        if source.startswith(">", place):
            return EndTag(name) if written["end"] else StartTag(name, attributes), place + 1
        attribute = _ATTRIBUTE.match(source, place)
        if attribute is None and place == len(source):
            return None, place
        if attribute is None or (len(name) == 1 and not attributes and attribute["value"] is None):
            return None, written.start() + 1
        place = attribute.end()
        value = attribute["value"] or ""
        if value in {'"', "'"}:
            end = source.find(value, place)
            if end < 0:
                return None, len(source)
            value, place = source[place:end], end + 1
        attributes.setdefault(attribute["name"].lower(), _resolved(value))


def _resolved(text: str) -> str:
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text))
