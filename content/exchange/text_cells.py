"""Texts in the cells of a workbook: each stays a text, whatever it begins with."""

import re
from typing import Any, Final, Protocol

_FORMULA: Final = ("=", "+", "-", "@")
_ERROR: Final = "#"
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # which Excel reads as a character


class _Cell(Protocol):
    """A cell of openpyxl, which is not imported here: it takes a while."""

    value: Any
    data_type: str
    quotePrefix: Any  # noqa: N815 - openpyxl's name


def escaped(text: str) -> str:
    """The same text where Excel would read characters by their codes."""
    return _ESCAPE.sub("_x005F_", text)


def is_taken_for_more(text: str) -> bool:
    """Whether openpyxl, or whoever edits the cell, takes it for a formula or an error."""
    return text.startswith((*_FORMULA, _ERROR))


def put_text(cell: _Cell, text: str) -> None:
    """Write a text into a cell as nothing but a text."""
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
