"""Checking case files for their authors."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from content.check import check_paths
from content.problems import Severity
from tests.content.lint.reading import CASE, QUESTION, case_text
from tests.content.samples import write_case
from tests.content.test_images import png

FIGURE = {
    "file": "map.png",
    "caption": "C",
    "alt": "A",
    "creator": "X",
    "licence": "MIT",
    "consent": "not-required",
}
WORK = {"title": "T", "journal": "J", "authors": ["A B"], "year": "2020", "volume": "1"}


WORDS = "A woman of 64 "
ALREADY = len(CASE["title"]) + len("\n\n") + len(WORDS)


def check(folder: Path, **changes: Any) -> list[str]:
    """What is found in a case in order with these changes, as ``severity code``."""
    report = check_paths([write_case(folder / "hard-lumps.yaml", **CASE | changes)])
    return [f"{problem.severity} {problem.code}" for problem in report.problems]


def test_a_case_in_order_gives_no_problem(tmp_path: Path) -> None:
    """Files and cases are counted, also where nothing is wrong."""
    write_case(tmp_path / "hard-lumps.yaml", **CASE)
    report = check_paths([tmp_path, tmp_path / "hard-lumps.yaml"])
    assert (report.problems, report.files, report.cases, report.failed) == ((), 1, 1, False)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"vignette": WORDS + "[1].", "references": [WORK]}, []),
        ({"vignette": WORDS + "[1,2].", "references": [WORK]}, ["error reference-missing"]),
        ({"vignette": WORDS + "[0]."}, ["error reference-missing"]),
        ({"references": [WORK]}, ["warning reference-unused"]),
        ({"discussion": [{"heading": "H", "text": "T [1]"}], "references": [WORK]}, []),
        ({"questions": [QUESTION | {"reveal": "R [1]"}], "references": [WORK]}, []),
        ({"vignette": WORDS + "x" * (1024 - ALREADY)}, []),
        ({"vignette": WORDS + "x" * (1025 - ALREADY)}, ["note vignette-length"]),
        ({"vignette": WORDS + "**b** " * 100}, ["note vignette-length"]),
        ({"vignette": WORDS + "b " * 200}, ["warning vignette-length"]),
        ({"id": "other"}, ["warning file-name"]),
    ],
)
def test_what_a_check_finds(tmp_path: Path, changes: dict[str, Any], found: list[str]) -> None:
    """References cited and listed, one message or more, the file's name."""
    assert check(tmp_path, **changes) == found


def test_references_are_checked_in_a_case_that_does_not_parse(tmp_path: Path) -> None:
    """One mistake does not hide another."""
    found = check(tmp_path, vignette=WORDS + "[9].", level="attending", references=[WORK])
    assert sorted(found) == [
        "error reference-missing",
        "error wrong-value",
        "warning reference-unused",
    ]


def test_an_author_can_ignore_a_warning_with_a_reason(tmp_path: Path) -> None:
    """What is ignored is not reported; an ignore without effect is."""
    ignore = {"reference-unused": "further reading", "vignette-length": "typing error"}
    found = check(tmp_path, references=[WORK], lint={"ignore": ignore})
    assert found == ["warning unused-ignore"]


def test_an_ignore_without_a_reason_has_no_effect(tmp_path: Path) -> None:
    """What it would hide is told, and so is the reason's absence."""
    found = check(tmp_path, references=[WORK], lint={"ignore": {"reference-unused": ""}})
    assert sorted(found) == ["warning ignore-without-reason", "warning reference-unused"]


def test_an_error_cannot_be_ignored(tmp_path: Path) -> None:
    """What would break a post stays an error, and the ignore is told."""
    ignore = {"reference-missing": "I do not care"}
    found = check(tmp_path, vignette=WORDS + "[9].", lint={"ignore": ignore})
    assert sorted(found) == ["error reference-missing", "warning unused-ignore"]


def test_an_ignore_of_what_is_no_rule_is_told(tmp_path: Path) -> None:
    """It says which rule was probably meant."""
    lint = {"ignore": {"referense-unused": "a typing error"}}
    path = write_case(tmp_path / "hard-lumps.yaml", **CASE, references=[WORK], lint=lint)
    found = {problem.code: problem.message for problem in check_paths([path]).problems}
    assert sorted(found) == ["reference-unused", "unknown-rule"]
    assert "did you mean reference-unused?" in found["unknown-rule"]


