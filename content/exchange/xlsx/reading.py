"""Workbooks (.xlsx, .xlsm), by openpyxl: each sheet that is seen is a table of questions."""

import warnings
from itertools import islice
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from openpyxl import load_workbook

from content.exchange.archive import Archive, ArchiveError
from content.exchange.item import Item, Reading, Skipped
from content.exchange.table import HeaderError, Table, read_rows
from content.exchange.xlsx.drawings import pictures_by_row
from content.exchange.xlsx.parts import Sheet, WorkbookError, bounded, sheets
from content.exchange.xlsx.rows import Rows, Spent, said

_OLD = b"\xd0\xcf\x11\xe0"  # begins .xls files, and .xlsx ones that are locked
_MOST_SHEETS = 200


def read(data: bytes) -> Reading:
    """The questions of a workbook's sheets."""
    try:
        if data.startswith(_OLD):
            raise WorkbookError("is an old workbook (.xls) or a locked one; save it as .xlsx")
        archive = Archive(data)
        book = _Book(archive, list(islice(sheets(archive), _MOST_SHEETS + 1)))
        if len(book.sheets) > _MOST_SHEETS:
            raise WorkbookError(f"has more than {_MOST_SHEETS} sheets; split it")
        book.read()
    except (ArchiveError, WorkbookError) as error:
        return Reading(skipped=(Skipped("", "", str(error)),))
    return Reading(tuple(book.items), book.told(), tuple(book.notes))


class _Book(Struct):
    """What was read so far of a workbook; ``others`` are sheets without a table of questions."""

    archive: Archive
    sheets: list[Sheet]
    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: list[Skipped] = field(default_factory=list)
    tables: int = 0
    spent: Spent = field(default_factory=Spent)

    def read(self) -> None:
        """Read all sheets. Raises WorkbookError."""
        package = bounded(self.archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = load_workbook(package, read_only=True, data_only=True, rich_text=True)
                found = {sheet.title: sheet for sheet in book.worksheets}
            except Exception as error:
                raise WorkbookError(f"this workbook cannot be read ({said(error)})") from error
            if self.sheets and not found:
                raise WorkbookError("its sheets cannot be read; save it as an ordinary .xlsx")
            for sheet in self.sheets:
                if sheet.name in found:
                    self._read_sheet(sheet, found[sheet.name])
        if any("comments" in path.casefold() for path in self.archive.paths):
            self.notes.append("comments on cells were left out")

    def told(self) -> tuple[Skipped, ...]:
        """What was not taken; sheets that hold no table are worth a word in any case."""
        if not (self.tables or self.skipped or self.others):
            return (Skipped("", "", "the workbook holds no table of questions"),)
        return (*self.skipped, *self.others)

    def _read_sheet(self, sheet: Sheet, cells: Any) -> None:
        named = f"sheet “{sheet.name[:40]}”"
        alone = sum(each.visible for each in self.sheets) == 1
        prefix = "" if alone else f"{named}, "
        pictures, missing = pictures_by_row(self.archive, sheet.path)
        rows = Rows(cells, pictures, self.spent)
        try:
            reading = read_rows(rows.read(), Table(lambda row: f"{prefix}row {row}"))
        except HeaderError as why:
            reading = Reading(skipped=(Skipped(why.args[0], "", why.args[1]),))
            if rows.filled and sheet.visible:
                self.others += reading.skipped
                return
        if not sheet.visible:
            if rows.filled:
                self.notes.append(f"{named} is hidden and was left out")
            return
        if rows.filled:
            self.tables += 1
            # A line of one of many sheets would lead astray.
            self.items += (each if alone else replace(each, line=0) for each in reading.items)
            self.skipped += reading.skipped
            self.notes += (*reading.notes, *(f"{prefix}{each}" for each in missing))
            self.notes += (
                f"{prefix}row {row}: a picture in a row without a question was left out"
                for row in pictures
                if not 0 < row <= rows.last
            )
        if rows.stopped:
            self.skipped.append(Skipped(f"{prefix}row {rows.last}", "", rows.stopped))
