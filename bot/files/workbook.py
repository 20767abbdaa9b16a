"""What a workbook says: finished words and numbers, in any language."""

import re
from enum import StrEnum
from typing import Final

from msgspec import Struct

_BEGIN, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_PERSON: Final = re.compile(f"{_BEGIN}-?\\d+ (.*){_END}", re.DOTALL)
BLOTTED: Final = "…"
"""What stands for somebody who has been erased meanwhile (``storage.facts``)."""

Cell = str | int | float | None


class ColumnKind(StrEnum):
    """What a column holds.

    A ``percent`` is a share of one; a ``date`` is text in ISO 8601, with a time or without, as its
    reader's clock tells it. What is neither, such as "< 5%", stays the text that it is.
    """

    PLAIN = "plain"
    PERCENT = "percent"
    DATE = "date"


class Column(Struct, frozen=True):
    """A column by its head."""

    head: str
    kind: ColumnKind = ColumnKind.PLAIN


class Table(Struct, frozen=True):
    """A sheet: its title, a table with as many cells a row as there are columns, and notes below.

    Of a title 31 characters are shown, and it may be changed so that no other sheet has it.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


class Workbook(Struct, frozen=True, tag_field="kind", tag="workbook"):
    """The sheets, one at least, in their order; ``file_name`` ends in ".xlsx"."""

    file_name: str
    sheets: tuple[Table, ...]
    right_to_left: bool = False


def person_cell(person_id: int, name: str) -> str:
    """A cell that names a person, written so that exactly this can be quoted (``Quote.words``).

    Once it is blotted out, no row with it is written any more. In the file stands the name alone.
    """
    return f"{_BEGIN}{person_id} {name.replace(_BEGIN, '').replace(_END, '')}{_END}"


def named(cell: Cell) -> Cell:
    """The same cell as it is to be read: of one that names a person, the name."""
    found = _PERSON.fullmatch(cell) if isinstance(cell, str) else None
    return found[1] if found else cell
