"""What the response processing of a QTI 1.2 item gives for each response there could be.

All responses are gone through at once: a set of them is a number whose bits stand for them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_

from msgspec import Struct

from content.exchange.item import LeftOutError
from content.exchange.xml_tree import Node

MOST_CHOICES = 100
MOST_ASKED_TOGETHER = 12  # where all right ones are: there are 4,096 responses to so many
_MOST_STEPS = 300  # of one item; some platforms write a few for each choice
_MOST_WORK = 20_000  # scores changed, one step after the other
_MOST_SCORES = 250  # different ones of one item: choices that count alike have few
_NUMBER = re.compile(r"[-+]?[0-9]{0,9}\.?[0-9]{1,20}")
_SCORES = {"", "score", "que_score"}
_BRIGHTSPACE = {"d2l_correct": 1, "d2l_incorrect": -1}
_DIGITS = 6


class Scoring(Struct, frozen=True):
    """What comes of a response. ``columns`` are the responses that hold each choice.

    ``scores`` are the sets of responses by the marks they get, ``shown`` those that are told each
    feedback; ``most`` are the item's marks, if it says so.
    """

    columns: tuple[int, ...]
    multiple: bool
    scores: dict[float, int]
    shown: dict[str, int]
    most: float | None
    pays_parts: bool

    @property
    def all(self) -> int:
        """The set of all responses."""
        return reduce(or_, self.scores.values())

    def score(self, response: int) -> float:
        """The marks of one response."""
        return next(mark for mark, found in self.scores.items() if found >> response & 1)


def responses(choices: int, *, multiple: bool) -> tuple[tuple[int, ...], int]:
    """For each choice the responses that hold it, and the set of all.

    Where one choice is asked for, the response of that number is it; else each set of choices is.
    """
    if not multiple:
        return tuple(1 << place for place in range(choices)), (1 << choices) - 1
    count = 1 << choices
    columns = []
    for place in range(choices):
        width = 1 << place
        column = ((1 << width) - 1) << width
        while (width := width * 2) < count:
            column |= column << width
        columns.append(column)
    return tuple(columns), (1 << count) - 1


def score(item: Node, choices: Sequence[str], *, multiple: bool, go_on: bool = False) -> Scoring:
    """Go through the conditions of an item. Raises LeftOutError.

    A condition that holds and gives marks is the last, unless it says to ``continue``, or does not
    say and ``go_on``.
    """
    columns, everything = responses(len(choices), multiple=multiple)
    variables = _Variables(item)
    conditions = _Conditions(dict(zip(choices, columns, strict=True)), everything, multiple)
    scores = {0.0: everything}
    shown: defaultdict[str, int] = defaultdict(int)
    active, pays_parts, steps, work = everything, False, 0, 0
    for node in _conditions(item):
        sets = [setvar for setvar in node.elements("setvar") if variables.is_score(setvar)]
        steps += 1 + len(sets)
        work += len(sets) * len(scores)
        if steps > _MOST_STEPS or work > _MOST_WORK:
            raise LeftOutError("its marks are given in too many steps")
        if len(scores) > _MOST_SCORES:
            raise LeftOutError("its choices give too many different marks together")
        if _is_by_choice(node):
            pays_parts |= any(variables.value(setvar) > 0 for setvar in sets)
            continue
        where = active & conditions.hold(node.first("conditionvar"), strict=bool(sets))
        for feedback in node.elements("displayfeedback"):
            shown[feedback.attributes.get("linkrefid", "").strip()] |= where
        for setvar in sets:
            scores = _set(scores, where, setvar, variables)
        if sets:
            conditions.scored |= where
            says = node.attributes.get("continue", "yes" if go_on else "no")
            active &= everything if says.lower() == "yes" else ~where
    return Scoring(columns, multiple, scores, dict(shown), variables.most, pays_parts)


def adds_only(item: Node) -> bool:
    """Whether marks are added up choice by choice, so that each condition counts."""
    actions = [
        setvar.attributes.get("action", "Set").lower()
        for node in _conditions(item)
        for setvar in node.elements("setvar")
    ]
    return bool(actions) and set(actions) == {"add"}


def _conditions(item: Node) -> Iterator[Node]:
    for processing in item.elements("resprocessing"):
        yield from processing.elements("respcondition")


def _is_by_choice(node: Node) -> bool:
    """Blackboard's marks for a part of the answer: a choice stands where the response should."""
    tested = [below for below in node.walk() if below.name == "varequal"]
    return bool(tested) and all(
        not test.text.strip() and test.attributes.get("respident", "") != "" for test in tested
    )


