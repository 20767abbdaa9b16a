"""Which choices of a QTI item are right, and whether all of them are asked for."""

import re
from collections.abc import Sequence

from msgspec import Struct

from content.exchange.item import LeftOutError
from content.exchange.xml_tree import Node

_NUMBER = re.compile(r"\s*[-+]?[0-9]{0,9}\.?[0-9]{1,20}(?:[eE][-+]?[0-9])?\s*")

_NEAR = 0.01  # of a mark: thirds are rounded


class Key(Struct, frozen=True):
    """The identifiers of the right choices. ``multiple``: all of them are asked for."""

    right: frozenset[str]
    multiple: bool
    notes: tuple[str, ...] = ()


def read_key(item: Node, interaction: Node, choices: Sequence[str]) -> Key:
    """The key, from the correct response or else the best marks of the mapping.

    Raises LeftOutError.
    """
    wanted = interaction.attributes.get("response-identifier", "")
    declaration = next(
        (node for node in item.elements("response-declaration")
         if node.attributes.get("identifier") == wanted),
        None,
    )  # fmt: skip
    if declaration is None:
        raise LeftOutError("does not declare the response to its choices")
    cardinality = declaration.attributes.get("cardinality", "single")
    if cardinality not in {"single", "multiple"}:
        raise LeftOutError(f"asks for a response of the cardinality {cardinality!r}")
    if len(set(choices)) < len(choices):
        raise LeftOutError("has two choices of one identifier, so its key is in doubt")
    correct = _correct(declaration)
    marks = _marks(declaration, choices)
    best = max(marks.values(), default=0.0)
    paid = {choice for choice, mark in marks.items() if mark > 0}
    full = {choice for choice in paid if marks[choice] == best}
    if correct and paid and not correct & full:
        raise LeftOutError("calls one choice correct and gives the most marks for another")
    if any(marks.get(choice, 0) < 0 for choice in correct):
        raise LeftOutError("takes marks off for a choice that it calls correct")
    if cardinality == "multiple" and not correct and not _all_right(declaration, paid, full, marks):
        raise LeftOutError("gives its choices different marks, so which are right is in doubt")
    right = (correct or paid) if cardinality == "multiple" else correct | full
    if not right.issubset(choices):
        raise LeftOutError("names a choice in its key that it does not have")
    if not right:
        raise LeftOutError("does not say which of its choices are right")
    notes = ("marks for a part of the answer were left out",) if paid - right else ()
    return Key(frozenset(right), cardinality == "multiple", notes)


def _correct(declaration: Node) -> set[str]:
    response = declaration.first("correct-response")
    return {value.text.strip() for value in response.elements("value")} if response else set()


def _marks(declaration: Node, choices: Sequence[str]) -> dict[str, float]:
    """What the mapping gives for each choice. Raises LeftOutError where that is no number."""
    mapping = declaration.first("mapping")
    if mapping is None:
        return {}
    usual = _mark(mapping.attributes.get("default-value", "") or "0")
    marks = dict.fromkeys(choices, usual) if usual else {}
    return marks | {
        entry.attributes.get("map-key", "").strip(): _mark(entry.attributes.get("mapped-value", ""))
        for entry in mapping.elements("map-entry")
    }


def _mark(written: str) -> float:
    if not _NUMBER.fullmatch(written):
        raise LeftOutError(f"its marks “{written[:40]}” are no number")
    return float(written)


def _all_right(declaration: Node, paid: set[str], full: set[str], marks: dict[str, float]) -> bool:
    """Whether all choices that give marks are right: each as many, or together what is due."""
    mapping = declaration.first("mapping")
    most = mapping.attributes.get("upper-bound", "") if mapping else ""
    due = float(most) if _NUMBER.fullmatch(most) else None
    return paid == full or (
        due is not None and abs(sum(marks[each] for each in paid) - due) < _NEAR
    )
