"""The columns of a table of questions, by the names that programs and people give them."""

import re
from collections.abc import Sequence

from msgspec import Struct

TEXTS = (
    *("name", "stem", "correct", "feedback", "multiple", "shuffle", "tags", "category"),
    *("type", "picture"),
)
NUMBERED = ("choice", "feedback")
_NEEDED = ("stem", "correct", "choice 1", "choice 2")
_ALIASES = {
    **dict.fromkeys(("question", "question text", "question stem"), "stem"),
    **dict.fromkeys(("answer", "answers", "correct answer", "correct answers", "key"), "correct"),
    **dict.fromkeys(("correct option", "correct choice", "right answer"), "correct"),
    **dict.fromkeys(("explanation", "answer explanation", "rationale", "exp"), "feedback"),
    **dict.fromkeys(("question type", "choice type"), "type"),
    **dict.fromkeys(("image link", "image url", "image", "media"), "picture"),
}
_NUMBERED_ALIASES = {"option": "choice", "answer": "choice", "why": "feedback"}
_COLUMN = re.compile(r"([a-z]+)[ _-]*(\d{1,2})?")
_LETTERED = re.compile(r"(?:(?:choice|option|answer|op)[ _-]*)?([a-l])")
_INCORRECT = re.compile(r"(?:incorrect|wrong)[ _]?(?:answer|option|choice)?[ _]?(\d)")
# What a template says behind a column's name of how long a text may be, or whether it must be.
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|[-\u2013] (?:max|choose)\b.*)\s*$", re.DOTALL)
_ORDINAL = re.compile(r"\d{1,2}\. (?=[a-z])")  # a step of a template that is filled in by steps
_COP = "cop"  # MedMCQA's key, which some copies of it count from 0 and others from 1


def column(name: str) -> str:
    """A column's own name, ``choice 1`` for ``Option_1`` or ``A``; as written if it is unknown."""
    plain = " ".join(_ASIDE.sub("", name.strip().lower().replace("(s)", "s").rstrip(" :")).split())
    plain = _ORDINAL.sub("", plain.rstrip(" :"))
    if lettered := _LETTERED.fullmatch(plain):
        return f"choice {ord(lettered[1]) - ord('a') + 1}"
    if incorrect := _INCORRECT.fullmatch(plain):
        return f"choice {int(incorrect[1]) + 1}"
    found = _COLUMN.fullmatch(plain)
    if found and found[2]:
        own = f"{_NUMBERED_ALIASES.get(found[1], found[1])} {int(found[2])}"
    else:
        own = _ALIASES.get(plain.replace("_", " "), plain)
    return own if is_known(own) else name.strip()


class Header(Struct, frozen=True):
    """A table's columns by their own names, in order.

    ``right_first``: the table lists wrong answers beside the right one, which is the first choice.
    ``keys`` are the names of columns for the right ones: a template may repeat one, each time for
    one more right choice, but two that differ may not mean the same.
    """

    columns: list[str]
    right_first: bool = False
    keys: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Sequence[str]) -> "Header":
        own = [column(name) for name in names]
        keys = frozenset(name.strip() for name in names if column(name) == "correct")
        if not any(_INCORRECT.match(name.strip().lower()) for name in names):
            return cls(own, keys=keys)
        return cls(["choice 1" if name == "correct" else name for name in own], right_first=True)

    @property
    def known(self) -> int:
        return sum(map(is_known, self.columns))

    def fault(self) -> str:
        """Why no row under this header can be read; empty if they can."""
        needed = [name for name in _NEEDED if not (self.right_first and name == "correct")]
        missing = [name for name in needed if name not in self.columns]
        twice = [
            name
            for name in self.columns
            if name and self.columns.count(name) > 1 and (name != "correct" or len(self.keys) > 1)
        ]
        if "correct" in missing and _COP in self.columns:
            return (
                f"the column “{_COP}” counts from 0 in some copies and from 1 in others;"
                " look which, and call it correct; where it counts from 0, call the choices"
                " choice 0, choice 1 and so on"
            )
        if missing:
            return f"the header row lacks {' and '.join(missing)}; needed are {', '.join(_NEEDED)}"
        return f"the column “{twice[0][:60]}” stands in the header row twice" if twice else ""


def is_known(name: str) -> bool:
    """Whether a row's cell in this column is read."""
    kind, _, number = name.partition(" ")
    return name in TEXTS or (kind in NUMBERED and number.isdecimal())
