"""What `check` tells of a table of topics: each problem, where it stands."""

import shutil
from pathlib import Path

import pytest

from content import check as checking
from content.check import Report, check_paths
from content.library import SHIPPED
from content.topics import TABLE

HEAD = "topic,specialty,synonyms\n"
SOUND = f"{HEAD}cardiology,,heart;corazón\nelectrocardiography,cardiology,ECG;EKG\nsurgery,,\n"


def problems(folder: Path, table: str | bytes) -> list[str]:
    """What is told of a table with this content, each as place, code and the word meant."""
    path = folder / "topics.csv"
    path.write_bytes(table if isinstance(table, bytes) else table.encode())
    report = check_paths([path])
    assert (report.files, report.cases) == (1, 0)
    assert all(problem.path == path and problem.is_error for problem in report.problems)
    return [f"{p.line}:{p.column}: {p.code}" for p in report.problems]


def test_a_sound_table_has_no_problems(tmp_path: Path) -> None:
    """The shipped one is such."""
    assert problems(tmp_path, SOUND) == []
    assert problems(tmp_path, TABLE.read_bytes()) == []


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("", ["1:1: topic-table"]),
        ("topic;specialty\n", ["1:1: topic-table"]),
        (f"{SOUND}urology,\n", ["5:1: topic-table"]),
        (f"{SOUND}urology,,kidney,bladder\n", ["5:1: topic-table"]),
        (f'{SOUND}urology,,"bladder"\n', ["5:1: topic-table"]),
        (f"{SOUND}\nurology,,\n", ["5:1: topic-table"]),
        (f"{SOUND}Urology,,\n", ["5:1: topic-table"]),
        (f"{SOUND}surgery,,\n", ["5:1: topic-table"]),
        (f"{SOUND}urology,,a;;b; c\n", ["5:12: topic-table", "5:15: topic-table"]),
        (f"{SOUND}urology,kidneys,\n", ["5:9: unknown-specialty"]),
        (f"{SOUND}urology,electrocardiography,\n", ["5:9: unknown-specialty"]),
        (f"{SOUND}urology,,bladder;HEART\n", ["5:18: ambiguous-synonym"]),
        (f"{SOUND}urology,,bladder;bladder\n", ["5:18: ambiguous-synonym"]),
        (f"{SOUND}urology,,niños;Surgery\n", ["5:16: ambiguous-synonym"]),
        (f"{SOUND}urology,heart,ECG\n", ["5:9: unknown-specialty", "5:15: ambiguous-synonym"]),
        (b"\xff\xfe", ["1:1: encoding"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, table: str | bytes, found: list[str]
) -> None:
    """Line and column, as of a case; all of it at once."""
    assert problems(tmp_path, table) == found


def test_a_table_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    """As a case would be."""
    assert [p.code for p in check_paths([tmp_path / "topics.csv"]).problems] == ["unreadable"]


def of_table(report: Report) -> list[str]:
    """Where the table is at fault, and why."""
    faults = [each for each in report.problems if each.path.name == "topics.csv"]
    return [str(fault).partition(" “")[0] for fault in faults]


def test_the_shipped_table_is_checked_with_the_shipped_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However their folder is named; a folder of one's own has no table."""
    shutil.copytree(SHIPPED, tmp_path / "cases")
    (tmp_path / "topics.csv").write_text(f"{SOUND}urology,kidneys,\n", "utf-8")
    assert of_table(check_paths([tmp_path / "cases"])) == []
    monkeypatch.setattr(checking, "SHIPPED", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    report = check_paths([Path("cases")])
    assert of_table(report) == ["topics.csv:5:9: unknown-specialty"]
    assert report.files == report.cases + 1
