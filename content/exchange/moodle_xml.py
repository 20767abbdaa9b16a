"""Moodle XML, after its documentation (docs.moodle.org, "Moodle XML format") and exported files."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from msgspec import Struct, field

from content.exchange.html_reading import HtmlText, Image, read_html
from content.exchange.item import Item, ItemChoice, Reading, Skipped
from content.exchange.markdown_text import from_plain
from content.exchange.moodle_writing import write
from content.exchange.pictures import from_base64, gather
from content.exchange.weights import doubt
from content.exchange.xml_tree import Node, XmlError, inner_html, read_xml

__all__ = ["read", "write"]

_TYPES = {
    "shortanswer": "is a question with a written answer",
    "numerical": "is a question with a numerical answer",
    "matching": "is a matching question",
    "essay": "is an essay question",
    "cloze": "is a cloze question",
    "multianswer": "is a cloze question",
    "description": "is a text without a question",
    "ordering": "is an ordering question",
    "calculated": "is a calculated question",
    "calculatedmulti": "is a calculated question",
    "calculatedsimple": "is a calculated question",
    "ddwtos": "is a drag-and-drop question",
    "ddimageortext": "is a drag-and-drop question",
    "ddmarker": "is a drag-and-drop question",
    "gapselect": "is a question with gaps",
}
_ALL_OR_NOTHING = "multichoiceset"
_CHOICES = ("multichoice", "truefalse", _ALL_OR_NOTHING)
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_CONTEXT = re.compile(r"\s*\$[a-z]+\d*\$(?:/|$)")
_PERCENT = re.compile(r"\s*[-+]?[0-9]{1,9}(?:\.[0-9]{0,20})?\s*")
_FULL_MARKS = 99.9  # percent; some programs round
_BESIDE = {"text", "file", "feedback", "answer"}  # what lies in an element beside its text
_PLUGIN_FILE = "@@PLUGINFILE@@/"
_MARKDOWN_IMAGE = re.compile(  # what does not end must not be gone through again and again
    r"!\[([^\]\n]{0,500}+)\]\(\s*+<?+([^\s()>]{1,2000}+)>?+[^()\n]{0,500}+\)"
)


def read(data: bytes) -> Reading:
    """The multiple-choice questions of a Moodle XML file."""
    try:
        root, notes = read_xml(data)
    except XmlError as error:
        place = f"line {error.line}" if error.line else ""
        return Reading(skipped=(Skipped(place, "", str(error)),))
    if root.name != "quiz":
        reason = f"this is not Moodle XML, which begins with <quiz> and not with <{root.name}>"
        return Reading(skipped=(Skipped(f"line {root.line}", "", reason),))
    reader = _Reader(notes=list(notes))
    for question in root.elements("question"):
        reader.read(question)
    notes = (*reader.notes, *reader.common_feedback())
    return Reading(tuple(reader.items), tuple(reader.skipped), notes)


class _Reader(Struct):
    """What was read so far, and the category that holds for the questions to come."""

    notes: list[str]
    skipped: list[Skipped] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    category: str = ""
    said_to_all: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_said: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, question: Node) -> None:
        kind = question.attributes.get("type", "")
        if kind == "category":
            path = _text(question.first("category"), "plain_text").markdown
            self.category = _CONTEXT.sub("", path).removeprefix("top").removeprefix("/")
        elif kind in _CHOICES:
            self._read_choices(question, kind)
        else:
            reason = _TYPES.get(kind, f"is a question of the type “{kind}”")
            self.skipped.append(Skipped(f"line {question.line}", _name(question), reason))

    def common_feedback(self) -> Iterator[str]:
        """What Moodle says to any right or wrong answer, which is mostly the same everywhere."""
        for (kind, said), count in self.said_to_all.items():
            more = f" (in {count} questions)" if count > 1 else ""
            line = self.first_said[kind, said]
            yield f"line {line}: the {kind} “{said}” has no place in a case{more}"

    def _read_choices(self, question: Node, kind: str) -> None:
        stem_node = question.first("questiontext")
        style = stem_node.attributes.get("format", "") if stem_node else ""
        stem = _text(stem_node, "")
        general = _text(question.first("generalfeedback"), style)
        single = kind != _ALL_OR_NOTHING and _is_true(question.first("single"), otherwise=True)
        answers = [_Answer.of(answer, style) for answer in question.elements("answer")]
        name = _name(question)
        troubles = [each.trouble(single=single) for each in answers]
        if kind == "multichoice" and not single and any(each.is_right for each in answers):
            troubles.append(doubt(each.percent or 0 for each in answers))
        if trouble := next(filter(None, troubles), ""):
            self.skipped.append(Skipped(f"line {question.line}", name, trouble))
            return
        pictures = gather(_with_legacy_image(question, stem.images), _files(question))
        self.items.append(
            Item(
                stem=stem.markdown,
                choices=tuple(answer.choice for answer in answers),
                name=name,
                multiple=not single,
                shuffle=_is_true(question.first("shuffleanswers"), otherwise=False),
                feedback=general.markdown,
                tags=tuple(dict.fromkeys(_tags(question))),
                category=self.category,
                pictures=pictures.found,
                line=question.line,
            )
        )
        besides = [general, *(text for answer in answers for text in answer.texts)]
        lost = dict.fromkeys(loss for text in (stem, *besides) for loss in text.lost)
        self.notes += [f"line {question.line}: {loss} was left out" for loss in lost]
        self.notes += [f"line {question.line}: {missing}" for missing in pictures.missing]
        if any(text.images for text in besides):
            self.notes.append(f"line {question.line}: pictures beside its stem were left out")
        if kind == _ALL_OR_NOTHING:
            self.notes.append(
                f"line {question.line}: gives marks for all right answers or for none"
            )
        if question.first("hint"):
            self.notes.append(f"line {question.line}: its hints were left out")
        self._note_common_feedback(question, style)

    def _note_common_feedback(self, question: Node, style: str) -> None:
        for kind in _COMBINED:
            node = question.first(kind)
            if node and (said := _text(node, style).markdown):
                self.said_to_all[kind, said] += 1
                self.first_said.setdefault((kind, said), node.line)


class _Answer(Struct, frozen=True):
    """An answer and the share of the marks it gives, in percent; None where it says no number."""

    text: HtmlText
    feedback: HtmlText
    percent: float | None

    @classmethod
    def of(cls, node: Node, style: str) -> "_Answer":
        written = node.attributes.get("fraction", "0")
        percent = float(written) if _PERCENT.fullmatch(written) else None
        return cls(_text(node, style), _text(node.first("feedback"), style), percent)

    @property
    def texts(self) -> tuple[HtmlText, HtmlText]:
        return self.text, self.feedback

    @property
    def choice(self) -> ItemChoice:
        """Where several answers are asked for, each that gives anything is right."""
        return ItemChoice(self.text.markdown, self.is_right, self.feedback.markdown)

    @property
    def is_right(self) -> bool:
        return (self.percent or 0) > 0

    def trouble(self, *, single: bool) -> str:
        """Why a question with this answer cannot be taken; nothing where it can."""
        if self.percent is None:
            return f"the marks for “{self.text.markdown}” are no number"
        if single and 0 < self.percent < _FULL_MARKS:
            return f"gives {self.percent:g}% for “{self.text.markdown}”; a choice is right or wrong"
        return ""


def _name(question: Node) -> str:
    return " ".join(_text(question.first("name"), "plain_name").markdown.split())


def _tags(question: Node) -> Iterator[str]:
    tags = question.first("tags")
    for tag in tags.elements("tag") if tags else ():
        if text := " ".join((tag.first("text") or tag).text.split()):
            yield text


def _is_true(node: Node | None, *, otherwise: bool) -> bool:
    """As Moodle reads it: anything but nothing, 0 and false."""
    return node.text.strip() not in {"", "0", "false"} if node else otherwise


def _text(node: Node | None, style: str) -> HtmlText:
    """A text in whichever of Moodle's formats it is; ``style`` is the one if it names none."""
    if node is None:
        return HtmlText("")
    inner = node.first("text") or node
    has_tags = any(child.name not in _BESIDE for child in inner.elements())
    source = (inner_html(inner, _BESIDE) if has_tags else inner.text).strip()
    match node.attributes.get("format", "") or style:
        case "plain_name":
            return HtmlText(source)
        case "plain_text":
            return HtmlText(from_plain(source))
        case "markdown":
            return _markdown(source)
        case "moodle_auto_format" | "wiki_like":
            lines = re.sub(r"\r\n?", "\n", source)
            return read_html(re.sub(r"\n\s*\n", "<p>", lines).replace("\n", "<br>"))
        case _:
            return read_html(source)


