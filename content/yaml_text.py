"""The one writer of YAML: case files as an author would write them.

    case_text({"id": "hard-lumps", "title": "", ...}, {("title",): "what learners see"})

gives a file that ``content.yaml_tree`` reads back as the same texts.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias, TypeGuard

from msgspec import Struct

from content.tree import Loc
from content.yaml_source import REFUSED

Value: TypeAlias = "str | bool | int | float | Sequence[Value] | Mapping[str, Value] | None"
Comments = Mapping[Loc, str]

SCHEMA_LINE = "# yaml-language-server: $schema=case.schema.json"
WIDTH = 120
_INDENT = "  "
# Texts of several paragraphs, mostly: an author who adds one to a folded block would lose it.
_PROSE = frozenset({"vignette", "reveal", "based_on"})
# Where the schema takes a number, so that an editor does not mind one without quotes.
_NUMBERS = frozenset({"text", "year", "volume", "issue", "pages", "article", "pmid"})
_DIGITS = re.compile(r"0|[1-9][0-9]*")
# What is no text to a YAML 1.2 reader such as an editor's, though ours takes all but null for it.
_NOT_A_TEXT = re.compile(
    r"~|null|true|false|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-f]+|[-+]?\.inf|\.nan"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"""^[-?:,\[\]{}#&*!|>'"%@`=]|^<<$|:(?=\s|$)|\s#|[\t\ufeff]""")
_SPECIAL_IN_FLOW = re.compile(r"[,\[\]{}:?]")  # ?: PyYAML without libyaml ends a text at it
_SINGLE_SPACE = re.compile(r"(?<=[^ \t]) (?=[^ \t])")


def case_text(data: Mapping[str, Value], comments: Comments = MappingProxyType({})) -> str:
    """A case file. The keys stand in the order given: give them in the model's.

    A key whose value is empty (``""``, None, ``[]``, ``{}``) is written without one, which means
    that it is still to fill in. ``comments`` belong to places: ``("questions", 0, "prompt")``;
    ``()`` is the head of the file. One stands behind an empty key where it fits on the line, else
    above its key or list item; line feeds in it are kept and long lines are wrapped.

    Texts are written as ``writable`` makes them. Raises ValueError for a comment on a place that
    is not there.
    """
    for loc in comments:
        _find(data, loc)
    writer = _Writer(comments)
    lines = [SCHEMA_LINE, *writer.comment(())]
    previous = len(lines) if () in comments else 1
    for key, value in data.items():
        block = list(writer.entry(key, value, (key,)))
        if previous > 1 or (len(block) > 1 and len(lines) > 1):
            lines.append("")
        lines += block
        previous = len(block)
    return "".join(f"{line}\n" for line in lines)


def writable(text: str) -> str:
    """The text as a case file can hold it, and as it is read back.

    NFC, with line feeds only, without surrounding whitespace and without the characters that a
    case file refuses because Telegram drops them.
    """
    composed = unicodedata.normalize("NFC", re.sub("\r\n?|[\u2028\u2029]", "\n", text))
    return unicodedata.normalize("NFC", REFUSED.sub("", composed)).strip()


def _find(data: Value, loc: Loc) -> None:
    for step in loc:
        below = _children(data)
        if step not in below:
            raise ValueError(f"there is no place {loc} to comment on")
        data = below[step]


def _children(value: Value) -> dict[int | str, Value]:
    pairs: Iterable[tuple[int | str, Value]] = ()
    if isinstance(value, Mapping):
        pairs = value.items()
    elif _is_list(value):
        pairs = enumerate(value)
    return dict(pairs)


class _Writer(Struct, frozen=True):
    """Gives lines without the indentation of what is around them."""

    comments: Comments

    def comment(self, loc: Loc) -> list[str]:
        """The comment lines that stand above a place."""
        if not (text := self.comments.get(loc, "")):
            return []
        width = WIDTH - len("# ") - _column(loc)
        wrapped = (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
            for line in writable(text).split("\n")
        )
        return [f"# {line}".rstrip() for lines in wrapped for line in lines or [""]]

    def entry(self, key: str, value: Value, loc: Loc) -> Iterator[str]:
        """A key and its value."""
        yield from self._valued(f"{_inline(key, in_flow=True)}:", value, loc)

    def _valued(self, head: str, value: Value, loc: Loc) -> Iterator[str]:
        comment = self.comment(loc)
        if _is_empty(value) and len(comment) == 1:
            behind = f"{head}  {comment[0]}"
            if _column(loc) + len(behind) <= WIDTH:
                yield behind
                return
        yield from comment
        if _is_empty(value):
            yield head
        elif isinstance(value, Mapping) or _is_list(value):
            yield from self._collection(head, value, loc)
        else:
            yield from _scalar(head, _text(value), loc, is_text=isinstance(value, str))

    def _collection(self, head: str, value: Value, loc: Loc) -> Iterator[str]:
        if not any(place[: len(loc)] == loc != place for place in self.comments):
            flow = _flow(value)
            if flow and _column(loc) + len(head) + 1 + len(flow) <= WIDTH:
                yield f"{head} {flow}"
                return
        yield head
        if isinstance(value, Mapping):
            for key, below in value.items():
                yield from _indented(self.entry(key, below, (*loc, key)))
        elif _is_list(value):
            for position, below in enumerate(value):
                yield from _indented(self._item(below, (*loc, position)))

    def _item(self, value: Value, loc: Loc) -> Iterator[str]:
        if not isinstance(value, Mapping) or not value:
            yield from self._valued("-", value, loc)
            return
        yield from self.comment(loc)
        lines = [
            line for key, below in value.items() for line in self.entry(key, below, (*loc, key))
        ]
        # A comment on the first key stands above the dash, where an author would write it.
        first = next(n for n, line in enumerate(lines) if not line.startswith("#"))
        yield from lines[:first]
        yield f"- {lines[first]}"
        yield from _indented(lines[first + 1 :])


def _column(loc: Loc) -> int:
    """How far in a place stands: two columns for each step down."""
    return len(_INDENT) * max(0, len(loc) - 1)


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"{_INDENT}{line}" if line else "" for line in lines)


