"""A cell's value as the text that its author saw, or why that is not sure."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from msgspec import Struct
from openpyxl.cell.rich_text import CellRichText, TextBlock

from content.exchange import html_tags
from content.exchange.csv_table import unguarded
from content.exchange.xlsx.parts import UNSAVED

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel writes what XML does not take
_PLAIN = {"General", "@", ""}
_FORMAT = re.compile(
    r'(?:"(?P<before>[^"]*)")?(?P<thousands>#,##)?0(?:\.(?P<decimals>0{1,15}))?(?P<percent>%)?'
    r'(?P<space>\\? )?(?:"(?P<after>[^"]*)")?'
)
_LONGEST_FORMAT = 255
_LONGEST = 32_767  # characters that a cell takes
_DIGITS = ".15g"  # as many as a spreadsheet keeps


class CellText(Struct, frozen=True):
    """``fault`` says why the text is in doubt, ``note`` how it was read."""

    text: str = ""
    fault: str = ""
    note: str = ""


def cell_text(cell: Any) -> CellText:
    """The text of an openpyxl cell."""
    try:
        return _read(cell, cell.value)
    except (OverflowError, ValueError):
        return CellText(fault="holds a number that no spreadsheet can")


def _read(cell: Any, value: Any) -> CellText:
    if value is None:
        return CellText()
    if cell.data_type == "e":
        if value == UNSAVED:
            return CellText(
                fault="is a formula whose result is not in the file; open it in a spreadsheet"
                " program and save it"
            )
        return CellText(fault=f"holds the error {str(value)[:20]}")
    match value:
        case bool():
            return CellText(str(value))
        case int() | float():
            return _number(value, str(cell.number_format or ""))
        case date() | time() | timedelta():
            return CellText(
                fault=f"is a date or a time ({str(value).removesuffix(' 00:00:00')}), which"
                " spreadsheets make of words such as 1-2; write it as text"
            )
        case CellRichText() if len(str(value)) <= _LONGEST:
            return CellText(_tidy("".join(_marked(value))))
    if len(value) > _LONGEST:
        return CellText(fault=f"has {len(value):,} characters, more than a cell takes")
    return CellText(_tidy(str(value)))


def _tidy(text: str) -> str:
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
    return unguarded(plain.replace("\r\n", "\n").replace("\r", "\n"))


def _marked(runs: Iterable[str | TextBlock]) -> Iterable[str]:
    """Words that are set apart within their cell, with the marks of Markdown around them."""
    for run in runs:
        if isinstance(run, str):
            yield run
            continue
        text, font = run.text or "", run.font
        core = text.strip()
        marks = "**" * bool(font.b) + "*" * bool(font.i)
        if not core:
            yield text
        elif font.vertAlign in {"subscript", "superscript"}:
            yield html_tags.script("sub" if font.vertAlign == "subscript" else "sup", core)
        else:
            yield text.replace(core, f"{marks}{core}{marks[::-1]}", 1)


def _number(value: float, form: str) -> CellText:
    plain = _plain(value)
    if form in _PLAIN:
        return CellText(plain)
    if not (found := _FORMAT.fullmatch(form[: _LONGEST_FORMAT + 1])):
        return CellText(plain, note=f"“{plain}” is shown in the form “{form[:40]}”; look at it")
    shown = value * 100 if found["percent"] else value
    comma = "," if found["thousands"] else ""
    number = f"{shown:{comma}.{len(found['decimals'] or '')}f}{found['percent'] or ''}"
    space = " " if found["space"] else ""
    return CellText(f"{found['before'] or ''}{number}{space}{found['after'] or ''}")


def _plain(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    return format(value, _DIGITS)
