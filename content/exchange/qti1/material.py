"""The texts of QTI 1.2: HTML, plain, or whatever Blackboard takes for smart."""

import re
from collections.abc import Container, Iterator
from html import escape

from content.exchange.html_reading import HtmlText, Image, joined, read_html
from content.exchange.markdown_text import from_plain
from content.exchange.xml_tree import Node, inner_html

_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|u|em|strong|sub|sup|img|ul|ol|li|table|tr|td|a|font|h[1-6]|pre)"
    r"\b[^<>]{0,2000}>|&(?:[a-z]{2,8}|#[0-9]{2,6});",
    re.IGNORECASE,
)
_LOST = {
    "mataudio": "a sound", "matvideo": "a film", "matapplet": "an embedded object",
    "matapplication": "an attached file", "material_ref": "a text that stands elsewhere",
    "matref": "a text that stands elsewhere",
}  # fmt: skip
_TEXTS = {"mattext", "matemtext", "mat_formattedtext", "matimage"}
_PLAIN = {"text/plain", "plain_text"}
_HTML = {"text/html", "text/xhtml", "html"}


def read_material(node: Node, without: Container[str] = ()) -> HtmlText:
    """All texts and pictures below an element, but for those in elements ``without``.

    Each is a paragraph. Bare characters count where nothing else is there.
    """
    found = [_read(leaf) for leaf in _leaves(node, without)]
    if not found and (bare := " ".join(node.text.split())):
        return HtmlText(from_plain(bare))
    return joined(found)


def _leaves(node: Node, without: Container[str]) -> Iterator[Node]:
    for child in node.elements():
        if child.name in _TEXTS or child.name in _LOST:
            yield child
        elif child.name not in without:
            yield from _leaves(child, without)


def _read(leaf: Node) -> HtmlText:
    if leaf.name in _LOST:
        is_named = bool(leaf.attributes.get("uri") or leaf.attributes.get("label"))
        return HtmlText("", lost=(_LOST[leaf.name],) if is_named or leaf.children else ())
    if leaf.name == "matimage":
        return HtmlText("", (_image(leaf),))
    if any(leaf.elements()):
        return read_html(inner_html(leaf))
    style = (leaf.attributes.get("texttype") or leaf.attributes.get("type") or "").lower()
    is_plain = style in _PLAIN or (style not in _HTML and not _TAG.search(leaf.text))
    if leaf.name == "matemtext":
        return read_html(f"<em>{escape(leaf.text) if is_plain else leaf.text}</em>")
    if is_plain:
        return HtmlText(from_plain(leaf.text))
    return read_html(leaf.text if style in _HTML else leaf.text.strip().replace("\n", "<br>"))


def _image(node: Node) -> Image:
    """A picture by its address, or its bytes where they stand in the file."""
    attributes = node.attributes
    alt = attributes.get("label", "")
    if attributes.get("embedded", "").lower() == "base64" and node.text.strip():
        kind = attributes.get("imagtype", "image/png")
        return Image(f"data:{escape(kind)};base64,{node.text.strip()}", alt)
    return Image(attributes.get("uri") or attributes.get("entityref") or "", alt)
