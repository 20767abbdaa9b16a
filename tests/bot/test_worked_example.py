"""The worked example for authors in CONTRIBUTING, done as a new author would."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.bot.test_cli import EXAMPLE, ROOT, morning_report

SECTION = (
    (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Authoring")[2].partition("\n## ")[0]
)


def commands() -> list[list[str]]:
    """The commands that the section shows in its fenced blocks, without the program's name."""
    blocks = re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    return [shlex.split(line)[1:] for line in lines]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the author works, with the case that `new` began."""
    done = morning_report(*commands()[0], folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path


def test_check_says_what_the_example_shows(folder: Path) -> None:
    """The flaws of the weak question are those printed, at their places."""
    shown = re.search(r"```text\n(.*?)```", SECTION, re.DOTALL)
    assert shown is not None
    assert morning_report("check", "my-cases", folder=folder).stdout == shown[1]


def test_the_mended_case_goes_out_and_comes_back_as_a_draft(folder: Path) -> None:
    """The case of the guide is clean; exported and imported, it is refused until it is filled."""
    shutil.copy(EXAMPLE, folder / "my-cases" / "hard-lumps.yaml")
    assert "no problems" in morning_report("check", "my-cases", folder=folder).stdout
    for command in commands()[1:]:
        done = morning_report(*command, folder=folder)
        assert done.returncode == 0, done.stderr
    refused = morning_report("check", "drafts", folder=folder)
    assert refused.returncode == 1
    assert "`level` is missing" in refused.stdout
