"""QTI items, alone or in a package with a manifest."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from msgspec import Struct, field
from msgspec.structs import replace

from content.exchange.archive import Archive, ArchiveError
from content.exchange.item import Item, Reading, Skipped
from content.exchange.qti.item_reading import Surroundings, image_objects, read_item
from content.exchange.qti.key import LeftOutError
from content.exchange.qti.manifest import Resource, read_manifest
from content.exchange.qti.spelling import respell
from content.exchange.xml_tree import Node, XmlError, read_xml

_ITEM = re.compile(rb"<(?:\w+:)?(?:assessmentItem|qti-assessment-item)[\s>]")
_SNIFFED = 4000  # bytes in which an item's first tag is looked for
_MOST_SHOWN = 500_000_000
_NO_PACKAGES = {
    "[Content_Types].xml": "is an Office document; Word's and Excel's are read: docx, xlsx",
    "mimetype": "is an office document; save it as .docx, or a table as .xlsx or CSV",
}
"""What else is a zip, by a file in it."""
_FOREIGN = {
    "questestinterop": "is QTI 1.2; versions 2.1, 2.2 and 3.0 are read",
    "assessment-test": "is a test, which only lists its items; give the package they are in",
    "manifest": "is the list of a package's files; give the package itself, a zip",
}


def read(data: bytes) -> Reading:
    """The choice questions of an item's XML or of a package, which is a zip."""
    if data.startswith(b"PK"):
        return _read_package(data)
    try:
        root, notes = read_xml(data)
        item, more = _item(root, Surroundings(lambda _: None, lambda _: None))
    except XmlError as error:
        place = f"line {error.line}" if error.line else ""
        return Reading(skipped=(Skipped(place, "", str(error)),))
    except LeftOutError as why:
        title = root.attributes.get("title", "")
        return Reading(skipped=(Skipped(f"line {root.line}", title, str(why)),))
    said = tuple(f"line {item.line}: {note}" for note in more)
    return Reading((item,), notes=(*notes, *said))


def _item(root: Node, around: Surroundings) -> tuple[Item, tuple[str, ...]]:
    respell(root)
    if root.name != "assessment-item":
        raise LeftOutError(_FOREIGN.get(root.name, f"is no QTI item but <{root.name}>"))
    return read_item(root, around)


def _read_package(data: bytes) -> Reading:
    try:
        archive = Archive(data)
    except ArchiveError as error:
        return Reading(skipped=(Skipped("", "", str(error)),))
    package = _Package(archive)
    package.read()
    if not package.items and not package.skipped:
        paths = set(archive.paths)
        what = next((what for path, what in _NO_PACKAGES.items() if path in paths), "")
        package.skipped.append(Skipped("", "", what or "the package holds no QTI item"))
    return Reading(tuple(package.items), tuple(package.skipped), tuple(package.notes))


class _Package(Struct):
    """What was read so far of a package.

    ``shown`` are the bytes of all items' pictures: many items may show one, and each case has its
    own file of it.
    """

    archive: Archive
    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    shown: int = 0

    def read(self) -> None:
        self.skipped += (Skipped(path, "", why) for path, why in self.archive.refused)
        resources = self._listed()
        for path in self._unlisted(resources):
            self.notes.append(f"{path}: is in no manifest, and was taken all the same")
            resources[path] = Resource(path)
        for path, resource in resources.items():
            self._read_item(path, resource)

    def _listed(self) -> dict[str, Resource]:
        """The items that the manifests list, by their paths in the zip."""
        listed: dict[str, Resource] = {}
        for manifest in list(self.archive.paths):
            if not f"/{manifest}".lower().endswith("/imsmanifest.xml"):
                continue
            try:
                root, _ = read_xml(self.archive.read(manifest))
            except (ArchiveError, XmlError) as error:
                self.skipped.append(Skipped(manifest, "", str(error)))
                continue
            for resource in read_manifest(root):
                address = normpath(join(dirname(manifest), resource.href))
                path = self.archive.find(address)
                if resource.trouble or path is None:
                    why = resource.trouble or "is not in the package"
                    self.skipped.append(Skipped(path or address, "", why))
                else:
                    listed.setdefault(path, resource)
        return listed

    def _unlisted(self, listed: dict[str, Resource]) -> list[str]:
        return [
            path
            for path in self.archive.paths
            if path not in listed
            and path.lower().endswith(".xml")
            and _ITEM.search(self.archive.head(path, _SNIFFED))
        ]

    def _read_item(self, path: str, resource: Resource) -> None:
        title = ""
        try:
            root, notes = read_xml(self.archive.read(path))
            title = root.attributes.get("title", "")
            around = Surroundings(
                lambda address: self._find(path, address),
                lambda address: self._stimulus(path, address),
                resource.tags,
                resource.category,
            )
            item, more = _item(root, around)
        except (ArchiveError, LeftOutError) as why:
            self.skipped.append(Skipped(path, title, str(why)))
        except XmlError as error:
            place = f"{path}, line {error.line}" if error.line else path
            self.skipped.append(Skipped(place, "", str(error)))
        else:
            # A line in one of many files would lead astray.
            self.items.append(replace(item, line=0))
            self.notes += (f"{path}: {note}" for note in (*notes, *more))

    def _find(self, item: str, address: str) -> bytes | None:
        path = self._resolved(item, address)
        try:
            if path not in self.pictures:
                self.pictures[path] = self.archive.read(path)
        except ArchiveError:
            return None
        self.shown += len(self.pictures[path])
        return self.pictures[path] if self.shown <= _MOST_SHOWN else None

    def _resolved(self, file: str, address: str) -> str:
        """The path in the zip of an address that a file there speaks of."""
        path = join("/" if address.startswith("/") else dirname(file), re.split("[?#]", address)[0])
        return self.archive.find(path) or path

    def _stimulus(self, item: str, address: str) -> Node | None:
        path = self._resolved(item, address)
        try:
            root, _ = read_xml(self.archive.read(path))
        except (ArchiveError, XmlError):
            return None
        respell(root)
        body = root.first("stimulus-body")
        for node in _shown_in(body):
            node.attributes["src"] = f"/{self._resolved(path, node.attributes.get('src', ''))}"
        return body


def _shown_in(body: Node | None) -> Iterator[Node]:
    if body:
        image_objects(body)
        yield from (node for node in body.walk() if node.name == "img")
