"""The worked example for authors in CONTRIBUTING, done as a new author would."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.bot.commands.test_command_line import EXAMPLE, ROOT
from tests.support.command_line import Run, command_line

SECTION = (
    (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Authoring")[2].partition("\n## ")[0]
)


def commands() -> list[list[str]]:
    """The commands that the section shows in its fenced blocks, without the program's name."""
    blocks = re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line where the author works, with the case that `new` began."""
    run = command_line(tmp_path, monkeypatch, capsys)
    code, _, err = run(*commands()[0])
    assert (code, err) == (0, "")
    return run


def test_check_says_what_the_example_shows(run: Run) -> None:
    """The flaws of the weak question are those printed, at their places."""
    shown = re.search(r"```text\n(.*?)```", SECTION, re.DOTALL)
    assert shown is not None
    assert run("check", "my-cases")[1] == shown[1]


def test_the_mended_case_goes_out_and_comes_back_as_a_draft(run: Run) -> None:
    """The case of the guide is clean; exported and imported, it is refused until it is filled."""
    shutil.copy(EXAMPLE, Path("my-cases", "hard-lumps.yaml"))
    assert "no problems" in run("check", "my-cases")[1]
    for command in commands()[1:]:
        code, _, err = run(*command)
        assert code == 0, err
    code, out, _ = run("check", "drafts")
    assert (code, "`level` is missing" in out) == (1, True)
