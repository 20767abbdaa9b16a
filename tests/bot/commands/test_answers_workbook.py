"""Recorded answers as a workbook: the same rows, and what they say of each question."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bot.files import stream_workbook
from bot.files.stream_workbook import StreamedWorkbook
from bot.operations.answers_export import COLUMNS
from bot.operations.answers_workbook import CHOICE_COLUMNS, ITEM_COLUMNS
from content.snapshot import Snapshot
from tests.content.samples import case as make_case
from tests.storage.samples import NOW
from tests.support.item_answers import FIRST, fill
from tests.support.new_store import new_store

PEOPLE = 60
DOCUMENT = Path(__file__).parents[3] / "docs" / "answers.md"
CASES = [
    make_case(id=f"case-{number}", title=f"=1+{number}", vignette=f"A woman has {number} lumps.")
    for number in range(9)
]


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """A folder with a database in which sixty people answered nine items, and five a tenth."""
    store = await new_store(tmp_path / "bot.db", NOW)
    await store.claim(7007)
    await store.close()
    fill(tmp_path / "bot.db", [Snapshot(case, ()) for case in CASES], PEOPLE, miskeyed={2})
    tenth = Snapshot(make_case(id="tenth"), ())
    fill(tmp_path / "bot.db", [tenth], 5, after=PEOPLE)
    return tmp_path


def answers(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command, as a person types it."""
    return subprocess.run(
        [sys.executable, "-m", "bot", "answers", "--format", "xlsx", *options],
        cwd=folder,
        env={
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "MORNING_REPORT_DATABASE": str(folder / "bot.db"),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def rows(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """A sheet's rows by their heads."""
    head, *others = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in others]


def test_a_workbook_has_the_answers_and_what_they_say(folder: Path) -> None:
    """People are pseudonyms; each number is there or says how many it needs; no cell is a
    formula.
    """
    done = answers(folder, "--to", "answers.xlsx")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "545 answers in answers.xlsx\n"
    file = folder / "answers.xlsx"
    assert file.stat().st_mode & 0o777 == 0o600
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["answers", "items", "choices"]
    for sheet, columns in zip(book, (COLUMNS, ITEM_COLUMNS, CHOICE_COLUMNS), strict=True):
        assert tuple(cell.value for cell in sheet[1]) == columns
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    told = rows(book, "answers")
    assert len(told) == 9 * PEOPLE + 5
    assert len({row["learner"] for row in told}) == PEOPLE + 5
    assert not any(str(FIRST)[:6] in str(row["learner"]) for row in told)
    items = {row["case"]: row for row in rows(book, "items")}
    third = items["case-2"]
    assert (third["title"], third["answers"], third["related"]) == ("=1+2", PEOPLE, PEOPLE)
    shares = [third[f"share_right{end}"] for end in ("_from", "", "_to")]
    assert shares == sorted(shares)
    right = [row for row in told if row["case"] == "case-2" and row["verdict"] == "correct"]
    assert round(len(right) / PEOPLE, 4) == third["share_right"]
    assert "better in other questions than who is right" in third["alarms"]
    tenth = items["tenth"]
    assert tenth["share_right"] == "too few (5 of 10)"
    assert tenth["upper_less_lower"] == "too few (0 of 30)"
    assert tenth["alarms"] == "too few (5 of 50)"
    choices = [row for row in rows(book, "choices") if row["case"] == "case-2"]
    assert [row["choice"] for row in choices] == [1, 2, 3]
    assert [row["right"] for row in choices] == [0, 1, 0]
    assert sum(row["people"] for row in choices) == PEOPLE
    few = [row["share"] for row in rows(book, "choices") if row["case"] == "tenth"]
    assert few == ["too few (5 of 20)"] * 3


def test_of_one_case_its_items_alone(folder: Path) -> None:
    """Its numbers are those of all answers, in which others play their part."""
    assert answers(folder, "--to", "all.xlsx").returncode == 0
    assert answers(folder, "--to", "one.xlsx", "--case", "case-4").returncode == 0
    every, one = (openpyxl.load_workbook(folder / f"{name}.xlsx") for name in ("all", "one"))
    assert {row["case"] for row in rows(one, "answers")} == {"case-4"}
    assert rows(one, "items") == [row for row in rows(every, "items") if row["case"] == "case-4"]
    assert {row["case"] for row in rows(one, "choices")} == {"case-4"}


def test_a_workbook_is_written_to_a_file(folder: Path) -> None:
    """On a terminal it would be noise; nothing is left behind."""
    done = answers(folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "--to FILE says where to write it" in done.stderr
    assert [path.name for path in folder.iterdir() if "xlsx" in path.name] == []


def test_what_no_sheet_holds_goes_on_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Excel takes a good million rows: the rest stands on more sheets, with the same heads."""
    monkeypatch.setattr(stream_workbook, "_MOST_ROWS", 2)
    book = StreamedWorkbook()
    values = ["=1+1", "#N/A", "-2", None, "plain"]
    assert book.write("answers", ["a"], ([value] for value in values), {}) == len(values)
    book.save(tmp_path / "a.xlsx")
    read = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert read.sheetnames == ["answers", "answers 2", "answers 3"]
    cells = [sheet[f"A{row}"] for sheet in read for row in (2, 3)]
    assert [cell.value for cell in cells] == [*values, None]
    assert {cell.data_type for cell in cells} == {"s", "n"}


def test_every_column_is_documented() -> None:
    """The page's tables list the columns that there are, in their order."""
    text = DOCUMENT.read_text("utf-8")
    for sheet, columns in (("items", ITEM_COLUMNS), ("choices", CHOICE_COLUMNS)):
        table = text.partition(f"## The sheet *{sheet}*")[2].partition("\n## ")[0]
        assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == columns
