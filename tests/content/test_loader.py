"""Reading a case file: a case, or every problem at its place."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.loader import read_case
from content.model import Level
from content.problems import MAX_PROBLEMS
from tests.content.samples import case_data, question_data, write_case

BROKEN = Path(__file__).parent / "broken"


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_problem_of_a_broken_case_is_told_at_its_place(path: Path) -> None:
    """All problems of a file come at once, each at the line and column that its head expects."""
    expected = re.findall(r"^# expect (\d+:\d+ \S+)$", path.read_text("utf-8"), re.MULTILINE)
    file = read_case(path)
    found = [f"{p.line}:{p.column} {p.code}" for p in file.problems]
    assert sorted(expected) == sorted(found), "\n".join(map(str, file.problems))
    assert file.case is None


def test_a_legal_case_is_read(tmp_path: Path) -> None:
    """Defaults are filled in, texts that look like numbers stay texts, and numbers are numbers."""
    reference = {"title": "T", "journal": "J", "year": "2000", "volume": "010", "pages": "1e3"}
    path = write_case(tmp_path / "case.yaml", difficulty="0.60", references=[reference])
    file = read_case(path)
    assert file.problems == ()
    assert file.case is not None
    assert file.case.level is Level.RESIDENT
    assert file.case.difficulty == 0.6
    assert file.case.questions[0].shuffle is True
    assert file.case.questions[0].correct == (1,)
    assert (
        file.case.references[0].year,
        file.case.references[0].volume,
        file.case.references[0].pages,
    ) == (2000, "010", "1e3")


def test_a_text_of_one_line_is_one_line(tmp_path: Path) -> None:
    """Line breaks and runs of spaces in a title, prompt or choice become one space."""
    path = write_case(tmp_path / "case.yaml", title=" Two\n  lines ")
    case = read_case(path).case
    assert case is not None
    assert case.title == "Two lines"


@pytest.mark.parametrize(
    ("field", "longest"), [("prompt", "x" * 300), ("key_point", "**" + "x" * 200 + "**")]
)
def test_limits_are_those_of_telegram(tmp_path: Path, field: str, longest: str) -> None:
    """A text of exactly the limit passes; one character more does not. Markup does not count."""
    legal = write_case(tmp_path / "a.yaml", questions=[question_data(**{field: longest})])
    beyond = write_case(tmp_path / "b.yaml", questions=[question_data(**{field: "x" + longest})])
    assert read_case(legal).problems == ()
    assert [p.code for p in read_case(beyond).problems] == ["too-long"]


@pytest.mark.parametrize(
    ("key_point", "codes"), [("a\n\nb", []), ("a\n\nb\n\nc", ["key-point-lines"])]
)
def test_a_key_point_has_two_line_feeds_at_most(
    tmp_path: Path, key_point: str, codes: list[str]
) -> None:
    """Telegram takes two line feeds in a poll's explanation: one new paragraph."""
    path = write_case(tmp_path / "a.yaml", questions=[question_data(key_point=key_point)])
    assert [p.code for p in read_case(path).problems] == codes


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """Nothing, a folder or a pipe in its place is told like any other problem, at once."""
    os.mkfifo(tmp_path / "pipe.yaml")
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / "pipe.yaml"):
        assert [p.code for p in read_case(path).problems] == ["unreadable"]


def test_problems_are_no_more_than_a_person_can_read(tmp_path: Path) -> None:
    """A file that is wrong everywhere is not answered with a flood."""
    path = tmp_path / "case.yaml"
    path.write_text("".join(f"key{n}: 1\n" for n in range(5000)), "utf-8")
    problems = read_case(path).problems
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].code == "too-many-problems"


keys = st.sampled_from(
    ["id", "title", "topics", "level", "vignette", "questions", "prompt", "choices", "text", "why",
     "correct", "key_point", "figures", "file", "references", "year", "review", "on", "lint",
     "ignore", "x"]
)  # fmt: skip
scalars = st.one_of(
    st.sampled_from(
        ["a", "true", "no", "~", "0", "-1", "2000", "1e9", "[9]", "2020-02-30", "unknown"]
    ),
    st.text("ab[](){}*&!|>\n:#%@`\"' .\\/~-", max_size=8),
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
    max_leaves=12,
)


def as_flow(tree: object) -> str:
    """YAML's flow style, with scalars as they come: often broken, and that is the point."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {as_flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(as_flow, tree)) + "]"
    return str(tree)


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=trees | st.fixed_dictionaries({}, optional=dict.fromkeys(case_data(), trees)))
def test_any_yaml_gives_a_case_or_problems(tmp_path: Path, tree: object) -> None:
    """Whatever shape a file has, reading it ends in a case or in problems, never a traceback."""
    path = tmp_path / "case.yaml"
    path.write_bytes(as_flow(tree).encode())
    file = read_case(path)
    assert (file.case is None) == bool(file.problems)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=st.fixed_dictionaries({}, optional=dict.fromkeys(case_data(), trees)))
def test_any_data_in_a_legal_case_gives_a_case_or_problems(tmp_path: Path, tree: object) -> None:
    """A legal case with any of its parts replaced is a case or has problems inside the file."""
    assert isinstance(tree, dict)
    path = write_case(tmp_path / "case.yaml", **tree)
    file = read_case(path)
    assert (file.case is None) == bool(file.problems)
    assert all(problem.line == 1 for problem in file.problems)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_case_or_problems(tmp_path: Path, data: bytes) -> None:
    """Reading any bytes ends in a case or in problems, never a traceback."""
    path = tmp_path / "case.yaml"
    path.write_bytes(data)
    assert read_case(path).problems != ()


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (("Gout *", "Gout", "Urate"), ["equal-choices"]),
        (("Gout", "Urate", "gout  *"), ["equal-choices"]),
        (("Gout *", "Go\u200but", "Urate"), ["equal-choices"]),
        (("Gout", "Urate", "Gout. *"), ["equal-choices"]),
        (("5 \u00b5g *", "5 \u03bcg", "5 mg"), ["equal-choices"]),
        (("Sj\u00f6gren disease *", "Sjo\u0308gren disease", "Lupus"), ["equal-choices"]),
        (("Anti-Ro *", "Anti\u2011Ro", "Anti-La"), ["equal-choices"]),
        (("Crohn's disease *", "Crohn\u2019s disease", "Sprue"), ["equal-choices"]),
        (("Anti-C *", "Anti-c", "Anti-E", "Anti-e"), []),
        (("AA", "Aa *", "aa"), []),
        (("Gout", "gout", "Urate *"), []),
        (("Gout *", "Gout *", "Urate"), []),
        (("10\u2079/L *", "109/L", "10/L"), []),
        (("Gout *", "Urate *"), ["all-correct"]),
        (("Gout *", "Gout *"), ["all-correct"]),
        (("Gout", "Urate"), ["correct-missing"]),
    ],
)
def test_choices_that_make_an_answer_a_matter_of_luck(
    tmp_path: Path, choices: tuple[str, ...], expected: list[str]
) -> None:
    """One of two equal ones right, all right, none right; ``*`` marks a right one."""
    texts = [
        {"text": choice.removesuffix(" *"), "correct": str(choice.endswith("*")).lower()}
        for choice in choices
    ]
    path = write_case(tmp_path / "a.yaml", questions=[question_data(choices=texts)])
    read = read_case(path)
    assert [problem.code for problem in read.problems] == expected
    assert (read.case is None) == bool(expected)
