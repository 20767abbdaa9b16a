"""A workbook as a file for Excel and its like, by openpyxl.

Names and titles are strangers' words: each is written as text, whatever it begins with. The same
workbook is the same bytes.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final, cast
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.cell.cell import Cell as WrittenCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from bot.files.workbook import BLOTTED, Cell, ColumnKind, Table, Workbook, named
from content.exchange.text_cells import escaped, put_text
from content.exchange.zip_files import packed

_LONGEST_TITLE: Final = 31  # UTF-16 units that Excel takes
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")
_RESERVED: Final = "history"  # Excel has a sheet of its own by this name
_JOINERS: Final = "\u200c\u200d"  # within words and emoji
_NARROWEST, _WIDEST = 8, 60  # characters of a column
_BUTTON: Final = 3  # characters of the filter's button in a head
_LINE, _ROOM = 15.0, 3.0  # points of a line, and around all lines of a row
_FONT: Final[Mapping[str, Any]] = {"name": "Calibri", "size": 11}
_DAY, _TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_ANY_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_HEAD: Final = PatternFill("solid", fgColor="FFDCE9F2")


def written(workbook: Workbook) -> bytes:
    """The workbook as an .xlsx file."""
    book = openpyxl.Workbook()
    book.properties.creator = "Morning Report"
    book.properties.created = book.properties.modified = _ANY_DAY
    del book["Sheet"]
    for title, table in zip(_titles(workbook.sheets), workbook.sheets, strict=True):
        sheet = book.create_sheet(title)
        sheet.sheet_view.rightToLeft = workbook.right_to_left
        _write(sheet, table)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()
    with ZipFile(file) as archive:
        return packed((name, archive.read(name)) for name in archive.namelist())


def _write(sheet: Worksheet, table: Table) -> None:
    rows = [row for row in table.rows if BLOTTED not in row]
    heads = [_put(sheet, 1, place, column.head) for place, column in enumerate(table.columns, 1)]
    for place, (head, column) in enumerate(zip(heads, table.columns, strict=True)):
        head.font, head.fill = Font(**_FONT, bold=True), _HEAD
        for number, row in enumerate(rows, 2):
            _put(sheet, number, place + 1, named(row[place]), column.kind)
    _lay_out(sheet)
    for number, note in enumerate(table.notes, len(rows) + 3):
        _put(sheet, number, 1, note).font = Font(**_FONT, italic=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{heads[-1].column_letter}{len(rows) + 1}"
    # On paper as wide as a page.
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lay_out(sheet: Worksheet) -> None:
    """Columns as wide as what stands in them, and rows as high: not every program does it."""
    lines: Counter[int] = Counter()
    for place, cells in enumerate(sheet.iter_cols(), 1):
        lengths = [_length(cell) for cell in cells]
        lengths[0] += _BUTTON
        width = min(max(_NARROWEST, *lengths), _WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = width + 2
        numbers = any(isinstance(cell.value, int | float) for cell in cells)
        times = any(isinstance(cell.value, datetime) for cell in cells)
        aside = "right" if numbers else "left" if times else "general"
        for row, (cell, length) in enumerate(zip(cells, lengths, strict=True), 1):
            lines[row] = max(lines[row], -(-length // width))
            cell.alignment = Alignment(
                horizontal=aside if row > 1 else "general",
                indent=int(numbers and row > 1),
                vertical="top",
                wrap_text=True,
            )
    for row, most in lines.items():
        sheet.row_dimensions[row].height = _LINE * most + _ROOM


def _put(
    sheet: Worksheet, row: int, place: int, cell: Cell, kind: ColumnKind = ColumnKind.PLAIN
) -> WrittenCell:
    written = cast("WrittenCell", sheet.cell(row, place))
    match cell:
        case int() | float():
            written.value = cell
            if kind is ColumnKind.PERCENT:
                written.number_format = "0%"
        case str() if kind is ColumnKind.DATE and (when := _when(cell)) is not None:
            written.value = when
            written.number_format = _DAY if len(cell) == len("2026-11-30") else _TIME
        case str() if text := clean(cell):
            put_text(written, text)
    return written


def clean(text: str) -> str:
    """On one line, without what nobody sees; nor anything that Excel reads as a character."""
    spaced = " ".join(text.split())
    return escaped("".join(filter(_is_seen, spaced))).strip()


def _is_seen(char: str) -> bool:
    if char in _JOINERS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and ord(char) & 0xFFFE != 0xFFFE


def _when(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _length(cell: WrittenCell | MergedCell) -> int:
    """About how many letters wide it is."""
    match cell.value:
        case str() as text:
            return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
        case datetime():
            return len(cell.number_format)
    return len(f"{cell.value:.6g}") if isinstance(cell.value, float) else len(str(cell.value or ""))


def _titles(tables: Iterable[Table]) -> Iterator[str]:
    """A title for each sheet, as Excel takes them: each another, in capitals or not."""
    taken = {_RESERVED}
    for number, table in enumerate(tables, 1):
        bare = _FORBIDDEN.sub(" ", clean(table.title))
        title = _cut(bare, _LONGEST_TITLE) or str(number)
        again = 1
        while title.casefold() in taken:
            again += 1
            title = f"{_cut(bare, _LONGEST_TITLE - len(f' {again}'))} {again}".strip()
        taken.add(title.casefold())
        yield title


def _cut(title: str, longest: int) -> str:
    units = title.encode("utf-16-le")[: 2 * longest]
    return " ".join(units.decode("utf-16-le", "ignore").split()).strip("' ")
