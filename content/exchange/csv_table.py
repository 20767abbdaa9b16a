"""Questions as a table: one row a question, under a header row.

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

The first three are needed; ``csv_columns`` has the names by which other programs call them. A cell
of ``correct`` that can be read in two ways refuses the whole table. Texts are Markdown. Columns
stand in any order, apart by comma, semicolon or tab. A leading apostrophe keeps a spreadsheet from
taking a text for a formula.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from content.exchange.csv_columns import NUMBERED, Header, is_known
from content.exchange.csv_key import DoubtError, NoKeyError, read_key, written_key
from content.exchange.item import Item, ItemChoice, Reading, Skipped
from content.exchange.text_bytes import decode

_DELIMITERS = ",;\t"
_REQUIRED = re.compile(r"\(required\)", re.IGNORECASE)
_FORMULA = re.compile(r"'*[=+\-@\t]")
_MULTIPLE = frozenset({"checkbox", "multiple select", "multiple answer"})
_TYPES = _MULTIPLE | {"", "multiple choice", "single", "single choice", "multi", "quiz", "mcq"}
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


class _RowError(Exception):
    """Why a row cannot be taken."""


def read(data: bytes) -> Reading:
    """The questions of a table."""
    file = decode(data)
    text, first = _without_separator(file.text)
    header, delimiter = _header(text)
    if reason := header.fault():
        return Reading(skipped=(Skipped(f"line {first}", "", reason),), notes=file.notes)
    items: list[Item] = []
    skipped: list[Skipped] = []
    notes = [*file.notes, *_unknown(header.columns, first)]
    for line, row in _rows(text, delimiter, header.columns, first, skipped):
        try:
            items.append(_item({**row, "correct": "choice 1"} if header.right_first else row, line))
        except (_RowError, NoKeyError) as why:
            skipped.append(Skipped(f"line {line}", row.get("name", ""), str(why)))
        except DoubtError as why:
            refused = Skipped(f"line {line}", row.get("name", ""), str(why))
            return Reading(skipped=(refused,), notes=file.notes)
        else:
            if row.get("picture"):
                notes.append(f"line {line}: the picture {row['picture'][:80]} was left out")
    return Reading(tuple(items), tuple(skipped), tuple(notes))


def write(items: Sequence[Item]) -> bytes:
    """A table in UTF-8 with a byte order mark, without which Excel misreads accents.

    It has no place for pictures.
    """
    most = max((len(item.choices) for item in items), default=2)
    numbered = [f"{kind} {n}" for n in range(1, most + 1) for kind in NUMBERED]
    columns = [
        "name",
        "stem",
        "correct",
        *numbered,
        "feedback",
        "multiple",
        "shuffle",
        "tags",
        "category",
    ]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, restval="")
    writer.writeheader()
    for item in items:
        writer.writerow({key: _guarded(cell) for key, cell in _cells(item).items()})
    return table.getvalue().encode("utf-8-sig")


def _without_separator(text: str) -> tuple[str, int]:
    """The table without the line ``sep=;`` that Excel puts first, and its first line's number."""
    blank = len(text) - len(text.lstrip("\n"))
    found = re.match(r"\n*\"?sep=.\"?\n", text)
    start = found.end() if found else blank
    return text[start:], 1 + text.count("\n", 0, start)


def _header(text: str) -> tuple[Header, str]:
    """The header row, and the delimiter that finds most of its columns."""
    found = [(Header.of(_names(text, delimiter)), delimiter) for delimiter in _DELIMITERS]
    return max(found, key=lambda each: each[0].known)


def _names(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _unknown(header: list[str], line: int) -> Iterator[str]:
    for column in header:
        if column and not is_known(column):
            yield f"line {line}: the column “{column[:60]}” is not known and was left out"


def _rows(
    text: str, delimiter: str, header: list[str], first: int, skipped: list[Skipped]
) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row that is not empty, by column, with the line where it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines = io.StringIO(text, newline="").readlines()
    line = first
    try:
        for cells in reader:
            if reader.line_num == len(lines) and _stays_open(lines[line - first :], delimiter):
                reason = "opens a quotation mark that is never closed, so the rest cannot be read"
                skipped.append(Skipped(f"line {line}", "", reason))
                return
            if line > first and any(cell.strip() for cell in cells):
                if len(cells) > len(header) and any(cells[len(header) :]):
                    skipped.append(Skipped(f"line {line}", "", "has more cells than the header"))
                else:
                    yield (
                        line,
                        {key: _unguarded(cell) for key, cell in zip(header, cells, strict=False)},
                    )
            line = first + reader.line_num
    except csv.Error as error:
        skipped.append(Skipped(f"line {line}", "", f"cannot be read from here on: {error}"))


def _stays_open(lines: Sequence[str], delimiter: str) -> bool:
    """Whether these lines, the last row, are one because a quotation mark has no other."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _item(row: Mapping[str, str], line: int) -> Item:
    numbers, told = _filled(row, "choice "), _filled(row, "feedback ")
    if not row.get("stem"):
        raise _RowError("has no stem")
    kind = " ".join(row.get("type", "").lower().replace("-", " ").split())
    if _REQUIRED.search(row["stem"]) and not row.get("correct"):
        raise _RowError("is a template's row that says what each column takes")
    if kind not in _TYPES:
        raise _RowError(f"is a question of the type “{kind[:40]}”")
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
        line=line,
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


def _cells(item: Item) -> dict[str, str]:
    tags = io.StringIO(newline="")
    csv.writer(tags, delimiter=";", lineterminator="").writerow(item.tags)
    right = frozenset(n for n, choice in enumerate(item.choices, start=1) if choice.correct)
    texts = {n: choice.text for n, choice in enumerate(item.choices, start=1)}
    cells = {
        "name": item.name,
        "stem": item.stem,
        "correct": written_key(right, texts),
        "feedback": item.feedback,
        "multiple": str(item.multiple).lower(),
        "shuffle": str(item.shuffle).lower(),
        "tags": tags.getvalue(),
        "category": item.category,
    }
    for n, choice in enumerate(item.choices, start=1):
        cells |= {f"choice {n}": choice.text, f"feedback {n}": choice.feedback}
    return cells


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    text = cell.strip()
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
