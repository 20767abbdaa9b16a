"""Questions as a table of comma-separated values: see ``table`` for its columns.

Cells are apart by comma, semicolon or tab. A leading apostrophe keeps a spreadsheet from taking a
text for a formula.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice

from content.exchange.item import MOST_ITEMS, Item, Reading, Skipped
from content.exchange.table import (
    SEARCHED,
    HeaderError,
    Row,
    Table,
    find_header,
    read_rows,
)
from content.exchange.table_writing import cells, columns
from content.exchange.text_bytes import decode

_DELIMITERS = ",;\t"
_FORMULA = re.compile(r"'*[=+\-@\t]")
_TABLE = Table(lambda line: f"line {line}", apart=True)


def read(data: bytes) -> Reading:
    """The questions of a table."""
    file = decode(data)
    text, first = _without_separator(file.text)
    stopped: list[Skipped] = []
    try:
        reading = read_rows(_rows(text, _delimiter(text), first, stopped), _TABLE)
    except HeaderError as why:
        return Reading(skipped=(Skipped(why.args[0], "", why.args[1]),), notes=file.notes)
    return Reading(reading.items, (*reading.skipped, *stopped), (*file.notes, *reading.notes))


def write(items: Sequence[Item]) -> bytes:
    """A table in UTF-8 with a byte order mark, without which Excel misreads accents."""
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns(items), restval="")
    writer.writeheader()
    for item in items:
        writer.writerow({key: _guarded(cell) for key, cell in cells(item).items()})
    return table.getvalue().encode("utf-8-sig")


def unguarded(cell: str) -> str:
    """A cell's text without the apostrophe before what would be a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _without_separator(text: str) -> tuple[str, int]:
    """The table without the line ``sep=;`` that Excel puts first, and its first line's number."""
    blank = len(text) - len(text.lstrip("\n"))
    found = re.match(r"\n*\"?sep=.\"?\n", text)
    start = found.end() if found else blank
    return text[start:], 1 + text.count("\n", 0, start)


def _delimiter(text: str) -> str:
    """The one that finds most of the header's columns."""
    found = [
        (find_header(list(islice(_rows(text, each, 1, []), SEARCHED)))[1].known, each)
        for each in _DELIMITERS
    ]
    return max(found, key=lambda each: each[0])[1]


def _rows(text: str, delimiter: str, first: int, stopped: list[Skipped]) -> Iterator[Row]:
    """Each row that is not empty, with the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = io.StringIO(text, newline="").readlines()
    line, many = first, 0
    try:
        for row in reader:
            if many > MOST_ITEMS:
                stopped.append(Skipped(f"line {line}", "", "the rest is too large; split it"))
                return
            if reader.line_num == len(lines) and _stays_open(lines[line - first :], delimiter):
                reason = "opens a quotation mark that is never closed, so the rest cannot be read"
                stopped.append(Skipped(f"line {line}", "", reason))
                return
            if any(cell.strip() for cell in row):
                many += 1
                yield Row(line, [unguarded(cell) for cell in row])
            line = first + reader.line_num
    except csv.Error as error:
        stopped.append(Skipped(f"line {line}", "", f"cannot be read from here on: {error}"))


def _stays_open(lines: Sequence[str], delimiter: str) -> bool:
    """Whether these lines, the last row, are one because a quotation mark has no other."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False
