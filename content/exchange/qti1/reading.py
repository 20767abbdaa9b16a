"""A file of QTI 1.2: its assessments, sections and banks, and the items in them."""

from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from content.exchange.html_reading import HtmlText
from content.exchange.item import Item, ItemChoice, LeftOutError, Reading, Skipped
from content.exchange.qti1.item_reading import Find, Found, name_of, read_item
from content.exchange.qti1.kinds import metadata
from content.exchange.qti1.material import read_material
from content.exchange.xml_tree import Node

_HOLDERS = ("objectbank", "assessment", "section")
_ELSEWHERE = ("itemref", "sectionref")
_ASIDE = ("rubric", "presentation_material", "objectives")
_MAIN = {"main", "root section", "untitled"}
_IF_RIGHT, _IF_WRONG = "right", "wrong"


class Bank(Struct):
    """What was read of a file; ``place`` gives the words for a line of it."""

    find: Find
    place: Callable[[int], str]
    shuffled: bool = False
    found: list[Found] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, holder: Node, category: tuple[str, ...] = ()) -> None:
        """The items below an element, whose names are ``category``."""
        for node in holder.elements():
            if node.name == "item":
                self._read_item(node, "/".join(category))
            elif node.name in _HOLDERS:
                self.read(node, (*category, *_title(node)))
            elif node.name in _ELSEWHERE:
                name = node.attributes.get("linkrefid", "")
                reason = "refers to questions that stand elsewhere"
                self.skipped.append(Skipped(self.place(node.line), name, reason))
            elif node.name in _ASIDE:
                self._tell_of_aside(node)
            elif node.name == "selection_ordering":
                self._tell_of_draw(node)

    def _read_item(self, node: Node, category: str) -> None:
        try:
            found = read_item(node, self.find, category, shuffled=self.shuffled)
        except LeftOutError as why:
            name = name_of(node) or node.attributes.get("ident", "")
            self.skipped.append(Skipped(self.place(node.line), name, str(why)))
        else:
            self.found.append(found)
            self.notes += (f"{self.place(node.line)}: {note}" for note in found.notes)

    def _tell_of_aside(self, node: Node) -> None:
        if excerpt := read_material(node).excerpt:
            words = "a text before the questions was left out"
            self.notes.append(f"{self.place(node.line)}: {words}: {excerpt}")

    def _tell_of_draw(self, node: Node) -> None:
        if bank := next((each for each in node.walk() if each.name == "sourcebank_ref"), None):
            words = f"draws questions from the bank “{bank.text.strip()}”"
            self.notes.append(f"{self.place(node.line)}: {words}, which is no part of it")


def read_bank(
    root: Node, find: Find, place: Callable[[int], str], *, shuffled: bool = False
) -> Reading:
    """The choice questions below a ``questestinterop``.

    ``find`` gives the bytes of a picture by its address.
    """
    bank = Bank(find, place, shuffled)
    bank.read(root)
    formulas = _said_often(bank.found)
    items = tuple(
        _with_verdicts(found, formulas, bank.notes, place(found.item.line)) for found in bank.found
    )
    bank.notes += _no_place(formulas, bank.found, place)
    return Reading(items, tuple(bank.skipped), tuple(bank.notes))


def _title(node: Node) -> Iterator[str]:
    """What a bank, assessment or section is called, where somebody called it something."""
    title = node.attributes.get("title") or metadata_title(node)
    words = " ".join(title.replace("/", " - ").split())
    if words and words.lower() not in _MAIN:
        yield words


def metadata_title(node: Node) -> str:
    """The title of a bank that has it among its fields."""
    fields = node.first("qtimetadata")
    return metadata(fields).get("bank_title", "") if fields else ""


def _said_often(found: list[Found]) -> Counter[tuple[str, str]]:
    """What is said to right or wrong answers of several questions: it explains none of them."""
    said = Counter((_IF_RIGHT, each.if_right) for each in found if each.if_right)
    said.update((_IF_WRONG, each.if_wrong) for each in found if each.if_wrong)
    return Counter({text: count for text, count in said.items() if count > 1})


def _with_verdicts(
    found: Found, formulas: Counter[tuple[str, str]], notes: list[str], place: str
) -> Item:
    """The item with what it says to right and to wrong answers, where that is its own.

    Of one choice alone it is that choice's feedback, else it is for all to read.
    """
    item = found.item
    if_right = "" if (_IF_RIGHT, found.if_right) in formulas else found.if_right
    if_wrong = "" if (_IF_WRONG, found.if_wrong) in formulas else found.if_wrong
    if if_right and if_right == if_wrong:
        return replace(item, feedback=_joined(item.feedback, if_right))
    for text, correct, words in ((if_right, True, "right"), (if_wrong, False, "wrong")):
        meant = [choice for choice in item.choices if choice.correct is correct]
        if text and len(meant) == 1:
            item = replace(item, choices=_told(item.choices, meant[0], text))
        elif text:
            item = replace(item, feedback=_joined(item.feedback, text))
            notes.append(f"{place}: what is said to {words} answers is told to all")
    return item


def _told(choices: tuple[ItemChoice, ...], meant: ItemChoice, text: str) -> tuple[ItemChoice, ...]:
    return tuple(
        replace(choice, feedback=_joined(choice.feedback, text)) if choice is meant else choice
        for choice in choices
    )


def _joined(text: str, more: str) -> str:
    return text if more in text else "\n\n".join(filter(None, (text, more)))


def _no_place(
    formulas: Counter[tuple[str, str]], found: list[Found], place: Callable[[int], str]
) -> Iterator[str]:
    for (kind, text), count in formulas.items():
        line = next(
            each.item.line
            for each in found
            if (each.if_right if kind == _IF_RIGHT else each.if_wrong) == text
        )
        said_to = f"what is said to {kind} answers in {count} questions"
        yield f"{place(line)}: {said_to} has no place in a case: {HtmlText(text).excerpt}"