def _is_list(value: Value) -> TypeGuard[Sequence[Value]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _is_empty(value: Value) -> bool:
    if isinstance(value, str):
        return not writable(value)
    return value is None or ((isinstance(value, Mapping) or _is_list(value)) and not value)


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.9f}".rstrip("0").rstrip(".")
    return writable(str(value))


def _flow(value: Value) -> str | None:
    """A list or mapping of short texts in one line, ``[a, b]``; None where it is not one."""
    if isinstance(value, Mapping):
        parts = [(f"{_inline(key, in_flow=True)}: ", below) for key, below in value.items()]
    else:
        parts = [("", below) for below in value] if _is_list(value) else []
    texts = [(head, _text(below), below) for head, below in parts if _is_short(below)]
    if len(texts) < len(parts):
        return None
    inner = ", ".join(
        head + (_inline(text, in_flow=True) if isinstance(below, str) else text)
        for head, text, below in texts
    )
    return f"{{{inner}}}" if isinstance(value, Mapping) else f"[{inner}]"


def _is_short(value: Value) -> bool:
    """Whether this is a scalar that stands in one line."""
    if isinstance(value, Mapping) or _is_list(value) or _is_empty(value):
        return False
    return "\n" not in _text(value)


def _scalar(head: str, text: str, loc: Loc, *, is_text: bool) -> Iterator[str]:
    key = next(step for step in reversed(loc) if isinstance(step, str))
    if "\n" in text or key in _PROSE or (key == "text" and loc[0] == "discussion"):
        yield f"{head} |"
        yield from _indented(text.split("\n"))
        return
    number = not is_text or (key in _NUMBERS and _DIGITS.fullmatch(text))
    line = f"{head} {text if number else _inline(text)}"
    if _column(loc) + len(line) <= WIDTH or "\ufeff" in text:
        yield line
        return
    yield f"{head} >-"
    yield from _indented(_folded(text, WIDTH - _column(loc) - len(_INDENT)))


def _folded(text: str, width: int) -> Iterator[str]:
    """The text in lines, broken only at single spaces, since only those come back from a fold."""
    line = ""
    for word in _SINGLE_SPACE.split(text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _inline(text: str, *, in_flow: bool = False) -> str:
    """The text in one line, in quotes where it would mean something else without them."""
    plain = not (
        _SPECIAL.search(text)
        or _NOT_A_TEXT.fullmatch(text)
        or (in_flow and _SPECIAL_IN_FLOW.search(text))
    )
    if plain:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"'
