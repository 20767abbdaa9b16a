"""The worked example of docs/formats.md, done as a teacher would."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sandbox import SandboxClient
from tests.support.seeing import given

ROOT = Path(__file__).parents[3]
SECTION = (ROOT / "docs" / "formats.md").read_text("utf-8").partition("\n## From a spreadsheet")[2]
IMPORT, CHECK, DEMO = re.findall(r"```sh\n(.*?)\n```", SECTION, re.DOTALL)
IMPORTED, CHECKED = re.findall(r"```text\n(.*?)```", SECTION, re.DOTALL)


def block(language: str) -> str:
    """What the section shows in this language."""
    found = re.search(rf"```{language}\n(.*?)```", SECTION, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Where commands run, which find this program by its name."""
    program = tmp_path / "bin" / "morning-report"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n')
    program.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
    return kept | {"PYTHONPATH": str(ROOT), "PATH": f"{program.parent}:{os.environ['PATH']}"}


async def test_a_spreadsheet_becomes_a_posted_case(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    """Each command runs and says what is shown; the bot of the demo posts the case."""

    def said(command: str) -> str:
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, check=True
        )
        assert done.stderr == b""
        return done.stdout.decode()

    (tmp_path / "lumps.csv").write_text(block("csv"), "utf-8")
    assert said(IMPORT) == IMPORTED
    draft = tmp_path / "drafts" / "hard-lumps.yaml"
    text = draft.read_text("utf-8")
    for line in block("yaml").splitlines():
        text, times = re.subn(rf"(?m)^{line.partition(':')[0]}:  #.*$", line, text)
        assert times == 1
    draft.write_text(text, "utf-8")
    assert said(CHECK) == CHECKED

    process = await asyncio.create_subprocess_shell(
        re.sub(r"(?=morning-report)", "exec ", DEMO),
        cwd=tmp_path,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        assert process.stdout is not None
        address = None
        async with asyncio.timeout(90):
            while not address:
                line = (await process.stdout.readline()).decode()
                assert line or process.returncode is None
                address = re.search(r"http://127\.0\.0\.1:\d+", line)
        async with SandboxClient(address[0]) as sandbox:
            teacher = await sandbox.person("Ada", language_code="en")
            posted = await given(teacher, "/case hard-lumps")
        assert "What are these nodules most likely to be?" in posted["poll"]["question"]
        assert "Hard lumps, years after a rash" in posted["poll"]["description"]
    finally:
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(60):
            await process.communicate()