def _set(
    scores: dict[float, int], where: int, setvar: Node, variables: "_Variables"
) -> dict[float, int]:
    value, action = variables.value(setvar), setvar.attributes.get("action", "Set").lower()
    if action not in {"set", "add", "subtract"}:
        raise LeftOutError(f"its marks are reckoned by “{action}”")
    changed: defaultdict[float, int] = defaultdict(int)
    for mark, found in scores.items():
        changed[mark] |= found & ~where
        new = value if action == "set" else mark + value if action == "add" else mark - value
        changed[round(new, _DIGITS)] |= found & where
    return {mark: found for mark, found in changed.items() if found}


class _Variables:
    """Which variables are the marks, and what they may be at most."""

    def __init__(self, item: Node) -> None:
        declared = [node for node in item.walk() if node.name == "decvar"]
        names = [node.attributes.get("varname", "").lower() for node in declared]
        self._names = _SCORES | set(names[:1])
        most = [
            float(text)
            for node, name in zip(declared, names, strict=True)
            if name in self._names
            and _NUMBER.fullmatch(text := node.attributes.get("maxvalue", ""))
        ]
        self.most = most[0] if most and most[0] > 0 else None

    def is_score(self, setvar: Node) -> bool:
        name = _name(setvar)
        is_other = setvar.text.strip().lower() in _BRIGHTSPACE
        return (name in self._names or name in _BRIGHTSPACE) and not is_other

    def value(self, setvar: Node) -> float:
        """Raises LeftOutError."""
        text = setvar.text.strip()
        if text.lower().endswith(".max"):
            return self.most or 1.0
        if text.lower().endswith(".min"):
            return 0.0
        if not _NUMBER.fullmatch(text):
            raise LeftOutError(f"its marks “{text[:40]}” are no number")
        return float(text) * _BRIGHTSPACE.get(_name(setvar), 1)


def _name(setvar: Node) -> str:
    attributes = setvar.attributes
    return (attributes.get("varname") or attributes.get("variablename") or "").strip().lower()


class _Conditions(Struct):
    """For which responses a condition holds; ``scored`` are those that got marks so far."""

    columns: dict[str, int]
    everything: int
    multiple: bool
    scored: int = 0

    def hold(self, node: Node | None, *, strict: bool) -> int:
        """The set of responses. Raises LeftOutError where marks hang on what is not read."""
        if node is None:
            return 0
        match node.name:
            case "varequal":
                return self._equal(node.text.strip(), strict=strict)
            case "other":
                return self.everything & ~self.scored
            case "unanswered":
                return int(self.multiple)
            case "conditionvar" | "and" | "or" | "not":
                held = [self.hold(each, strict=strict) for each in node.elements()]
                if node.name == "not":
                    return self.everything & ~reduce(or_, held, 0)
                return reduce(or_ if node.name == "or" else and_, held) if held else 0
        if strict:
            raise LeftOutError(f"its marks hang on <{node.name}>, which is not read")
        return 0

    def _equal(self, choice: str, *, strict: bool) -> int:
        if choice not in self.columns and strict:
            raise LeftOutError("names a choice in its key that it does not have")
        return self.columns.get(choice, 0)
