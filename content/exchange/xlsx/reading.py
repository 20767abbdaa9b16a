"""Workbooks (.xlsx, .xlsm), by openpyxl: each sheet that is seen is a table of questions."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from openpyxl import load_workbook

from content.exchange.archive import Archive, ArchiveError
from content.exchange.item import Item, Picture, Reading, Skipped
from content.exchange.table import HeaderError, Row, Table, read_rows
from content.exchange.xlsx.cells import cell_text
from content.exchange.xlsx.drawings import pictures_by_row
from content.exchange.xlsx.parts import Sheet, WorkbookError, bounded, sheets

_OLD = b"\xd0\xcf\x11\xe0"  # begins .xls files, and .xlsx ones that are locked
_MOST_ROWS = 50_000
_MOST_CELLS = 2_000_000  # of a sheet, empty ones too
_MOST_EMPTY = 1_048_576  # rows of any sheet
_MOST_SHEETS = 200


def read(data: bytes) -> Reading:
    """The questions of a workbook's sheets."""
    try:
        if data.startswith(_OLD):
            raise WorkbookError("is an old workbook (.xls) or a locked one; save it as .xlsx")
        archive = Archive(data)
        book = _Book(archive, list(islice(sheets(archive), _MOST_SHEETS)))
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

    def read(self) -> None:
        """Read all sheets. Raises WorkbookError."""
        package = bounded(self.archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = load_workbook(package, read_only=True, data_only=True, rich_text=True)
                found = {sheet.title: sheet for sheet in book.worksheets}
            except Exception as error:
                raise WorkbookError(f"this workbook cannot be read ({_said(error)})") from error
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
        rows = _Rows(cells, pictures)
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


class _Rows(Struct):
    """A sheet's rows as they are asked for; ``stopped`` says why there are no more."""

    cells: Any
    pictures: Mapping[int, tuple[Picture, ...]]
    last: int = 0
    filled: bool = False
    stopped: str = ""

    def read(self) -> Iterator[Row]:
        """Each row that holds something. What the sheet says of its size may be a lie."""
        self.cells.reset_dimensions()
        read, empty = 0, 0
        source = iter(self.cells.iter_rows())
        while True:
            try:
                cells = next(source, None)
            except Exception as error:  # noqa: BLE001 (openpyxl raises whatever a sheet makes it)
                self.stopped = f"cannot be read from here on ({_said(error)})"
                return
            if cells is None:
                return
            self.last += 1
            read += len(cells)
            empty += not cells
            if self.last - empty > _MOST_ROWS or empty > _MOST_EMPTY or read > _MOST_CELLS:
                self.stopped = "the rest of the sheet is too large to be read; split it"
                return
            if not cells and self.last not in self.pictures:
                continue
            row = _row(self.last, cells, self.pictures.get(self.last, ()))
            if any(row.cells) or row.faults or row.pictures:
                self.filled = True
                yield row


def _row(number: int, cells: Sequence[Any], pictures: tuple[Picture, ...]) -> Row:
    read = [cell_text(cell) for cell in cells]
    return Row(
        number,
        [each.text for each in read],
        {place: each.fault for place, each in enumerate(read) if each.fault},
        tuple(each.note for each in read if each.note),
        pictures,
    )


def _said(error: Exception) -> str:
    """What a library says of bytes, in one short line."""
    return " ".join(str(error).split())[:100] or type(error).__name__
