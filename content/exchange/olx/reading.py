"""Problems of Open edX, alone or in a course or library, which is a tar or a zip."""

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath

from msgspec import Struct, field
from msgspec.structs import replace

from content.exchange.archive import Archive, ArchiveError
from content.exchange.item import Item, LeftOutError, Reading, Skipped
from content.exchange.olx.problem import name_of, parts, read_problem
from content.exchange.package_pictures import PackagePictures
from content.exchange.tar_files import is_tar
from content.exchange.xml_tree import Node, XmlError, read_xml

_ROOTS = ("course.xml", "library.xml")
_TITLED = ("course", "library", "chapter", "sequential")
_PROBLEM = re.compile(r"(?:.*/)?problem/(?:[^/]+/)*[^/]+\.xml", re.IGNORECASE)
_BEGINS = re.compile(rb"<problem[\s>]")
_SNIFFED = 2000
_MAX_DEPTH = 30  # of files that name files; a course has five
_STATIC = re.compile(r"\A/?(?:static/|(?:asset-v1:|c4x/)(?:.*[@/])?)")
_OTHERS = {
    "openassessment": "is an essay question", "drag-and-drop-v2": "is a drag-and-drop question",
    "poll": "asks for an opinion: no answer is right", "survey": "asks for an opinion: no answer "
    "is right", "poll_question": "asks for an opinion: no answer is right",
    "problem-builder": "is a question of Problem Builder",
    "step-builder": "is a question of Problem Builder",
    "crowdsourcehinter": "asks for hints", "word_cloud": "asks for words",
}  # fmt: skip


def read(data: bytes) -> Reading:
    """The multiple-choice problems of an XML file or of a course."""
    if data.startswith(b"PK") or is_tar(data):
        return _read_course(data)
    try:
        root, notes = read_xml(data)
    except XmlError as error:
        place = f"line {error.line}" if error.line else ""
        return Reading(skipped=(Skipped(place, "", str(error)),))
    problems = [node for node in root.walk() if node.name == "problem"]
    if not problems:
        reason = f"holds no problem of Open edX, but <{root.name}>"
        return Reading(skipped=(Skipped(f"line {root.line}", "", reason),))
    found = _Found(notes=list(notes))
    for problem in problems:
        found.read(problem, f"line {problem.line}", lambda _: None, keep_line=True)
    return found.reading()


class _Found(Struct):
    """What was read so far."""

    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(
        self,
        problem: Node,
        place: str,
        find: Callable[[str], bytes | None],
        category: str = "",
        *,
        keep_line: bool,
    ) -> None:
        for part in parts(problem):
            try:
                item, notes = read_problem(part, find, category)
            except LeftOutError as why:
                self.skipped.append(Skipped(place, name_of(problem), str(why)))
            else:
                self.items.append(item if keep_line else replace(item, line=0))
                self.notes += (f"{place}: {note}" for note in notes)

    def reading(self) -> Reading:
        return Reading(tuple(self.items), tuple(self.skipped), tuple(self.notes))


def _read_course(data: bytes) -> Reading:
    try:
        archive = Archive(data)
    except ArchiveError as error:
        return Reading(skipped=(Skipped("", "", str(error)),))
    course = _Course(archive, PackagePictures(archive))
    course.read()
    reading = course.found.reading()
    if reading.items or reading.skipped:
        return reading
    is_backup = archive.find("moodle_backup.xml") is not None
    why = "is a backup of Moodle; export its questions as Moodle XML" if is_backup else ""
    return replace(reading, skipped=(Skipped("", "", why or "the package holds no problem"),))


class _Course(Struct):
    """A course on its way from its outline to its problems. ``seen`` are the files read."""

    archive: Archive
    pictures: PackagePictures
    found: _Found = field(default_factory=_Found)
    seen: set[str] = field(default_factory=set)

    def read(self) -> None:
        self.found.skipped += (Skipped(path, "", why) for path, why in self.archive.refused)
        roots = [path for path in self.archive.paths if path.split("/")[-1] in _ROOTS]
        depth = min((path.count("/") for path in roots), default=0)
        for path in [path for path in roots if path.count("/") == depth]:
            self._read_file(path, dirname(path), (), 0)
        for path in list(self.archive.paths):
            if path not in self.seen and self._is_problem(path):
                if roots:
                    words = "is in no unit of the course, and was taken all the same"
                    self.found.notes.append(f"{path}: {words}")
                self._read_file(path, dirname(dirname(path)), (), 0)

    def _is_problem(self, path: str) -> bool:
        """By its folder, or by what it begins with."""
        return bool(_PROBLEM.fullmatch(path)) or (
            path.lower().endswith(".xml")
            and bool(_BEGINS.search(self.archive.head(path, _SNIFFED)))
        )

    def _read_file(self, path: str, root: str, titles: tuple[str, ...], depth: int) -> None:
        self.seen.add(path)
        try:
            node, notes = read_xml(self.archive.read(path))
        except ArchiveError as why:
            self.found.skipped.append(Skipped(path, "", str(why)))
        except XmlError as error:
            place = f"{path}, line {error.line}" if error.line else path
            self.found.skipped.append(Skipped(place, "", str(error)))
        else:
            self.found.notes += (f"{path}: {note}" for note in notes)
            self._read_block(node, path, root, titles, depth)

    def _read_block(
        self, node: Node, path: str, root: str, titles: tuple[str, ...], depth: int
    ) -> None:
        """A block of the course: a problem, or one that holds or names others."""
        if elsewhere := self._elsewhere(node, root):
            if elsewhere not in self.seen and depth < _MAX_DEPTH:
                self._read_file(elsewhere, root, titles, depth + 1)
        elif node.name == "problem":
            place = f"{path}, line {node.line}" if not _PROBLEM.fullmatch(path) else path
            self.found.read(
                node, place, lambda address: self._find(path, address), "/".join(titles),
                keep_line=False,
            )  # fmt: skip
        elif node.name in _OTHERS:
            self.found.skipped.append(Skipped(path, name_of(node), _OTHERS[node.name]))
        else:
            title = " ".join(node.attributes.get("display_name", "").replace("/", " - ").split())
            below = (*titles, title) if title and node.name in _TITLED else titles
            for child in node.elements():
                self._read_block(child, path, root, below, depth)

    def _elsewhere(self, node: Node, root: str) -> str | None:
        """The file that a block is written in, where this is but its name."""
        name = node.attributes.get("url_name") or node.attributes.get("filename")
        if not name or any(node.elements()) or node.text.strip():
            return None
        return self.archive.find(join(root, node.name, f"{name.replace(':', '/')}.xml"))

    def _find(self, file: str, address: str) -> bytes | None:
        """A picture among the course's static files, whose folder lies beside the blocks'."""
        wanted = re.split("[?#]", address)[0]
        if not (static := _STATIC.match(wanted)):
            return self.pictures.at(normpath(join(dirname(file), wanted)))
        name = wanted[static.end() :]
        for folder in _ancestors(file):
            if path := self.archive.find(join(folder, "static", name)):
                return self.pictures.at(path)
        return None


def _ancestors(file: str) -> Iterator[str]:
    folder = dirname(file)
    while folder:
        yield folder
        folder = dirname(folder)
    yield ""