def test_only_the_rules_asked_for_are_run(tmp_path: Path) -> None:
    """Errors are told all the same, and nobody judges ignores of what was not run."""
    lint = {"ignore": {"vignette-length": "typing error", "reference-unused": "further reading"}}
    changes = CASE | {"id": "other", "references": [WORK], "vignette": WORDS + "[2]."}
    path = write_case(tmp_path / "hard-lumps.yaml", **changes, lint=lint)
    codes = [problem.code for problem in check_paths([path], rules={"file-name"}).problems]
    assert sorted(codes) == ["file-name", "reference-missing"]


def test_figures_are_decoded(tmp_path: Path) -> None:
    """A figure that is cut short is found, where its file is named."""
    (tmp_path / "map.png").write_bytes(png(300, 300)[:-60])
    assert check(tmp_path, figures=[FIGURE]) == ["error figure-damaged"]
    (tmp_path / "map.png").write_bytes(png(300, 300))
    assert check(tmp_path, figures=[FIGURE]) == []
    assert check(tmp_path, figures=[FIGURE, FIGURE]) == ["note vignette-length"]
    (tmp_path / "map.png").unlink()
    assert check(tmp_path, figures=[FIGURE]) == ["error figure-missing"]


def test_files_are_checked_against_each_other(tmp_path: Path) -> None:
    """Two files with one id are a problem, wherever they lie."""
    (tmp_path / "sub").mkdir()
    paths = [
        write_case(tmp_path / "hard-lumps.yaml", **CASE),
        write_case(tmp_path / "sub" / "hard-lumps.yaml", **CASE),
    ]
    assert [(p.path, p.code) for p in check_paths(paths).problems] == [(paths[1], "duplicate-id")]


def test_paths_that_hold_no_case_are_told(tmp_path: Path) -> None:
    """A missing path is an error; a folder without cases is worth a warning."""
    report = check_paths([tmp_path, tmp_path / "none.yaml"])
    assert [(p.code, p.severity) for p in report.problems] == [
        ("no-cases", Severity.WARNING),
        ("unreadable", Severity.ERROR),
    ]
    assert report.failed


def test_cases_in_folders_below_are_told_of(tmp_path: Path) -> None:
    """No bot reads them, which an author must hear; other files, and hidden folders, are none."""
    for folder in ("heart", "lung", ".git"):
        (tmp_path / folder).mkdir()
        write_case(tmp_path / folder / "hard-lumps.yaml", **CASE)
    (tmp_path / "lung" / "compose.yaml").write_text("services: {}\n", "utf-8")
    os.mkfifo(tmp_path / "lung" / "pipe.yaml")
    write_case(tmp_path / "hard-lumps.yaml", **CASE)
    (problem,) = check_paths([tmp_path]).problems
    assert (problem.code, problem.severity) == ("cases-below", Severity.WARNING)
    assert "2 cases lie in folders below" in problem.message
    assert str(tmp_path / "heart" / "hard-lumps.yaml") in problem.message


def test_an_ending_in_capitals_is_one(tmp_path: Path) -> None:
    """Some computers write file names so."""
    write_case(tmp_path / "hard-lumps.YAML", **CASE)
    report = check_paths([tmp_path])
    assert (report.problems, report.cases) == ((), 1)


def test_all_broken_cases_are_reported_at_once() -> None:
    """A folder of broken cases gives every problem of every file, in order."""
    folder = Path(__file__).parent / "broken"
    report = check_paths([folder])
    files = sorted(folder.glob("*.yaml"))
    assert sorted({problem.path for problem in report.problems}) == files
    assert list(report.problems) == sorted(report.problems)
    assert (report.files, report.cases) == (len(files), 0)


@pytest.mark.parametrize(
    ("on", "today", "codes"),
    [
        ("2026-03-02", date(2026, 3, 1), ["future-review"]),
        ("2062-03-01", date(2026, 3, 1), ["future-review"]),
        ("2026-03-01", date(2026, 3, 1), []),
        ("2026-02-28", date(2026, 3, 1), []),
        ("2062-03-01", None, []),
    ],
)
def test_a_review_lies_in_the_past(
    tmp_path: Path, on: str, today: date | None, codes: list[str]
) -> None:
    """A day that has not come is an error, if it is known what day it is."""
    path = tmp_path / "hard-lumps.yaml"
    path.write_text(case_text(f"review: {{status: reviewed, by: A Name, on: {on}}}\n"), "utf-8")
    report = check_paths([path], today=today)
    assert [(each.code, each.is_error) for each in report.problems] == [(c, True) for c in codes]
    (line,) = [n for n, text in enumerate(path.read_text().splitlines(), 1) if "review" in text]
    assert [(each.line, each.column) for each in report.problems] == [(line, 44)] * len(codes)
