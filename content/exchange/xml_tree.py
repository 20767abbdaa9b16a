"""Reads XML from outside: no entities of its own, nothing fetched, bounded in size and depth."""

import html
import re
from collections.abc import Container, Iterable, Iterator
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from msgspec import Struct, field

from content.exchange.html_tags import VOID, is_tag
from content.exchange.text_bytes import decode

MAX_BYTES = 50_000_000
MAX_DEPTH = 100
MAX_ELEMENTS = 1_000_000  # a quarter of a gigabyte in memory; a question has about forty
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*?\?>")
_UNKNOWN = "x-element"  # what XML calls an element is one, also where HTML knows no such tag


class Node(Struct):
    """An element: its name and attributes without prefixes, and the line it begins on, from 1."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Node | str"] = field(default_factory=list)

    def elements(self, *names: str) -> Iterator["Node"]:
        """The children of one of these names; all elements where none is given."""
        for child in self.children:
            if isinstance(child, Node) and (not names or child.name in names):
                yield child

    def first(self, *names: str) -> "Node | None":
        """The first child of one of these names."""
        return next(self.elements(*names), None)

    def walk(self) -> Iterator["Node"]:
        """This element and all below it, in the file's order."""
        yield self
        for child in self.elements():
            yield from child.walk()

    @property
    def text(self) -> str:
        """The characters inside, without those of elements below."""
        return "".join(child for child in self.children if isinstance(child, str))


class XmlError(Exception):
    """XML that cannot be read; says why. ``line`` is 0 where none is at fault."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


def read_xml(data: bytes) -> tuple[Node, tuple[str, ...]]:
    """The root element, and notes of what had to be mended before it could be read.

    Blank lines before the XML declaration, bytes that are not of the encoding it names, and
    characters that XML forbids are mended. Raises XmlError.
    """
    if len(data) > MAX_BYTES:
        raise XmlError(f"the XML is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        return _parsed(data), ()
    except XmlError as error:
        mended, notes = _mended(data)
        if mended == data:
            raise
        try:
            return _parsed(mended), notes
        except XmlError:
            raise error from None


def _mended(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """UTF-8 without what XML forbids and without a declaration; lines keep their numbers."""
    file = decode(data)
    text, count = _NOT_XML.subn(" ", file.text)
    source = text.encode("utf-8", "replace")
    if declaration := _DECLARATION.match(source):
        source = b"\n" * declaration[0].count(b"\n") + source[declaration.end() :]
    note = (f"{count} characters that XML forbids were read as spaces",) if count else ()
    return source, file.notes + note


def _parsed(data: bytes) -> Node:
    parser = make_parser()
    builder = _Builder(parser)
    parser.setContentHandler(builder)
    try:
        parser.feed(data)
        parser.close()
    except SAXParseException as error:
        line = error.getLineNumber() or 0
        raise XmlError(f"this is not well-formed XML ({error.getMessage()})", line) from error
    except DefusedXmlException as error:
        reason = "the XML defines entities or refers to other files, which are not read"
        raise XmlError(reason) from error
    except (SAXException, ValueError, LookupError) as error:
        raise XmlError(f"this XML cannot be read ({error})") from error
    return builder.root


class _Builder(ContentHandler):
    """Makes the tree while the parser reads, and stops it where that goes too deep."""

    def __init__(self, locator: Locator) -> None:
        super().__init__()
        self._locator = locator
        self._open = [Node("", {}, 0)]
        self._count = 0

    @property
    def root(self) -> Node:
        return next(self._open[0].elements())

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (sax names it)
        line = self._locator.getLineNumber() or 0
        if len(self._open) > MAX_DEPTH:
            raise SAXException(f"line {line}: nested more than {MAX_DEPTH} levels deep")
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise SAXException(f"line {line}: more than {MAX_ELEMENTS:,} elements; split the file")
        attributes = {_local(key): attrs.getValue(key) for key in attrs.getNames()}
        node = Node(_local(name), attributes, line)
        self._open[-1].children.append(node)
        self._open.append(node)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802 (sax names it)
        node = self._open.pop()
        node.children = list(_joined(node.children))

    def characters(self, content: str) -> None:
        self._open[-1].children.append(content)

    def skippedEntity(self, name: str) -> None:  # noqa: N802 (sax names it)
        """A document type elsewhere may define this; HTML's own names are known without it."""
        self._open[-1].children.append(html.unescape(f"&{name};"))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _joined(children: Iterable[Node | str]) -> Iterator[Node | str]:
    """Characters that the parser gave in pieces, in one piece."""
    pieces: list[str] = []
    for child in children:
        if isinstance(child, str):
            pieces.append(child)
            continue
        if pieces:
            yield "".join(pieces)
            pieces = []
        yield child
    if pieces:
        yield "".join(pieces)


def inner_html(node: Node, without: Container[str] = ()) -> str:
    """What lies inside an element as HTML, but for elements of the names ``without``."""
    pieces: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            pieces.append(escape(child))
        elif child.name not in without:
            attributes = "".join(
                f" {key}={quoteattr(value)}" for key, value in child.attributes.items()
            )
            name = child.name if is_tag(child.name) else _UNKNOWN
            pieces.append(f"<{name}{attributes}>")
            if name not in VOID:
                pieces.append(f"{inner_html(child, without)}</{name}>")
    return "".join(pieces)


def without_forbidden(text: str) -> str:
    """The text with U+FFFD in place of each character that XML forbids."""
    return _NOT_XML.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """Text as it stands in XML."""
    return escape(without_forbidden(text), {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    """An attribute's value in XML, with its quotes."""
    return quoteattr(without_forbidden(text))
