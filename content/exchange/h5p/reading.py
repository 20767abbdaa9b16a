"""An H5P package: its questions, whose work they are, and what else lies in it."""

from collections.abc import Callable, Iterator
from posixpath import join

from msgspec import Struct, field

from content.exchange.archive import Archive, ArchiveError
from content.exchange.h5p.questions import (
    Found,
    Question,
    multiple_choice,
    single_choices,
    true_or_false,
)
from content.exchange.h5p.values import JsonError, Values, group, groups, read_json, text
from content.exchange.html_reading import read_html
from content.exchange.item import Item, LeftOutError, Reading, Skipped
from content.exchange.package_pictures import PackagePictures

_PACKAGE, _CONTENT = "h5p.json", "content/content.json"
_SET = "H5P.QuestionSet"
_SETS = (_SET, "H5P.SingleChoiceSet")
_OVERALL = "overallFeedback"
_READERS: dict[str, Callable[[Question], Iterator[Found]]] = {
    "H5P.MultiChoice": multiple_choice,
    "H5P.TrueFalse": true_or_false,
    "H5P.SingleChoiceSet": single_choices,
}
_GAPS, _DRAGGING = "is a question with gaps", "is a drag-and-drop question"
_OTHERS = {
    "H5P.Blanks": _GAPS, "H5P.AdvancedBlanks": _GAPS, "H5P.DragText": _GAPS,
    "H5P.DragQuestion": _DRAGGING, "H5P.ImageMultipleHotspotQuestion": "asks to point at a picture",
    "H5P.ImageHotspotQuestion": "asks to point at a picture",
    "H5P.MarkTheWords": "asks to mark words in a text", "H5P.Essay": "is an essay question",
    "H5P.Summary": "asks for a summary", "H5P.SortParagraphs": "is an ordering question",
    "H5P.Dictation": "is a dictation", "H5P.ArithmeticQuiz": "is a calculated question",
}  # fmt: skip
_NOBODYS = {"", "U"}  # H5P's "undisclosed"


def read(data: bytes) -> Reading:
    """The questions with choices of a package, which is a zip."""
    try:
        archive = Archive(data)
        about = read_json(archive.read(_PACKAGE))
        content = read_json(archive.read(_CONTENT))
    except (ArchiveError, JsonError) as error:
        return Reading(skipped=(Skipped("", "", f"this is no H5P package that is read: {error}"),))
    package = _Package(PackagePictures(archive))
    package.skipped += (Skipped(path, "", why) for path, why in archive.refused)
    title = " ".join(text(about, "title").split())
    package.tell_of_rights(about, "")
    package.read(text(about, "mainLibrary"), content, title)
    return Reading(tuple(package.items), tuple(package.skipped), tuple(package.notes))


class _Package(Struct):
    """What was read so far."""

    pictures: PackagePictures
    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, library: str, content: Values, title: str) -> None:
        """What the package is: one question, or a set of them under its title."""
        end = group(content, "endGame") if library == _SET else content
        if library in _SETS and any(text(each, "feedback") for each in groups(end, _OVERALL)):
            self.notes.append("what is said at the end of the set was left out")
        if library != _SET:
            self._read_question(library, content, title, "")
            return
        if said := read_html(text(group(content, "introPage"), "introduction")).excerpt:
            self.notes.append(f"a text before the questions was left out: {said}")
        for place, each in enumerate(groups(content, "questions"), start=1):
            name, about = text(each, "library").partition(" ")[0], group(each, "metadata")
            where = f"question {place}"
            self.tell_of_rights(about, where)
            values = group(each, "params")
            self._read_question(name, values, text(about, "title"), where, title)

    def _read_question(
        self, library: str, values: Values, title: str, where: str, category: str = ""
    ) -> None:
        question = Question(values, title, category.replace("/", " - "), self._find)
        reader = _READERS.get(library)
        try:
            if reader is None:
                kind = f"is of the kind {library}, which is not read"
                raise LeftOutError(_OTHERS.get(library, kind if library else "is of no kind"))
            for item, notes in reader(question):
                self.items.append(item)
                self.notes += (f"{where}: {note}" if where else note for note in notes)
        except LeftOutError as why:
            self.skipped.append(Skipped(where, question.name, str(why)))

    def tell_of_rights(self, about: Values, where: str) -> None:
        """A note of whose work it is, for a draft is told that by its author alone."""
        people = [text(each, "name").strip() for each in groups(about, "authors")]
        licence = f"{text(about, 'license')} {text(about, 'licenseVersion')}".strip()
        said = [f"is by {', '.join(filter(None, people))}"] if any(people) else []
        said += [f"is under {licence}"] if text(about, "license") not in _NOBODYS else []
        if said:
            self.notes.append(f"{where or 'the package'} {' and '.join(said)}, as it says itself")

    def _find(self, address: str) -> bytes | None:
        return self.pictures.at(join("content", address.partition("#")[0].lstrip("/")))
