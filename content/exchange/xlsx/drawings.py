"""The pictures that lie over a sheet's rows."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from content.exchange.archive import Archive, ArchiveError
from content.exchange.html_reading import Image
from content.exchange.item import Picture
from content.exchange.pictures import gather
from content.exchange.xlsx.parts import relations
from content.exchange.xml_tree import Node, XmlError, read_xml

_LAST_ROW = 1_048_576  # of any sheet


def pictures_by_row(
    archive: Archive, sheet: str
) -> tuple[Mapping[int, tuple[Picture, ...]], tuple[str, ...]]:
    """The pictures by the rows, from 1, at which their upper edges lie, and what was not taken."""
    shown: defaultdict[int, list[Image]] = defaultdict(list)
    missing: list[str] = []
    try:
        for path in relations(archive, sheet).values():
            if "/drawings/" in path and path.endswith(".xml"):
                for row, image in _anchored(archive, path):
                    shown[row].append(image)
    except (ArchiveError, XmlError) as error:
        missing.append(f"its pictures cannot be read ({error})")
    found: dict[int, tuple[Picture, ...]] = {}
    for row, images in shown.items():
        gathered = gather(images, lambda path: _bytes(archive, path))
        found[row] = gathered.found
        missing += (f"row {row}: {each}" for each in gathered.missing)
    return found, tuple(missing)


def _anchored(archive: Archive, path: str) -> Iterator[tuple[int, Image]]:
    targets = relations(archive, path)
    root, _ = read_xml(archive.read(path))
    for anchor in root.elements():
        row = _row(anchor)
        for picture in (node for node in anchor.walk() if node.name == "pic"):
            nodes = {node.name: node.attributes for node in picture.walk()}
            named, blip = nodes.get("cNvPr", {}), nodes.get("blip", {})
            source = targets.get(blip.get("embed", ""), "") or blip.get("link", "picture")
            yield row, Image(source, named.get("descr", ""))


def _row(anchor: Node) -> int:
    corner = anchor.first("from")
    place = corner.first("row") if corner else None
    text = place.text.strip() if place else ""
    return min(int(text[:8]) + 1, _LAST_ROW) if text.isdecimal() else 0


def _bytes(archive: Archive, path: str) -> bytes | None:
    try:
        return archive.read(path)
    except ArchiveError:
        return None
