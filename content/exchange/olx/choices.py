"""The choices of a problem of Open edX: their texts, which are right, and what is said of them."""

import ast
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from content.exchange.html_reading import HtmlText, joined, read_html
from content.exchange.item import LeftOutError
from content.exchange.markdown_text import from_plain
from content.exchange.xml_tree import Node, inner_html

_GROUPS = ("choicegroup", "checkboxgroup", "radiogroup")
_HINTS = ("choicehint", "optionhint")
_TRUTHS = {"true": True, "false": False, "partial": False}
_OPTIONS = re.compile(r"\s*\(.*\)\s*", re.DOTALL)
_LONGEST_OPTIONS = 20_000
_LONGEST_NAMED = 60
_PARTS = "marks for a part of the answer were left out"


class Option(Struct, frozen=True):
    """A choice as it stands in the problem."""

    text: HtmlText
    correct: bool
    feedback: HtmlText
    notes: tuple[str, ...] = ()


class Choices(Struct, frozen=True):
    """All choices; ``label`` is what the question is called for those who cannot see it."""

    options: tuple[Option, ...]
    multiple: bool
    shuffle: bool
    label: str
    notes: tuple[str, ...] = ()


def read_choices(response: Node, targeted: Mapping[str, HtmlText]) -> Choices:
    """The choices of a response. Raises LeftOutError.

    ``targeted`` is what the problem says of a choice, by the choice's ``explanation-id``.
    """
    groups = [node for node in response.walk() if node.name in {*_GROUPS, "optioninput"}]
    if len(groups) != 1:
        raise LeftOutError("asks several questions at once" if groups else "has no choices")
    (group,) = groups
    if "answer-pool" in group.attributes:
        raise LeftOutError("draws its choices from a pool")
    nodes = list(group.elements("choice", "option"))
    if len(nodes) < sum(node.name in {"choice", "option"} for node in group.walk()):
        raise LeftOutError("has choices that lie in something else")
    options = tuple(_option(node, targeted) for node in nodes) if nodes else tuple(_listed(group))
    fixed = [node.attributes.get("fixed", "").lower() == "true" for node in nodes]
    shuffle = group.attributes.get("shuffle", "").lower() == "true" and not all(fixed)
    notes = [note for option in options for note in option.notes]
    notes += (_no_place("hint", node) for node in group.elements("compoundhint"))
    if shuffle and any(fixed):
        notes.append("choices that keep their place are shuffled with the others")
    return Choices(
        options,
        group.name == "checkboxgroup",
        shuffle,
        group.attributes.get("label", ""),
        tuple(dict.fromkeys(notes)),
    )


def _option(node: Node, targeted: Mapping[str, HtmlText]) -> Option:
    written = node.attributes.get("correct", "false").strip().lower()
    if written not in _TRUTHS:
        raise LeftOutError(f"calls a choice “{written[:_LONGEST_NAMED]}”, neither true nor false")
    hints = [hint for hint in node.walk() if hint.name in _HINTS]
    chosen = [hint for hint in hints if not _is_for_others(hint)]
    others = [hint for hint in hints if _is_for_others(hint)]
    said = [_hint(hint) for hint in chosen or others]
    if target := targeted.get(node.attributes.get("explanation-id", "")):
        said.append(target)
    notes = [_PARTS] if written == "partial" else []
    notes += (_no_place("hint to those who did not choose", hint) for hint in others if chosen)
    text = read_html(inner_html(node, _HINTS))
    return Option(text, _TRUTHS[written], joined(said), tuple(notes))


def _is_for_others(hint: Node) -> bool:
    """Whether only those are told who did not choose this."""
    return hint.attributes.get("selected", "").strip().lower() == "false"


def _hint(hint: Node) -> HtmlText:
    text = read_html(inner_html(hint))
    label = " ".join(hint.attributes.get("label", "").split())
    markdown = f"{from_plain(label)}: {text.markdown}" if label else text.markdown
    return HtmlText(markdown, text.images, text.lost)


def _no_place(kind: str, node: Node) -> str:
    return f"a {kind} has no place in a case: {read_html(inner_html(node)).excerpt}"


def _listed(group: Node) -> Iterator[Option]:
    """Choices that a drop-down has in one attribute, as Python writes them: ``('a','b')``."""
    written = group.attributes.get("options", "")[:_LONGEST_OPTIONS]
    try:
        options = ast.literal_eval(written.strip()) if _OPTIONS.fullmatch(written) else ()
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        options = ()
    texts = [*map(str, options)] if isinstance(options, tuple) else []
    right = group.attributes.get("correct", "")
    if texts.count(right) != 1:
        raise LeftOutError("its choices, or which of them is right, cannot be told")
    for text in texts:
        yield Option(HtmlText(from_plain(text)), text == right, HtmlText(""))
