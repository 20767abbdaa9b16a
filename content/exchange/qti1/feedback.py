"""What a QTI 1.2 item says after an answer, and of which choice it says so."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from content.exchange.html_reading import HtmlText
from content.exchange.qti1.key import Key
from content.exchange.qti1.material import read_material
from content.exchange.xml_tree import Node

_GENERAL = ("general", "solution", "explanation", "rationale", "all")
_IF_RIGHT = {"correct", "correct_fb", "general_correct_fb"}
_IF_WRONG = {"incorrect", "incorrect_fb", "general_incorrect_fb"}
_OF_CHOICE = "_fb"  # behind a choice's identifier, as Canvas has it


class Said(Struct):
    """The texts of each choice, of any answer, of the right one and of wrong ones."""

    choices: list[list[HtmlText]]
    general: list[HtmlText] = field(default_factory=list)
    if_right: list[HtmlText] = field(default_factory=list)
    if_wrong: list[HtmlText] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def texts(self) -> Iterator[HtmlText]:
        """All that was found a place for."""
        for texts in (*self.choices, self.general, self.if_right, self.if_wrong):
            yield from texts


def read_feedback(item: Node, choices: Sequence[str], key: Key) -> Said:
    """Each feedback where it belongs, by its identifier, or else by who is told it."""
    said = Said([[] for _ in choices])
    for node in item.elements("itemfeedback"):
        if any(below.name == "hint" and read_material(below).markdown for below in node.walk()):
            said.notes.append("its hints were left out")
        text = read_material(node, {"hint"})
        if text.markdown:
            _place(said, node.attributes.get("ident", "").strip(), text, choices, key)
    return said


def _place(said: Said, name: str, text: HtmlText, choices: Sequence[str], key: Key) -> None:
    scoring = key.scoring
    shown = scoring.shown.get(name, 0)
    of_choice = name.removesuffix(_OF_CHOICE)
    best = scoring.scores[max(scoring.scores)]
    if name in choices or of_choice in choices:
        said.choices[choices.index(name if name in choices else of_choice)].append(text)
    elif name.lower() in _IF_RIGHT or (shown == best and len(key.right) > 1):
        said.if_right.append(text)
    elif name.lower() in _IF_WRONG:
        said.if_wrong.append(text)
    elif shown == scoring.all or (not shown and name.lower().startswith(_GENERAL)):
        said.general.append(text)
    elif shown in scoring.columns:
        said.choices[scoring.columns.index(shown)].append(text)
    elif shown == scoring.all & ~best:
        said.if_wrong.append(text)
    elif shown and not scoring.multiple:
        for place, column in enumerate(scoring.columns):
            said.choices[place] += [text] if shown & column else []
    else:
        said.notes.append(no_place(name, text))


def no_place(name: str, text: HtmlText) -> str:
    """A note on a feedback that a case cannot hold."""
    return f"the feedback “{name}” has no place in a case: {text.excerpt}"


def one(texts: Sequence[HtmlText]) -> str:
    """The Markdown of several texts, each once."""
    return "\n\n".join(dict.fromkeys(text.markdown for text in texts))
