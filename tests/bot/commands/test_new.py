"""`new`, as a person types it."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from content.loader import read_case
from content.new_case import Said, new_case
from tests.support.command_line import Run, command_line

WHOLE = [
    *("new", "hard-lumps", "--title", "Lumps for years", "--topic", "rheumatology"),
    *("--topic", "skin", "--level", "student", "--vignette", "A woman of 64 has lumps."),
    *("--prompt", "What are they?", "--choice", "Fat", "--choice", "Calcium", "--correct", "2"),
    *("--key-point", "Hard is calcium.", "--author", "A Clinician", "--licence", "CC0-1.0"),
]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in an empty folder, with these answers: exit code, output, errors."""
    return command_line(tmp_path, monkeypatch, capsys)


def test_options_make_a_whole_case(run: Run, tmp_path: Path) -> None:
    """With all said nothing is asked, the file is a case, and what comes next is told."""
    code, out, err = run(*WHOLE, "--to", "cases")
    assert (code, err) == (0, "")
    assert "Left to fill in" not in out
    path = Path("cases/hard-lumps.yaml")
    assert f"    morning-report check {path}\n    morning-report preview {path}\n" in out
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "case.schema.json",
        "hard-lumps.yaml",
    ]
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=case.schema.json\n")
    file = read_case(path)
    assert [str(problem) for problem in file.problems] == []
    assert file.case
    assert (file.case.topics, file.case.questions[0].correct) == (("rheumatology", "skin"), (1,))
    assert run("check", "cases")[0] == 0


def test_answers_make_a_whole_case(run: Run) -> None:
    """What cannot stand in a case is asked again, with the reason; an id is made of the title."""
    Path("lumps-for-years.yaml").write_text("mine", "utf-8")
    answers = {
        "Title": ["x" * 129, "Lumps for years"],
        "Id": ["", "Hard Lumps", "hard-lumps"],
        "Topics": ["skin, Skin", "Rheumatology, chest pain"],
        "Level": ["professor", "resident"],
        "Vignette": ["A woman of 64 has lumps."],
        "Question": ["What are they?"],
        "Choice 1": ["Fat"],
        "Choice 2": ["y" * 101, "Calcium"],
        "Choice 3": [""],
        "Numbers": ["the second", "3", "2"],
        "Key point": ["Hard is calcium."],
        "Author": ["A Clinician, MD"],
        "Licence": ["CC BY", "CC-BY-4.0"],
    }
    given = "".join(f"{answer}\n" for each in answers.values() for answer in each)
    code, out, err = run("new", answers=given)
    assert code == 0
    for told in (
        "title is 129 characters long",
        "lumps-for-years.yaml is there already",
        "id is 'Hard Lumps', but must be kebab-case",
        "skin is named twice",
        "level is 'professor'",
        "text is 101 characters long",
        "give numbers",
        "there is no choice 3",
        "licence is 'CC BY'",
    ):
        assert told in err
    assert [out.count(f"{question}") for question in ("Choice 2:", "Numbers of")] == [2, 3]
    case = read_case(Path("hard-lumps.yaml")).case
    assert case
    assert (case.topics, case.level) == (("rheumatology", "chest-pain"), "resident")
    assert [choice.text for choice in case.questions[0].choices] == ["Fat", "Calcium"]
    assert case.questions[0].correct == (1,)
    assert case.authors == ("A Clinician, MD",)
    assert Path("lumps-for-years.yaml").read_text("utf-8") == "mine"


