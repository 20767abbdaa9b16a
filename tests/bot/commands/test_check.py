"""The options of `check`, and what it shows in a terminal."""

import io
import os
import signal
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.commands import check
from bot.commands.check_view import progress_bar, show_explanation, show_report, show_rules
from bot.commands.ending import ended_by_signals
from bot.commands.terminal import app
from content.check import Report, check_paths
from content.lint.explaining import explain
from content.lint.registry import RULES
from content.phrases import phrase
from content.problems import Problem, Severity
from tests.content.lint.reading import CASE, QUESTION
from tests.content.samples import write_case


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and what is printed, to a pipe."""
    done = CliRunner().invoke(app, [check.check.__name__, *arguments], env={"COLUMNS": "80"})
    return done.exit_code, done.output


def terminal() -> tuple[Console, io.StringIO]:
    """A narrow terminal in colour, and what appears on it."""
    screen = io.StringIO()
    return Console(file=screen, force_terminal=True, color_system="standard", width=50), screen


@pytest.fixture
def flawed(tmp_path: Path) -> Path:
    """A case with a negative prompt and a name in the vignette, in a file of another name."""
    question = QUESTION | {"prompt": "Which of these is NOT a cause of the lumps?"}
    changes = {"questions": [question], "vignette": "Mrs. Miller, 64, has hard lumps."}
    return write_case(tmp_path / "another.yaml", **CASE | changes)


def test_rules_are_selected_and_ignored(flawed: Path) -> None:
    """In lists and one by one; what is left is printed, and warnings do not fail."""
    code, printed = run(str(flawed), "--select", "file-name,negative-lead-in", "--ignore=file-name")
    assert code == 0
    assert printed.count("(warning)") == 1
    assert " negative-lead-in " in printed
    everything = run(str(flawed))[1]
    for name in ("negative-lead-in", "identifying-detail", "file-name"):
        assert f" {name} " in everything
    assert (
        run(str(flawed), "--ignore", "negative-lead-in", "--ignore", "no-vignette,file-name")[
            1
        ].count("(warning)")
        == 1
    )


def test_a_selection_hides_no_error(flawed: Path) -> None:
    """What would break a post is always told."""
    flawed.write_text(flawed.read_text("utf-8").replace('"resident"', '"professor"'), "utf-8")
    code, printed = run(str(flawed), "--select", "k-type")
    assert code == 1
    assert "wrong-value" in printed
    assert "1 error\n" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--select", "negative-leadin"], "did you mean negative-lead-in?"),
        (["--ignore", "reference-missing"], "cannot be ignored"),
        (["--explain", "nul"], "did you mean null?"),
    ],
)
def test_a_wrong_name_is_wrong_use(arguments: list[str], said: str) -> None:
    """One sentence, and exit code 2."""
    code, printed = run(*arguments)
    assert code == 2
    assert said in printed
    assert "Traceback" not in printed


def test_a_rule_is_explained() -> None:
    """Why, by whom, and both examples word for word."""
    code, printed = run("--explain", "negative-lead-in")
    assert code == 0
    rule = RULES["negative-lead-in"]
    for line in (rule.bad + rule.good).strip().splitlines():
        assert line in printed
    assert "Source: " in printed
    assert "\x1b" not in printed
    assert run("--explain", "consent-unknown")[0] == 0


def test_all_rules_are_listed_a_line_each() -> None:
    """With their severity and what they find, also for a pipe."""
    code, printed = run("--rules")
    assert code == 0
    assert [line.split()[0] for line in printed.splitlines()] == list(RULES)


def test_a_terminal_shows_colour_and_a_summary(flawed: Path) -> None:
    """Each problem keeps to one line that begins with its place; then come counts and a hint."""
    console, screen = terminal()
    report = check_paths([flawed])
    show_report(report, console)
    printed = screen.getvalue()
    assert "\x1b[33m" in printed
    plain = Console(file=io.StringIO(), width=50)
    show_report(report, plain)
    assert isinstance(plain.file, io.StringIO)
    lines = plain.file.getvalue().splitlines()
    assert [line for line in lines if line.startswith(str(flawed))] == [
        f"{problem} (warning)" for problem in report.problems
    ]
    assert f"1 file checked: {len(report.problems)} warnings" in lines
    assert lines[-1].startswith("To learn why and what to do: morning-report check --explain ")


def test_the_hint_names_the_gravest_problem() -> None:
    """An error before a note that stands above it; markup in a message stays text."""
    note = Problem(
        Path("a.yaml"), 1, 1, "vignette-length", Severity.NOTE, phrase("[bold]long[/bold]")
    )
    error = Problem(Path("b.yaml"), 1, 1, "null", Severity.ERROR, phrase("x"))
    console, screen = terminal()
    show_report(Report((note, error), 2, 1), console)
    assert "--explain null" in screen.getvalue()
    assert "[bold]long[/bold]" in screen.getvalue()


def test_explanations_and_rules_fit_a_terminal() -> None:
    """YAML is coloured, its words stay as they are."""
    console, screen = terminal()
    show_explanation(explain("k-type"), console)
    show_rules(console)
    assert "k-type" in screen.getvalue()
    assert "\x1b[" in screen.getvalue()


def test_the_progress_bar_is_for_many_files_in_a_terminal() -> None:
    """Few files, or a pipe, get none."""
    console, screen = terminal()
    with progress_bar(console) as told:
        told(1, 3)
        told(3, 3)
    assert screen.getvalue() == ""
    pipe = io.StringIO()
    with progress_bar(Console(file=pipe)) as told:
        told(1, 5000)
    assert pipe.getvalue() == ""
    with progress_bar(console) as told:
        told(1, 5000)
        told(5000, 5000)
    assert "5000/5000" in screen.getvalue()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_check_can_be_ended_while_it_works(number: signal.Signals) -> None:
    """What it has open is put away, a second signal does not disturb that, and it exits with 0."""
    before = signal.getsignal(number)
    put_away: list[str] = []

    def work() -> None:
        with ended_by_signals():
            try:
                os.kill(os.getpid(), number)
            finally:
                os.kill(os.getpid(), number)
                put_away.append("bar")

    with pytest.raises(SystemExit) as ended:
        work()
    assert (ended.value.code, put_away) == (0, ["bar"])
    assert signal.getsignal(number) is before
