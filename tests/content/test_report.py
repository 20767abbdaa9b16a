"""Reports for people, programs and GitHub."""

import json
from pathlib import Path

import pytest

from content.check import Report
from content.problems import Problem, Severity
from content.report import ReportFormat, render, summary

REPORT = Report(
    (
        Problem(Path("a,b:c.yaml"), 3, 7, "null", Severity.ERROR, "100% [1]\nwrong: x, y"),
        Problem(Path("d.yaml"), 1, 1, "no-cases", Severity.WARNING, "é"),
        Problem(Path("d.yaml"), 2, 1, "vignette-length", Severity.NOTE, "long"),
    ),
    files=2,
    cases=1,
)


def test_text_is_a_line_a_problem_and_a_summary() -> None:
    """What is no error says so at the line's end."""
    assert render(REPORT, ReportFormat.TEXT).splitlines() == [
        "a,b:c.yaml:3:7: null 100% [1]",
        "wrong: x, y",
        "d.yaml:1:1: no-cases é (warning)",
        "d.yaml:2:1: vignette-length long (note)",
        "2 files checked: 1 error, 1 warning, 1 note",
    ]


def test_json_holds_everything() -> None:
    """Programs get counts and each problem's parts."""
    document = json.loads(render(REPORT, ReportFormat.JSON))
    counts = {key: document[key] for key in ("files", "cases", "errors", "warnings", "notes")}
    assert counts == {"files": 2, "cases": 1, "errors": 1, "warnings": 1, "notes": 1}
    assert document["problems"][1] == {
        "path": "d.yaml",
        "line": 1,
        "column": 1,
        "code": "no-cases",
        "severity": "warning",
        "message": "é",
    }


def test_github_gets_escaped_annotations() -> None:
    """Each problem is one workflow command, whatever it holds."""
    assert render(REPORT, ReportFormat.GITHUB).splitlines()[:3] == [
        "::error file=a%2Cb%3Ac.yaml,line=3,col=7,title=null::100%25 [1]%0Awrong: x, y",
        "::warning file=d.yaml,line=1,col=1,title=no-cases::é",
        "::notice file=d.yaml,line=2,col=1,title=vignette-length::long",
    ]


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (Report((), 0, 0), "0 files checked: no problems"),
        (Report((), 1, 1), "1 file checked: no problems"),
        (Report(REPORT.problems[:1] * 2, 3, 2), "3 files checked: 2 errors"),
    ],
)
def test_the_summary_is_one_sentence(report: Report, sentence: str) -> None:
    """It counts files and problems, in the singular where there is one."""
    assert summary(report) == sentence