def _markdown(source: str) -> HtmlText:
    images = tuple(Image(found[2], found[1]) for found in _MARKDOWN_IMAGE.finditer(source))
    return HtmlText(_MARKDOWN_IMAGE.sub("", source).strip(), images)


def _with_legacy_image(question: Node, images: tuple[Image, ...]) -> tuple[Image, ...]:
    """Before Moodle 2, one picture stood beside the text: ``image`` and ``image_base64``."""
    image, data = question.first("image"), question.first("image_base64")
    if image is None or data is None or not image.text.strip():
        return images
    return (*images, Image(_PLUGIN_FILE + image.text.strip()))


def _files(question: Node) -> Callable[[str], bytes | None]:
    """Finds an address in the files that the question carries, by path or else by name."""
    files: dict[str, Node] = {}
    for node in question.walk():
        if node.name == "file" and node.attributes.get("encoding", "base64") == "base64":
            path = node.attributes.get("path", "/").strip("/")
            name = node.attributes.get("name", "")
            files.setdefault(name, node)
            files.setdefault(f"{path}/{name}".lstrip("/"), node)
    image, data = question.first("image"), question.first("image_base64")
    if image and data:
        files.setdefault(image.text.strip(), data)

    decoded: dict[int, bytes | None] = {}

    def find(address: str) -> bytes | None:
        wanted = unquote(address.removeprefix(_PLUGIN_FILE)).partition("?")[0]
        node = files.get(wanted) or files.get(wanted.rpartition("/")[2])
        if node and id(node) not in decoded:
            decoded[id(node)] = from_base64(node.text)
        return decoded[id(node)] if node else None

    return find
