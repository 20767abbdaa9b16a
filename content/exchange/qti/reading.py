"""QTI items, alone or in a package with a manifest."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from msgspec import Struct, field
from msgspec.structs import replace

from content.exchange.archive import Archive, ArchiveError
from content.exchange.item import Item, LeftOutError, Reading, Skipped
from content.exchange.package_pictures import PackagePictures
from content.exchange.qti.item_reading import Surroundings, image_objects, read_item
from content.exchange.qti.manifest import Resource, read_manifest
from content.exchange.qti.package_files import PackageFiles
from content.exchange.qti.spelling import respell
from content.exchange.qti1 import read_bank
from content.exchange.xml_tree import Node, XmlError, read_xml

_ITEM = re.compile(rb"<(?:\w+:)?(?:assessmentItem|qti-assessment-item|questestinterop)[\s>]")
_BANKS = re.compile(rb"<(?:\w+:)?questestinterop[\s>]")
_ENDINGS = (".xml", ".qti", ".dat")
_BANK = "questestinterop"
_SNIFFED = 4000  # bytes in which an item's first tag is looked for
_CANVAS_QUIZ = re.compile(r"(?:\A|.*/)non_cc_assessments/([^/]+)\.xml\.qti")
"""Canvas writes a quiz twice into a cartridge, and only here with all its questions."""
_NO_PACKAGES = {
    "[Content_Types].xml": "is an Office document; Word's and Excel's are read: docx, xlsx",
    "mimetype": "is an office document; save it as .docx, or a table as .xlsx or CSV",
}
"""What else is a zip, by a file in it."""
_FOREIGN = {
    "POOL": "is a pool of an old Blackboard; export it as QTI 2.1",
    "assessment-test": "is a test, which only lists its items; give the package they are in",
    "manifest": "is the list of a package's files; give the package itself, a zip",
}


def read(data: bytes) -> Reading:
    """The choice questions of an item's or a bank's XML, or of a package, which is a zip."""
    if data.startswith(b"PK"):
        return _read_package(data)
    try:
        root, notes = read_xml(data)
        if root.name == _BANK:
            bank = read_bank(root, lambda _: None, lambda line: f"line {line}")
            return _or_empty(replace(bank, notes=(*notes, *bank.notes)))
        item, more = _item(root, Surroundings(lambda _: None, lambda _: None))
    except XmlError as error:
        place = f"line {error.line}" if error.line else ""
        return Reading(skipped=(Skipped(place, "", str(error)),))
    except LeftOutError as why:
        title = root.attributes.get("title", "")
        return Reading(skipped=(Skipped(f"line {root.line}", title, str(why)),))
    said = tuple(f"line {item.line}: {note}" for note in more)
    return Reading((item,), notes=(*notes, *said))


def _or_empty(reading: Reading) -> Reading:
    """A reading that says so where nothing was there to read."""
    if reading.items or reading.skipped:
        return reading
    return replace(reading, skipped=(Skipped("", "", "holds no question"),))


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
    package = _Package(archive, PackageFiles(archive, PackagePictures(archive)))
    package.read()
    if not package.items and not package.skipped:
        paths = set(archive.paths)
        what = next((what for path, what in _NO_PACKAGES.items() if path in paths), "")
        package.skipped.append(Skipped("", "", what or "the package holds no QTI item"))
    return Reading(tuple(package.items), tuple(package.skipped), tuple(package.notes))


class _Package(Struct):
    """What was read so far of a package."""

    archive: Archive
    files: PackageFiles
    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    banked: dict[Item, str] = field(default_factory=dict)

    def read(self) -> None:
        self.skipped += (Skipped(path, "", why) for path, why in self.archive.refused)
        resources = self._listed()
        for path in self._unlisted(resources):
            resources[path] = Resource(path)
            if not _BANKS.search(self.archive.head(path, _SNIFFED)):
                self.notes.append(f"{path}: is in no manifest, and was taken all the same")
        twice = {f"{quiz[1]}/assessment_qti.xml": path for path in resources
                 if (quiz := _CANVAS_QUIZ.fullmatch(path))}  # fmt: skip
        for path, resource in resources.items():
            short = "/".join(path.split("/")[-2:])
            if short in twice:
                self.notes.append(f"{path}: the same quiz stands in {twice[short]}, which was read")
            else:
                self._read_file(path, resource)

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
                if path is None:
                    self.skipped.append(Skipped(address, "", "is not in the package"))
                else:
                    listed.setdefault(path, resource)
        return listed

    def _unlisted(self, listed: dict[str, Resource]) -> list[str]:
        return [
            path
            for path in self.archive.paths
            if path not in listed
            and path.lower().endswith(_ENDINGS)
            and _ITEM.search(self.archive.head(path, _SNIFFED))
        ]

    def _read_file(self, path: str, resource: Resource) -> None:
        """An item, or a bank of them."""
        try:
            root, notes = read_xml(self.archive.read(path))
        except ArchiveError as why:
            self.skipped.append(Skipped(path, "", str(why)))
        except XmlError as error:
            place = f"{path}, line {error.line}" if error.line else path
            self.skipped.append(Skipped(place, "", str(error)))
        else:
            self.notes += (f"{path}: {note}" for note in notes)
            if root.name == _BANK:
                self._read_bank(path, root)
            else:
                self._read_item(path, root, resource)

    def _read_item(self, path: str, root: Node, resource: Resource) -> None:
        title = root.attributes.get("title", "")
        around = Surroundings(
            lambda address: self.files.find(path, address),
            lambda address: self._stimulus(path, address),
            resource.tags,
            resource.category,
        )
        try:
            item, more = _item(root, around)
        except LeftOutError as why:
            self.skipped.append(Skipped(path, title, str(why)))
        else:
            # A line in one of many files would lead astray.
            self.items.append(replace(item, line=0))
            self.notes += (f"{path}: {note}" for note in more)

    def _read_bank(self, path: str, root: Node) -> None:
        """What stands in a bank and in the quiz that draws from it is taken once."""
        reading = read_bank(
            root,
            lambda address: self.files.find(path, address),
            lambda line: f"{path}, line {line}",
            shuffled=self._shuffles(path),
        )
        self.skipped += reading.skipped
        self.notes += reading.notes
        for item in reading.items:
            asked = replace(item, name="", category="", tags=(), shuffle=False)
            if asked in self.banked:
                place = f"{path}, line {item.line}"
                self.notes.append(f"{place}: stands in {self.banked[asked]} too, and is taken once")
            else:
                self.banked[asked] = path
                self.items.append(replace(item, line=0))

    def _shuffles(self, path: str) -> bool:
        """Whether Canvas shuffles a quiz's choices, which it says in a file beside it."""
        folder, quiz = dirname(path), _CANVAS_QUIZ.fullmatch(path)
        if quiz:
            folder = join(dirname(folder), quiz[1])
        try:
            root, _ = read_xml(self.archive.read(join(folder, "assessment_meta.xml")))
        except (ArchiveError, XmlError):
            return False
        says = root.first("shuffle_answers")
        return says is not None and says.text.strip() == "true"

    def _stimulus(self, item: str, address: str) -> Node | None:
        path = self.files.resolved(item, address)
        try:
            root, _ = read_xml(self.archive.read(path))
        except (ArchiveError, XmlError):
            return None
        respell(root)
        body = root.first("stimulus-body")
        for node in _shown_in(body):
            node.attributes["src"] = f"/{self.files.resolved(path, node.attributes.get('src', ''))}"
        return body


def _shown_in(body: Node | None) -> Iterator[Node]:
    if body:
        image_objects(body)
        yield from (node for node in body.walk() if node.name == "img")
