"""The command line in this process: quick, and with no settings but those given."""

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.base.logs import OURS
from bot.commands.command_line import main

Run = Callable[..., tuple[int, str, str]]
"""Arguments to exit code, output and complaints.

``answers`` are what is typed when the program asks; without them it is told nothing.
"""


def command_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command line in a folder, its complaints in one line; settings are set afterwards."""
    run = line_by_line(folder, monkeypatch, capsys)

    def joined(*arguments: str | Path, answers: str = "") -> tuple[int, str, str]:
        code, out, err = run(*arguments, answers=answers)
        return code, out, " ".join(err.split())

    return joined


def line_by_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The command line in a folder, its complaints as they are; settings are set afterwards."""
    for name in [name for name in os.environ if name.startswith("MORNING_REPORT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)

    def run(*arguments: str | Path, answers: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["morning-report", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
        with _logging_kept(), pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return run


@contextmanager
def _logging_kept() -> Iterator[None]:
    """What a program sets up for itself is not left to the tests after it."""
    root = logging.getLogger()
    kept = root.level, [*root.handlers], sys.excepthook
    levels = {name: logging.getLogger(name).level for name in OURS}
    try:
        yield
    finally:
        root.setLevel(kept[0])
        root.handlers[:], sys.excepthook = kept[1], kept[2]
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        logging.captureWarnings(capture=False)
