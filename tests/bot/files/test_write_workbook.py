"""Workbooks: read back as they were meant, whatever strangers call themselves."""

import csv
import re
import shutil
import subprocess
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from bot.files.workbook import (
    BLOTTED,
    Cell,
    Column,
    ColumnKind,
    Table,
    Workbook,
    named,
    person_cell,
)
from bot.files.write_workbook import written
from tests.support.report_samples import ADA, NAMES, WORKBOOK

HOSTILE = (
    "=1+1",
    '=HYPERLINK("https://example.org","Ben")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r\n=1+1",
    " =1+1",
    "\u200e=1+1",
    "\x00=1+1",
    "\ufeff@x",
    "1e5",
    "007",
    "#N/A",
    "TRUE",
    "2026-11-30",
    "<b>&amp;</b>",
    "_x003D_1+1",
    "'=1+1",
)
SEEN = {
    "\t=1+1": "=1+1",
    "\r\n=1+1": "=1+1",
    " =1+1": "=1+1",
    "\u200e=1+1": "=1+1",
    "\x00=1+1": "=1+1",
    "\ufeff@x": "@x",
}


def sheet_of(*tables: Table, right_to_left: bool = False) -> Worksheet:
    """The first sheet of a workbook, read back."""
    book = Workbook("a.xlsx", tables, right_to_left)
    return openpyxl.load_workbook(BytesIO(written(book))).worksheets[0]


def table(*rows: tuple[Cell, ...], kind: ColumnKind = ColumnKind.PLAIN) -> Table:
    return Table("T", tuple(Column(f"H{n}", kind) for n in range(len(rows[0]))), rows)


def texts_in(content: bytes) -> str:
    """All that stands in the parts of the file."""
    with ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text(text: str) -> None:
    """Whatever a name, a head, a note or a title begins with: nothing is reckoned, or taken for a
    number, an error or a character that is not there.
    """
    content = written(
        Workbook(
            "a.xlsx",
            (Table(text, (Column(text),), ((text,), (person_cell(ADA, text),)), (text,)),),
        )
    )
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    seen = SEEN.get(text, text).replace("_x003D_", "_x005F_x003D_")
    cells = [sheet.cell(row, 1) for row in (1, 2, 3, 5)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(seen, "s")] * 4
    assert {cell.quotePrefix for cell in cells} == {seen.startswith(("=", "+", "-", "@"))}
    assert "<f>" not in texts_in(content)


@given(st.text())
def test_any_text_makes_a_file_that_opens(text: str) -> None:
    """Of any characters, those that XML does not know among them."""
    sheet = sheet_of(
        Table(text, (Column(text),), ((text,),), (text,)), Table(text, (Column(""),), ())
    )
    cell = sheet.cell(2, 1)
    assert cell.data_type == ("s" if cell.value else "n")


def test_numbers_shares_and_days_are_what_they_are() -> None:
    """So that one can go on with them; what is told in words instead stays words."""
    sheet = sheet_of(
        Table(
            "T",
            (Column("N"), Column("Share", ColumnKind.PERCENT), Column("Day", ColumnKind.DATE)),
            (
                (3, 0.42, "2026-11-30"),
                (0.5, "< 5%", "2026-11-30T21:05:00+02:00"),
                (None, None, "not yet"),
            ),
        )
    )
    assert [[cell.value for cell in row] for row in sheet["A2:C4"]] == [
        [3, 0.42, datetime.fromisoformat("2026-11-30")],
        [0.5, "< 5%", datetime.fromisoformat("2026-11-30T21:05")],
        [None, None, "not yet"],
    ]
    assert sheet["B2"].number_format == "0%"
    assert [sheet[f"C{n}"].number_format for n in (2, 3)] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_the_head_stays_and_filters() -> None:
    """Bold, above rows that scroll; notes stand below, out of the filter's reach."""
    sheet = sheet_of(replace(table(("a", "b"), ("c", "d")), notes=("One.", "Two.")))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold
    assert [sheet.cell(row, 1).value for row in range(4, 7)] == [None, "One.", "Two."]
    assert sheet_of(table(("a",)), right_to_left=True).sheet_view.rightToLeft
    assert not sheet.sheet_view.rightToLeft


