"""Items as a workbook of one sheet: each cell is text, whatever it begins with."""

import io
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from content.exchange.item import Item
from content.exchange.table_writing import cells, columns
from content.exchange.text_cells import escaped, put_text
from content.exchange.xml_tree import without_forbidden
from content.exchange.zip_files import packed

_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_GUARDED = re.compile(r"'+[=+\-@\t]")  # which tables read as a text without its apostrophe
_WIDTHS = {"stem": 60, "feedback": 40, "name": 20}
_NARROW, _USUAL = 12, 28  # characters


def write(items: Sequence[Item]) -> bytes:
    """A workbook; equal items give equal bytes. It has no place for pictures."""
    book = openpyxl.Workbook()
    book.properties.creator = "Morning Report"
    book.properties.created = book.properties.modified = _ANY_DAY
    sheet = book.worksheets[0]
    sheet.title = "Questions"
    names = columns(items)
    for place, name in enumerate(names, start=1):
        head = _put(sheet, 1, place, name)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = _width(name)
    for number, item in enumerate(items, start=2):
        for name, text in cells(item).items():
            if text:
                _put(sheet, number, names.index(name) + 1, text)
    sheet.freeze_panes = "A2"
    return _saved(book)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    cell = cast("Cell", sheet.cell(row, column))
    clean = escaped(without_forbidden(text))
    put_text(cell, f"'{clean}" if _GUARDED.match(clean) else clean)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _width(name: str) -> int:
    if name in {"correct", "multiple", "shuffle"}:
        return _NARROW
    return _WIDTHS.get(name, _USUAL)


def _saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    with ZipFile(file) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())