def test_what_is_not_said_is_left_to_fill_in(run: Run) -> None:
    """A title is enough; each place that is still empty is told with its line."""
    code, out, _ = run("new", "--title", "Lumps for years", "--no-input")
    assert code == 0
    path = Path("lumps-for-years.yaml")
    lines = path.read_text("utf-8").splitlines()
    problems = read_case(path).problems
    assert problems
    for problem in problems:
        assert f"    line {problem.line}: {problem.message}\n" in out
        key = lines[problem.line - 1].split("#")[0].strip().removeprefix("- ")
        assert key in {"topics:", "level:", "vignette:", "prompt:", "text:", "key_point:"} | {
            "authors:",
            "licence:",
            "id: question",
        }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--no-input",), 2, "give an ID or a --title"),
        (("Hard Lumps",), 2, "id is 'Hard Lumps', but must be kebab-case"),
        (("x", "--choice", "a", "--choice", "b", "--correct", "3"), 2, "there is no choice 3"),
        (("x", "--level", "boss"), 2, "boss"),
        (("taken",), 1, "taken.yaml is there already; --force overwrites it"),
        (("x", "--no-input", "--to", "taken.yaml"), 1, "cannot be written"),
        (("x", "--title", "y"), 1, "nothing was written"),
    ],
)
def test_a_mistake_ends_in_a_sentence(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    """Before anything is asked where it can be; an end of the answers (Ctrl-D) writes nothing."""
    (tmp_path / "taken.yaml").write_text("mine", "utf-8")
    ended, _, err = run("new", *arguments)
    assert (ended, True) == (code, said in err)
    assert [path.name for path in tmp_path.iterdir()] == ["taken.yaml"]
    assert (tmp_path / "taken.yaml").read_text("utf-8") == "mine"


def test_force_overwrites(run: Run, tmp_path: Path) -> None:
    """The old file goes, and the schema beside it stays."""
    (tmp_path / "hard-lumps.yaml").write_text("mine", "utf-8")
    (tmp_path / "case.schema.json").write_text("{}", "utf-8")
    assert run(*WHOLE, "--no-input", "--force")[0] == 0
    assert read_case(tmp_path / "hard-lumps.yaml").case
    assert (tmp_path / "case.schema.json").read_text("utf-8") == "{}"


def test_the_examples_in_the_comments_hold(tmp_path: Path) -> None:
    """An author who takes the # from the figure and the discussion has legal keys of a case."""
    said = Said("x", "T", ("a",), "student", "S", "P?", ("a", "b"), (1,), "K", ("A",), "CC0-1.0")
    starts: tuple[str, ...]
    starts = ("figures:", "  - file", "    caption", "    alt", "    creator", "    licence")
    starts += ("    consent", "discussion:", "  - heading", "    text", "      Why", "references:")
    starts += ("  - authors", "    title", "    journal", "    year", "    volume", "    pages")
    starts += ("    doi",)
    lines = [
        line.removeprefix("# ") if line.removeprefix("# ").startswith(starts) else line
        for line in new_case(said).splitlines()
    ]
    (tmp_path / "x.yaml").write_text("\n".join(lines), "utf-8")
    assert [problem.code for problem in read_case(tmp_path / "x.yaml").problems] == [
        "figure-missing"
    ]
    assert sum(line.startswith("# ") for line in lines) < new_case(said).count("\n# ") - 15


@pytest.mark.parametrize(("key", "code", "said"), [("C", 0, "Nothing"), ("D", 1, "ended")])
def test_a_terminal_s_keys_end_the_questions(
    tmp_path: Path, key: str, code: int, said: str
) -> None:
    """Ctrl-C and Ctrl-D: a sentence, no traceback, and no file."""
    ours, theirs = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("MORNING_REPORT_")}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "new", "--title", "Lumps"],
        cwd=tmp_path,
        env={**clean, "PYTHONPATH": str(Path(__file__).parents[3])},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = _until(ours, b"Id, ")
        for _ in range(10):
            # A person would press it again, too: a signal just before a read begins is not seen.
            os.write(ours, b"\x04") if key == "D" else process.send_signal(signal.SIGINT)
            shown += _until(ours, b"", patience=5)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=5)
                break
        assert process.poll() == code
    assert said in shown.decode()
    assert "Traceback" not in shown.decode()
    assert list(tmp_path.iterdir()) == []


def _until(terminal: int, sign: bytes, patience: float = 60) -> bytes:
    """What a terminal shows, up to this sign or the end; no longer than ``patience`` seconds."""
    shown = b""
    bound = time.monotonic() + patience
    while not sign or sign not in shown:
        left = bound - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            assert not sign, shown
            return shown
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux's way of saying that nobody is there any more
            return shown
        if not part:
            return shown
        shown += part
    return shown
