"""What of a workbook's package openpyxl is given: bounded, without macros, links and decoration."""

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath

from msgspec import Struct

from content.exchange.archive import Archive, ArchiveError
from content.exchange.xml_tree import XmlError, read_xml

_LEFT = re.compile(
    r"(?:^|/)(?:docprops|customxml|theme|externallinks|drawings|charts|chartsheets|pivot\w*|comments\w*"
    r"|threadedcomments|persons|printersettings|tables|queryables|ctrlprops|activex|richdata)/"
    r"|(?:^|/)comments\d*\.xml\Z"
)
_SHEET = re.compile(r"(?:^|/)worksheets/[^/]+\Z")
_STRINGS = re.compile(r"(?:^|/)sharedstrings\w*\.xml\Z")
_MOST_TAGS = 2_000_000  # of a sheet or its strings: 20,000 questions have half as many
_MOST_OTHER_TAGS = 100_000
_MOST_IN_ROW = 100_000
_DATA_BEGINS = re.compile(rb"<(?:\w+:)?sheetData\b")
_DATA_ENDS = re.compile(rb"</(\w+:)?sheetData\s*>")
_ROW_ENDS = re.compile(rb"</(?:\w+:)?row\s*>|<(?:\w+:)?row(?:\s[^<>]*)?/>")
_FORMULA = re.compile(
    rb"<((?:\w+:)?)c(\s[^<>]*)?>\s*<\1f(?:\s[^<>]*)?(?:/>|>[^<]*</\1f>)\s*(?:<\1v\s*/>|<\1v></\1v>)?"
    rb"\s*</\1c>"
)
_TYPE = re.compile(rb"\st=(?:\"[^\"]*\"|'[^']*')")
UNSAVED = "#UNSAVED!"
"""Stands for the result of a formula that no program has reckoned and saved."""


class WorkbookError(Exception):
    """Why no workbook can be read from these bytes."""


class Sheet(Struct, frozen=True):
    """A worksheet's name, its path in the package, and whether its tab is seen."""

    name: str
    path: str
    visible: bool


def sheets(archive: Archive) -> Iterator[Sheet]:
    """The workbook's sheets, in their order. Raises WorkbookError."""
    path = archive.find("xl/workbook.xml")
    if path is None:
        binary = archive.find("xl/workbook.bin")
        raise WorkbookError(
            "is a binary workbook (.xlsb); save it as .xlsx" if binary else "holds no workbook"
        )
    try:
        root, _ = read_xml(archive.read(path))
        targets = relations(archive, path)
    except (ArchiveError, XmlError) as error:
        raise WorkbookError(f"its list of sheets cannot be read ({error})") from error
    for node in (node for node in root.walk() if node.name == "sheet"):
        target = targets.get(node.attributes.get("id", ""), "")
        visible = node.attributes.get("state", "visible") == "visible"
        yield Sheet(node.attributes.get("name", ""), target, visible)


def relations(archive: Archive, path: str) -> dict[str, str]:
    """The parts that a part of the package refers to, by their ids: paths within it.

    What lies outside of the package is none. Raises ArchiveError and XmlError.
    """
    listed = archive.find(f"{dirname(path)}/_rels/{basename(path)}.rels")
    if listed is None:
        return {}
    root, _ = read_xml(archive.read(listed))
    return {
        node.attributes.get("Id", ""): _within(path, node.attributes.get("Target", ""))
        for node in root.elements("Relationship")
        if node.attributes.get("TargetMode") != "External"
    }


def _within(path: str, target: str) -> str:
    return normpath(target.lstrip("/") if target.startswith("/") else join(dirname(path), target))


def bounded(archive: Archive) -> io.BytesIO:
    """A package of the parts that hold the sheets' cells. Raises WorkbookError."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as package:
        for path in archive.paths:
            folded = path.casefold()
            if not folded.endswith((".xml", ".rels")) or _LEFT.search(folded):
                continue
            try:
                data = archive.read(path)
            except ArchiveError as error:
                raise WorkbookError(f"its part {path} {error}") from error
            package.writestr(path, _checked(folded, data))
    return made


def _checked(path: str, data: bytes) -> bytes:
    if _SHEET.search(path):
        return _cells_only(path, data)
    limit = _MOST_TAGS if _STRINGS.search(path) else _MOST_OTHER_TAGS
    if data.count(b"<") > limit:
        raise WorkbookError(f"its part {path} has more than {limit:,} tags; split the workbook")
    return data


def _cells_only(path: str, data: bytes) -> bytes:
    """A sheet without what stands behind its cells: rules, links, pages, which are not read."""
    begun, ended = _DATA_BEGINS.search(data), _DATA_ENDS.search(data)
    if begun and ended:
        data = data[: ended.end()] + b"</" + (ended[1] or b"") + b"worksheet>"
    before = data[: begun.start()] if begun else data
    rows = _ROW_ENDS.split(data)
    if data.count(b"<") > _MOST_TAGS or any(row.count(b"<") > _MOST_IN_ROW for row in rows):
        raise WorkbookError(f"its sheet {path} has too many cells; split it")
    if before.count(b"<") > _MOST_OTHER_TAGS:
        raise WorkbookError(f"its sheet {path} cannot be read")
    return _FORMULA.sub(_unsaved, data)


def _unsaved(cell: re.Match[bytes]) -> bytes:
    prefix, attributes = cell[1], _TYPE.sub(b"", cell[2] or b"")
    value = b"<%sv>%s</%sv>" % (prefix, UNSAVED.encode(), prefix)
    return b'<%sc%s t="e">%s</%sc>' % (prefix, attributes, value, prefix)
