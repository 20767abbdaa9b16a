"""A sheet's rows, of which there may be fewer or far more than it says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from content.exchange.item import Picture
from content.exchange.table import Row
from content.exchange.xlsx.cells import cell_text

_MOST_ROWS = 50_000
_MOST_CELLS = 2_000_000  # empty ones too
_MOST_EMPTY = 1_048_576  # rows, as many as a sheet has
_MOST_CHARACTERS = 200_000_000


class Spent(Struct):
    """How much of a workbook was read; its sheets may be one, listed often."""

    rows: int = 0
    empty: int = 0
    cells: int = 0
    characters: int = 0

    @property
    def all(self) -> bool:
        """Whether there may be no more."""
        return (
            self.rows > _MOST_ROWS
            or self.empty > _MOST_EMPTY
            or self.cells > _MOST_CELLS
            or self.characters > _MOST_CHARACTERS
        )


class Rows(Struct):
    """A sheet's rows as they are asked for; ``stopped`` says why there are no more."""

    cells: Any
    pictures: Mapping[int, tuple[Picture, ...]]
    spent: Spent
    last: int = 0
    filled: bool = False
    stopped: str = ""

    def read(self) -> Iterator[Row]:
        """Each row that holds something. What the sheet says of its size may be a lie."""
        self.cells.reset_dimensions()
        source = iter(self.cells.iter_rows())
        while True:
            try:
                cells = next(source, None)
            except Exception as error:  # noqa: BLE001 (openpyxl raises whatever a sheet makes it)
                self.stopped = f"cannot be read from here on ({said(error)})"
                return
            if cells is None:
                return
            self.last += 1
            self.spent.rows += bool(cells)
            self.spent.empty += not cells
            self.spent.cells += len(cells)
            if self.spent.all:
                self.stopped = "the rest of the sheet is too large to be read; split it"
                return
            if not cells and self.last not in self.pictures:
                continue
            row = _row(self.last, cells, self.pictures.get(self.last, ()))
            self.spent.characters += sum(map(len, row.cells))
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


def said(error: Exception) -> str:
    """What a library says of bytes, in one short line."""
    return " ".join(str(error).split())[:100] or type(error).__name__
