"""A workbook of plain tables, written row by row, however many rows there are.

Texts are strangers' words, too: each is written as text, whatever it begins with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import openpyxl
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from bot.files.write_workbook import clean
from content.exchange.text_cells import is_taken_for_more, put_text

_MOST_ROWS: Final = 1_000_000  # of a sheet; Excel takes 1,048,576
_NARROW: Final = 11  # characters of a column of numbers
_ANY_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_TIME: Final = "yyyy-mm-dd hh:mm:ss"

Value = str | int | float | datetime | None


class StreamedWorkbook:
    """Its tables are written in the order in which they come; ``save`` ends it."""

    def __init__(self) -> None:
        self._book = openpyxl.Workbook(write_only=True)
        self._book.properties.creator = "Morning Report"
        self._book.properties.created = self._book.properties.modified = _ANY_DAY

    def write(
        self,
        title: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Value]],
        widths: Mapping[str, int],
    ) -> int:
        """A table under these heads; returns how many rows it has.

        ``widths``: the characters that columns of texts show. What does not fit on one sheet goes
        on on others.
        """
        waiting, number, sheets = iter(rows), 0, 0
        while number == sheets * _MOST_ROWS:
            sheets += 1
            name = title if sheets == 1 else f"{title} {sheets}"
            number += self._write_sheet(name, columns, widths, islice(waiting, _MOST_ROWS))
        return number

    def _write_sheet(
        self,
        title: str,
        columns: Sequence[str],
        widths: Mapping[str, int],
        rows: Iterator[Sequence[Value]],
    ) -> int:
        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for place, head in enumerate(columns, 1):
            width = widths.get(head, max(_NARROW, len(head) + 3))
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_head(sheet, head) for head in columns])
        number = 0
        for number, row in enumerate(rows, 1):  # noqa: B007 - the last number is the count
            sheet.append([_cell(sheet, value) for value in row])
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{number + 1}"
        return number

    def save(self, path: Path) -> None:
        """Write the file. Raises OSError."""
        self._book.save(path)


def _head(sheet: WriteOnlyWorksheet, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | str | float | None:
    """As openpyxl takes it: most values as they are, which is quick."""
    if isinstance(value, datetime):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = _TIME
        return cell
    if not isinstance(value, str):
        return value
    text = clean(value)
    if not is_taken_for_more(text):
        return text or None
    cell = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell
