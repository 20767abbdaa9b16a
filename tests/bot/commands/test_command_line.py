"""The command line, as a person types it."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import httpx
import pytest

from bot.commands import run
from content.library import SHIPPED, case_paths
from content.topics import TABLE
from tests.support.command_line import Run, line_by_line

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "tests" / "content" / "example-case.yaml"


def clean_environment() -> dict[str, str]:
    """The environment without any setting of the program's."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
    return {**clean, "PYTHONPATH": str(ROOT)}


def morning_report(
    *arguments: str,
    folder: Path,
    environment: Mapping[str, str] = MappingProxyType({}),
    output: int | IO[bytes] = subprocess.PIPE,
) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder, with no settings but those given."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env={**clean_environment(), "COLUMNS": "100", "NO_COLOR": "1", **environment},
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """The program in this process, where no more than what it says matters: that is quicker."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    return line_by_line(tmp_path, monkeypatch, capsys)


def test_run_without_a_token_says_what_to_do(tmp_path: Path) -> None:
    """One screen: where a token comes from, where it goes, and how to try without."""
    done = morning_report("run", folder=tmp_path)
    assert done.returncode == 1
    for wanted in ("BotFather", "MORNING_REPORT_TOKEN", "make demo"):
        assert wanted in done.stderr
    assert len(done.stderr.splitlines()) <= 24
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "program", [("-m", "bot"), (Path(sys.executable).parent / "morning-report",)]
)
def test_it_tells_its_version(tmp_path: Path, program: tuple[str, ...]) -> None:
    """That of the package that is installed, which is the one in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    done = subprocess.run(
        [sys.executable, *program, "--version"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"morning-report {project['version']}\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("form", "token"), [("console", {}), ("json", {"MORNING_REPORT_TOKEN": "1:hush"})]
)
def test_run_warns_of_what_is_set_in_vain(tmp_path: Path, form: str, token: dict[str, str]) -> None:
    """Whatever becomes of the start: data that somebody promised to delete would be kept."""
    (tmp_path / ".env").write_text("MORNING_REPORT_KEEP_ANSWER_DAYS=4567\n")
    mistyped = {"MORNING_REPORT_TOKN": "1:hush", "MORNING_REPORT_WATCH": "poll"}
    nowhere = {"MORNING_REPORT_DATABASE": "/dev/null/bot.db", "MORNING_REPORT_LOG_FORMAT": form}
    done = morning_report("run", folder=tmp_path, environment=mistyped | nowhere | token)
    assert done.returncode == 1
    for wanted in (
        "KEEP_ANSWER_DAYS is no setting, and does nothing; did you mean"
        " MORNING_REPORT_KEEP_ANSWERS_DAYS?",
        "MORNING_REPORT_TOKN is no setting, and does nothing; did you mean MORNING_REPORT_TOKEN?",
        "MORNING_REPORT_WATCH=poll is the same as on now",
    ):
        (line,) = (line for line in done.stderr.splitlines() if wanted in line)
        assert "WARNING" in line
    assert "hush" not in done.stderr
    assert "4567" not in done.stderr


def test_the_doctor_shows_what_is_set_in_vain(here: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a warning, which alone is no failure; nothing else is said of settings then."""
    monkeypatch.setenv("MORNING_REPORT_KEEP_PERSON_DAYS", "4567")
    _, out, err = here("doctor")
    found = [line for line in out.splitlines() if " settings " in line]
    assert [line.split()[0] for line in found] == ["warning"]
    assert found[0].endswith("-> did you mean MORNING_REPORT_KEEP_PEOPLE_DAYS?")
    assert "4567" not in out + err


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"MORNING_REPORT_API_URL": "nonsense"}, "MORNING_REPORT_API_URL: must be an address"),
        ({"MORNING_REPORT_TOKEN_FILE": "missing"}, "which cannot be read"),
        (
            {"MORNING_REPORT_TOKEN": "1:x", "MORNING_REPORT_DATABASE": "/dev/null/bot.db"},
            "cannot make the folder /dev/null",
        ),
    ],
)
def test_a_user_s_mistake_ends_in_a_sentence(
    tmp_path: Path, environment: dict[str, str], expected: str
) -> None:
    """What is wrong and where, exit code 1, and no traceback."""
    done = morning_report("run", folder=tmp_path, environment=environment)
    assert done.returncode == 1
    assert expected in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "no token is set"),
        ({"MORNING_REPORT_ADMINS": "me"}, "must be Telegram ids"),
        ({"MORNING_REPORT_TOKEN": "1:x", "MORNING_REPORT_DATABASE": "/dev/null/bot.db"}, "folder"),
    ],
)
def test_whoever_collects_json_is_told_in_json(
    tmp_path: Path, environment: dict[str, str], expected: str
) -> None:
    """Why the bot does not start is the last line of its log, though settings cannot be used."""
    (tmp_path / ".env").write_text("MORNING_REPORT_LOG_FORMAT=json")
    done = morning_report("run", folder=tmp_path, environment=environment)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert (done.returncode, lines[-1]["level"]) == (1, "CRITICAL")
    assert expected in lines[-1]["message"]
    assert "trace" not in lines[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk to write to")
@pytest.mark.parametrize("arguments", [("check",), ("schema",), ("doctor",)])
def test_output_that_finds_no_room_ends_in_a_sentence(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """A log on a full disk does, just when somebody calls the doctor for that."""
    with Path("/dev/full").open("wb") as full:
        done = morning_report(*arguments, folder=tmp_path, output=full)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: the output cannot be written: No space left")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [("restore",), ("answers", "--to"), ("check",)])
def test_a_path_that_cannot_be_looked_at_ends_in_a_sentence(
    here: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """The path and what the system says, and no traceback; a longer name than there can be does."""
    (tmp_path / "morning-report.db").touch()
    name = 300 * "x"
    code, _, err = here(*arguments, name)
    assert code == 1
    assert name in err.replace("\n", "")
    assert "File name too long" in err


def test_check_passes_the_shipped_cases(
    here: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a path it checks what is shipped, and what the settings add."""
    code, _, err = here("check")
    assert (code, err) == (0, "")
    shipped = len([*case_paths(SHIPPED)[0], TABLE])
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(EXAMPLE, own / "hard-lumps.yaml")
    monkeypatch.setenv("MORNING_REPORT_CONTENT", str(own))
    for switch, files in (("on", shipped + 1), ("off", 1)):
        monkeypatch.setenv("MORNING_REPORT_SHIPPED_CASES", switch)
        _, out, _ = here("check", "--format", "json")
        assert json.loads(out)["files"] == files


def test_check_prints_each_problem_at_its_line(here: Run, tmp_path: Path) -> None:
    """A broken case: exit code 1, and `file:line:column: code message` for each problem."""
    broken = EXAMPLE.read_text("utf-8").replace("level: student", "level: professor")
    (tmp_path / "hard-lumps.yaml").write_text(broken.replace("[2]", "[3]"), "utf-8")
    line = 1 + broken.splitlines().index("level: professor")
    code, out, _ = here("check", ".")
    assert code == 1
    assert f"hard-lumps.yaml:{line}:8: " in out
    assert "reference-missing" in out
    found = json.loads(here("check", ".", "--format", "json")[1])
    assert line in [problem["line"] for problem in found["problems"]]
    _, github, _ = here("check", ".", "--format", "github")
    assert f"line={line}," in github
    assert github.startswith("::error ")


@pytest.mark.parametrize(
    "arguments", [("check", "nowhere"), ("check", "--format", "pdf"), ("fly",)]
)
def test_wrong_use_exits_with_2(here: Run, arguments: tuple[str, ...]) -> None:
    """A path that does not exist, an unknown format, an unknown command."""
    code, _, _ = here(*arguments)
    assert code == 2


def test_help_lists_the_commands_as_the_readme_does(here: Run) -> None:
    """First what a newcomer needs, and no command that one of the two leaves out."""
    documented = re.findall(r"^    morning-report ([a-z]+)", _commands_of_readme(), re.MULTILINE)
    _, shown, _ = here("--help")
    assert re.findall(r"^│ ([a-z]+) ", shown, re.MULTILINE) == documented


def _commands_of_readme() -> str:
    text = (ROOT / "README.md").read_text("utf-8")
    return text.partition("\n## Commands\n")[2].partition("\n## ")[0]


def test_schema_is_json_schema(here: Run) -> None:
    """`schema` prints what the shipped cases name for editors."""
    _, out, _ = here("schema")
    shipped = ROOT / "content" / "cases" / "case.schema.json"
    assert json.loads(out) == json.loads(shipped.read_text("utf-8"))


def test_a_port_in_use_is_explained(tmp_path: Path) -> None:
    """The sandbox says that the port is taken, and what to do."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = morning_report("sandbox", "--port", port, folder=tmp_path)
    assert done.returncode == 1
    assert port in done.stderr
    assert "Traceback" not in done.stderr


def test_port_0_takes_any_that_is_free(tmp_path: Path) -> None:
    """The sandbox says where it is, and answers there."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", "0"],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:[1-9]\d*", process.stdout.readline())
        assert found is not None
        assert httpx.get(f"{found[0]}/sandbox/people").json() == {"people": []}
        process.terminate()
        assert process.wait(60) == 0


def catches(process: subprocess.Popen[str], number: signal.Signals) -> bool:
    """Whether a process has a handler for a signal, as Linux tells."""
    status = Path(f"/proc/{process.pid}/status").read_text("ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux's /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("later", [0.0, 0.3, 0.6])
def test_it_can_be_ended_while_it_starts(
    tmp_path: Path, number: signal.Signals, later: float
) -> None:
    """While it is still importing itself, Ctrl-C and SIGTERM end it quietly with 0."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        bound = time.monotonic() + 60
        while not catches(process, signal.SIGTERM):
            assert time.monotonic() < bound
            time.sleep(0.001)
        time.sleep(later)  # the moments differ; none is waited for
        process.send_signal(number)
        _, complaints = process.communicate(timeout=60)
    assert (process.returncode, complaints) == (0, "")


def test_the_bot_ends_in_a_sentence_at_a_path_it_may_not_look_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As every other command does."""

    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "/locked/token")

    monkeypatch.setattr(run, "read_settings", refuse)
    with pytest.raises(SystemExit) as end:
        run.run()
    assert end.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: /locked/token: Permission denied; mend the path")
