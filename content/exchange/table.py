"""Questions in rows under a header, whatever file the rows came from.

| column | holds |
| --- | --- |
| ``stem`` (or ``question``) | the question with its story |
| ``choice 1``, ``choice 2`` ... (or ``option``, ``answer``) | the choices; empty ones are none |
| ``correct`` (or ``answer``) | the right choices: ``2``, ``B``, ``1, 3``, or the text of one |
| ``feedback 1``, ``feedback 2`` ... (or ``why``) | why that choice is right or wrong |
| ``feedback`` | what is said after any answer |
| ``name``, ``category`` | as the bank calls them |
| ``tags`` | apart by ``;`` |
| ``multiple`` | true: all right ones are asked for; left out: where several are right |
| ``shuffle`` | false keeps the order of the choices |

The first three are needed; ``csv_columns`` has the names by which other programs call them. The
header may stand below a title or instructions. A cell of ``correct`` that can be read in two ways
refuses the whole table. Texts are Markdown.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, islice, zip_longest

from msgspec import Struct, field

from content.exchange.csv_columns import Header, is_known
from content.exchange.csv_key import DoubtError, NoKeyError, read_key
from content.exchange.item import Item, ItemChoice, Picture, Reading, Skipped

SEARCHED = 30
"""Rows among which the header is looked for: templates begin with as many lines of advice."""
_REQUIRED = re.compile(r"\(required\)", re.IGNORECASE)
_MULTIPLE = frozenset({"checkbox", "multiple select", "multiple answer"})
_TRUE_FALSE = frozenset({"true/false", "true false", "true or false"})
_TYPES = (
    _MULTIPLE
    | _TRUE_FALSE
    | {"", "multiple choice", "single", "single choice", "multi", "quiz", "mcq"}
)
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class Row(Struct, frozen=True):
    """A row's cells as texts, with its number as its file counts.

    ``faults`` say by the places of cells why they have no text that is sure; ``notes`` how others
    were read.
    """

    number: int
    cells: Sequence[str]
    faults: Mapping[int, str] = {}
    notes: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Table(Struct):
    """How a file tells places in itself, and what it makes of a cell to the header's right.

    ``apart``: cells are apart by a mark that a text may hold too, so that one cell too many means
    that others stand in the wrong place.
    """

    place: Callable[[int], str]
    apart: bool = False


class HeaderError(Exception):
    """Where no header is, and why none can be read."""


class _RowError(Exception):
    """Why a row cannot be taken."""


def find_header(rows: Sequence[Row]) -> tuple[int, Header]:
    """The place of the header among these first rows; its names may be parted over two rows.

    It is the first under which questions can be read, else the one with most known columns.
    """
    found: list[tuple[int, Header]] = [(0, Header.of([]))]
    for place, row in enumerate(rows):
        above = rows[place - 1].cells if place else ()
        both = [own.strip() or over for own, over in zip_longest(row.cells, above, fillvalue="")]
        for names in (row.cells, both):
            header = Header.of(names)
            if not header.fault():
                return place, header
        found.append((place, Header.of(row.cells)))
    return max(found, key=lambda each: each[1].known)


def read_rows(rows: Iterable[Row], table: Table) -> Reading:
    """The questions of a table's rows, the first of which may be a title or advice.

    Raises HeaderError.
    """
    rows = iter(rows)
    first = list(islice(rows, SEARCHED))
    at, header = find_header(first)
    place = table.place(first[at].number if first else 1)
    if reason := header.fault():
        raise HeaderError(place, reason)
    reader = _Rows(header, table)
    above = [row for row in first[:at] if any(map(str.strip, row.cells)) or row.pictures]
    if above:
        reader.notes.append(f"{place}: what stands above this header row was left out")
    if first[at].pictures:
        reader.notes.append(f"{place}: a picture beside this header row was left out")
    reader.notes += (
        f"{place}: the column “{name[:60]}” is not known and was left out"
        for name in header.columns
        if name and not is_known(name)
    )
    try:
        for row in chain(first[at + 1 :], rows):
            reader.take(row)
    except DoubtError as why:
        return Reading(skipped=(Skipped(*why.args),))
    return Reading(tuple(reader.items), tuple(reader.skipped), tuple(reader.notes))


class _Rows(Struct):
    """What was read so far of the rows under a header."""

    header: Header
    table: Table
    items: list[Item] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    nameless: set[int] = field(default_factory=set)

    def take(self, row: Row) -> None:
        """Take one row. Raises DoubtError with the fields of what refuses the whole table."""
        cells = self._by_column(row)
        faults = self._faults(row)
        place, name = self.table.place(row.number), cells.get("name", "")
        if not any(cells.get(column) for column in cells if is_known(column)) and not faults:
            if row.pictures:
                self.notes.append(f"{place}: a picture in a row without a question was left out")
            return
        if self.table.apart and any(row.cells[len(self.header.columns) :]):
            self.skipped.append(Skipped(place, "", "has more cells than the header"))
            return
        try:
            if faults:
                raise _RowError("; ".join(faults))
            self.items.append(_item(cells, row))
        except (_RowError, NoKeyError) as why:
            self.skipped.append(Skipped(place, name, str(why)))
        except DoubtError as why:
            raise DoubtError(place, name, str(why)) from why
        else:
            self._note(row, cells, place)

    def _by_column(self, row: Row) -> dict[str, str]:
        """The cells by their columns; of ``correct`` there may be several, each with a choice."""
        cells: dict[str, str] = {}
        for name, cell in zip(self.header.columns, row.cells, strict=False):
            text = cell.strip()
            if name == "correct" and cells.get(name):
                cells[name] += f", {text}" if text else ""
            else:
                cells[name] = text
        return {**cells, "correct": "choice 1"} if self.header.right_first else cells

    def _faults(self, row: Row) -> list[str]:
        names = self.header.columns
        return [
            f"its {names[place]} {why}"
            for place, why in row.faults.items()
            if place < len(names) and is_known(names[place])
        ]

    def _note(self, row: Row, cells: Mapping[str, str], place: str) -> None:
        self.notes += (f"{place}: {note}" for note in row.notes)
        if cells.get("picture"):
            self.notes.append(f"{place}: the picture {cells['picture'][:80]} was left out")
        names = [*self.header.columns, *[""] * len(row.cells)]
        for at, (name, cell) in enumerate(zip(names, row.cells, strict=False)):
            # Templates number their rows there.
            if not name and cell.strip() and not cell.strip().isdecimal():
                if at not in self.nameless:
                    self.notes.append(
                        f"{place}: “{cell.strip()[:40]}” stands in a column without a name, which"
                        " was left out"
                    )
                self.nameless.add(at)


def _item(row: Mapping[str, str], source: Row) -> Item:
    if not row.get("stem"):
        raise _RowError("has no stem")
    kind = " ".join(row.get("type", "").lower().replace("-", " ").split())
    if _REQUIRED.search(row["stem"]) and len(row.get("correct", "").split()) != 1:
        raise _RowError("is a template's row that says what each column takes")
    if kind not in _TYPES:
        raise _RowError(f"is a question of the type “{kind[:40]}”")
    if kind in _TRUE_FALSE and not _filled(row, "choice "):
        row = {**row, "choice 1": "True", "choice 2": "False", "shuffle": "false"}
    numbers, told = _filled(row, "choice "), _filled(row, "feedback ")
    right = read_key(row.get("correct", ""), {n: row[f"choice {n}"] for n in numbers})
    if strays := sorted(set(told).difference(numbers)):
        raise _RowError(f"has feedback for choice {strays[0]}, which is empty")
    choices = tuple(
        ItemChoice(row[f"choice {n}"], n in right, row.get(f"feedback {n}", "")) for n in numbers
    )
    return Item(
        stem=row["stem"],
        choices=choices,
        name=row.get("name", ""),
        multiple=_flag(row, "multiple", default=len(right) > 1 or kind in _MULTIPLE),
        shuffle=_flag(row, "shuffle", default=True),
        feedback=row.get("feedback", ""),
        tags=_tags(row.get("tags", "")),
        category=row.get("category", ""),
        pictures=source.pictures,
        line=source.number,
    )


def _filled(row: Mapping[str, str], kind: str) -> list[int]:
    """The numbers of this kind's columns that hold something, ascending."""
    cells = (column.removeprefix(kind) for column, cell in row.items() if cell)
    return sorted(int(number) for number in cells if number.isdecimal())


def _flag(row: Mapping[str, str], column: str, *, default: bool) -> bool:
    cell = row.get(column, "").lower()
    if cell and cell not in _YES | _NO:
        raise _RowError(f"has “{cell[:40]}” as {column}, which must be true or false")
    return cell in _YES if cell else default


def _tags(cell: str) -> tuple[str, ...]:
    cells = next(csv.reader([cell], delimiter=";", skipinitialspace=True), [])
    return tuple(dict.fromkeys(tag.strip() for tag in cells if tag.strip()))
