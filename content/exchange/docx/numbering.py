"""The numbers and letters that Word puts before paragraphs by itself, written into their text.

Where choices are a list made by Word, ``B.`` stands nowhere in the file: it is counted.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct

from content.exchange.html_tags import item_label

Element = ET.Element
tostring = ET.tostring
_STYLES = {"upperLetter": "A", "lowerLetter": "a", "upperRoman": "I", "lowerRoman": "i"}
_MOST_LEVELS = 9
_LONGEST_LABEL = 40  # characters before a paragraph; Word writes ten
_DEEPEST_STYLE = 20  # of styles that are based on each other


def local(node: Element) -> str:
    """An element's name without its namespace."""
    return str(node.tag).rpartition("}")[2]


class _Level(Struct, frozen=True):
    """How a level of a list counts. ``text`` has ``%1`` where the first level's number stands."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._by_style: dict[str, tuple[str, int]] = {}
        for node in numbering if numbering is not None else ():
            if local(node) == "abstractNum":
                self._levels[_value(node, "abstractNumId")] = dict(_levels(node))
            elif local(node) == "num":
                self._read_list(node)
        if styles is not None:
            self._read_styles(styles)

    def write_into(self, document: Element) -> None:
        """Put what counts each paragraph before its text."""
        for paragraph in _paragraphs(document):
            if label := self._label(paragraph):
                space = str(paragraph.tag).rpartition("}")[0]
                namespace = f"{space}}}" if space else ""
                run = Element(f"{namespace}r")
                ET.SubElement(run, f"{namespace}t").text = f"{label} "
                properties = _child(paragraph, "pPr")
                paragraph.insert(0 if properties is None else 1, run)

    def _read_list(self, node: Element) -> None:
        number = _value(node, "numId")
        self._lists[number] = _value(_child(node, "abstractNumId"), "val")
        self._restarts[number] = {
            _int(_value(each, "ilvl")): _int(_value(_child(each, "startOverride"), "val"))
            for each in node
            if local(each) == "lvlOverride" and _child(each, "startOverride") is not None
        }

    def _read_styles(self, styles: Element) -> None:
        found = {_value(node, "styleId"): node for node in styles if local(node) == "style"}
        for name, own in found.items():
            style: Element | None = own
            for _ in range(_DEEPEST_STYLE):
                if style is None:
                    break
                if numbered := _numbered(style):
                    self._by_style[name] = numbered
                    break
                style = found.get(_value(_child(style, "basedOn"), "val"))

    def _label(self, paragraph: Element) -> str:
        properties = _child(paragraph, "pPr")
        style = _value(_child(properties, "pStyle"), "val")
        numbered = _numbered(paragraph) or self._by_style.get(style)
        if numbered is None:
            return ""
        number, depth = numbered
        levels = self._levels.get(self._lists.get(number, ""), {})
        level = levels.get(depth)
        if level is None or level.form in {"bullet", "none"}:
            return ""
        counts = self._counts[self._lists[number]]
        restart = self._restarts.get(number, {}).pop(depth, None)
        if restart is not None:
            counts[depth] = restart
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return _written(level, levels, counts)


def _written(level: _Level, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> str:
    text = level.text
    for place in range(_MOST_LEVELS):
        if f"%{place + 1}" in text:
            shown = levels.get(place, _Level())
            number = counts.get(place, shown.start)
            style = _STYLES.get(shown.form, "")
            label = item_label(style, number).rstrip(".") if style else str(number)
            text = text.replace(f"%{place + 1}", label)
    return text.strip()


def _levels(abstract: Element) -> Iterator[tuple[int, _Level]]:
    for node in abstract:
        if local(node) == "lvl":
            form, text = (
                _value(_child(node, "numFmt"), "val"),
                _value(_child(node, "lvlText"), "val"),
            )
            start = _child(node, "start")
            yield (
                _int(_value(node, "ilvl")),
                _Level(
                    form, text[:_LONGEST_LABEL], 1 if start is None else _int(_value(start, "val"))
                ),
            )


def _paragraphs(node: Element) -> Iterator[Element]:
    """All paragraphs in their order, those that a text box holds twice but once."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if local(node) == "p":
            yield node
        if local(node) != "Choice":
            waiting.extend(reversed(node))


def _numbered(node: Element) -> tuple[str, int] | None:
    """The list and the level of a paragraph or a style; list 0 is none, whatever its style has."""
    properties = _child(_child(node, "pPr"), "numPr")
    number = _value(_child(properties, "numId"), "val")
    if not number:
        return None
    return number, _int(_value(_child(properties, "ilvl"), "val"))


def _child(node: Element | None, name: str) -> Element | None:
    if node is None:
        return None
    return next((child for child in node if local(child) == name), None)


def _value(node: Element | None, name: str) -> str:
    if node is None:
        return ""
    found = (text for key, text in node.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def _int(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