def test_a_table_without_rows_is_its_head() -> None:
    """And what is noted."""
    sheet = sheet_of(Table("T", (Column("A"), Column("B")), (), ("None yet.",)))
    assert (sheet.auto_filter.ref, sheet["A3"].value) == ("A1:B1", "None yet.")


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    """Within reason; what is longer takes more lines."""
    sheet = sheet_of(table(("a", "b" * 30, "words " * 40, "病例" * 10)))
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths == [10, 32, 62, 42]
    assert sheet.row_dimensions[2].height > 4 * sheet.row_dimensions[1].height / 2


TITLES = ("A/B: c?*[x]\\", "a b  c", "Members", "MEMBERS", "x" * 40, "x" * 50, "History", "''", "")


def test_titles_are_such_as_excel_takes() -> None:
    """No longer than 31, without what it forbids, each another whatever the capitals."""
    tables = [replace(table(("a",)), title=title) for title in (*TITLES, "🫀" * 20)]
    content = written(Workbook("a.xlsx", tuple(tables)))
    titles = openpyxl.load_workbook(BytesIO(content)).sheetnames
    assert titles[:4] == ["A B c x", "a b c", "Members", "MEMBERS 2"]
    assert titles[4:9] == ["x" * 31, "x" * 29 + " 2", "History 2", "8", "9"]
    assert len({title.casefold() for title in titles}) == len(titles)
    for title in titles:
        assert 0 < len(title.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", title)


def test_who_was_blotted_out_has_no_row() -> None:
    """Those of others stay; of a person only the name is in the file."""
    rows = (("…", 1), (person_cell(4712, "Ben"), 2), ("a … b", 3))
    content = written(Workbook("a.xlsx", (table(*rows),)))
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert list(sheet.values)[1:] == [("Ben", 2), ("a … b", 3)]
    assert "4712" not in texts_in(content)


@given(st.integers(), st.text())
def test_a_name_is_read_out_of_its_cell(person_id: int, name: str) -> None:
    """Whole, but for the marks around it."""
    cell = person_cell(person_id, name)
    assert named(cell) == re.sub("[\u2068\u2069]", "", name)
    assert cell != BLOTTED


def test_the_same_workbook_is_the_same_bytes() -> None:
    """When it was made stands nowhere."""
    content = written(WORKBOOK)
    assert content == written(WORKBOOK)
    with ZipFile(BytesIO(content)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """And reads what was meant, names that look like formulas among it."""
    rows = tuple((person_cell(n, text), n) for n, text in enumerate(HOSTILE))
    columns = (Column("Member"), Column("Right", ColumnKind.PERCENT))
    path = tmp_path / "a.xlsx"
    path.write_bytes(written(Workbook("a.xlsx", (Table("M", columns, rows), *WORKBOOK.sheets))))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            # Comma, quotes, UTF-8, from the first line, every sheet.
            *(
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,,,-1",
            ),
            *("--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    read = {
        one.stem.partition("-")[2]: list(csv.reader(StringIO(one.read_text("utf-8"))))
        for one in tmp_path.glob("*.csv")
    }
    seen = [[SEEN.get(text, text), f"{n * 100}%"] for n, text in enumerate(HOSTILE)]
    assert read["M"] == [["Member", "Right"], *seen]
    assert read["Members"][1] == [
        NAMES[ADA],
        "Low sodium after a marathon",
        "2026-11-17 21:05:00",
        "yes",
    ]
    assert read["Topics"][1:3] == [
        ["Nephrology", "12", "42%", "0.19"],
        ["Cardiology", "9", "< 5%", ""],
    ]
    assert set(read) == {"M", "Members", "Topics", "Questions", "Weeks"}
