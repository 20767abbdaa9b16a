"""Sharing the check of many files among processes."""

import os
from datetime import date
from pathlib import Path

import pytest

from content import workers
from content.check import check_paths
from tests.content.lint.reading import CASE, QUESTION
from tests.content.samples import write_case

BROKEN = Path(__file__).parent / "broken"


def test_several_processes_find_what_one_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same problems in the same order, those of the library among them."""
    ordered = QUESTION | {"shuffle": "false"}
    for n in range(45):
        case_id = f"case-{n % 44}"
        write_case(tmp_path / f"case-{n}.yaml", **CASE | {"id": case_id, "questions": [ordered]})
    told: list[tuple[int, int]] = []

    def check() -> object:
        return check_paths(
            [tmp_path, BROKEN],
            today=date(2026, 3, 1),
            progress=lambda done, of: told.append((done, of)),
        )

    alone = check()
    assert told == [(n, 50) for n in range(1, 51)]
    monkeypatch.setattr(workers, "A_SHARE", 20)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert check() == alone
    assert told[50:] == told[:50]
    codes = {problem.code for problem in check_paths([tmp_path]).problems}
    assert {"duplicate-id", "file-name", "key-position-bias"} <= codes
