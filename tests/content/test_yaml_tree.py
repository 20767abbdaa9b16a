"""Reading YAML into marked texts."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from content.problems import Mark
from content.tree import Mapping, Scalar, child, locate, locate_key, text, to_plain
from content.yaml_source import MAX_BYTES
from content.yaml_tree import MAX_DEPTH, read_tree

PATH = Path("case.yaml")


def read(source: str | bytes) -> tuple[Mapping | None, list[str]]:
    """The tree, and the problems as ``line:column code``."""
    data = source.encode() if isinstance(source, str) else source
    root, problems = read_tree(PATH, data)
    return root, [f"{p.line}:{p.column} {p.code}" for p in problems]


def plain(source: str) -> object:
    root, problems = read(source)
    assert problems == []
    assert root is not None
    return to_plain(root)


@pytest.fixture(params=["libyaml", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(yaml, "__with_libyaml__", False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")


@pytest.mark.parametrize(
    "written", ["yes", "No", "on", "30:2", "010", "0x1F", "1e3", "1_000", "2024-01-01", ".5", "="]
)
@pytest.mark.usefixtures("_parser")
def test_scalars_stay_what_the_author_wrote(written: str) -> None:
    """Nothing is resolved into a boolean, a number or a date."""
    assert {"a": written} == plain(f"a: {written}")


@pytest.mark.usefixtures("_parser")
def test_marks_count_lines_and_characters_from_one() -> None:
    """A mark is a line and a character, also behind characters of several bytes."""
    root, _ = read("é: {水: x}\nlist:\n  - a\n  - k: v\n")
    assert root is not None
    assert Mark(1, 8) == locate(root, ("é", "水"))
    assert Mark(4, 8) == locate(root, ("list", 1, "k"))
    assert Mark(4, 5) == locate_key(root, ("list", 1, "k"))
    assert Mark(3, 3 + 2) == locate(root, ("list", 0, "nothing", "there"))


@pytest.mark.usefixtures("_parser")
def test_an_empty_value_is_absent() -> None:
    """A key without a value is as good as left out, and its own place is told."""
    root, problems = read("a:\nb: ''\nc: x\n")
    assert root is not None
    assert problems == []
    assert to_plain(root) == {"c": "x"}
    assert Mark(2, 1) == locate(root, ("b",))
    assert text(root, "a") is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: 1\nb: 2\na: 3\n", ["3:1 duplicate-key"]),
        ("a: 1\n'a': 3\n", ["2:1 duplicate-key"]),
        ("a: &x 1\n", ["1:4 anchor"]),
        ("a: &x {b: 1}\nc: *x\n", ["1:4 anchor", "2:4 alias"]),
        ("a: !!str 1\n", ["1:4 tag"]),
        ("a: !custom [1]\n", ["1:4 tag"]),
        ("a: 1\n<<: {b: 2}\n", ["2:1 merge-key"]),
        ("a: é👩🏽 in bed  #3 fell\nb: 2\n", ["1:16 comment-in-text"]),
        ("a: [b #2\r\n]\nc:\n  one\n  two #3\n", ["1:7 comment-in-text", "5:7 comment-in-text"]),
        ("a: one # two\nb: x#3\n#c: 3\nd: 'x' #e\nf: | #g\n  in bed #3\nh: #4\n  i\n", []),
        ("a: ~\nb: null\nc: [Null]\n", ["1:4 null", "2:4 null", "3:5 null"]),
        ("a: 'null'\nb: nullify\n", []),
        ("? [a]\n: b\n", ["1:3 complex-key"]),
        ("a: 1\n---\nb: 2\n", ["2:1 several-documents"]),
        ("---\na: 1\n...\n", []),
        ("- a\n", ["1:1 not-a-case"]),
        ("just words", ["1:1 not-a-case"]),
        ("*x", ["1:1 alias", "1:1 not-a-case"]),
        ("", ["1:1 empty-file"]),
        (" \n\n", ["1:1 empty-file"]),
        ("# only a comment\n", ["1:1 empty-file"]),
        ("a: [\n", ["2:1 yaml-syntax"]),
        ("a: b: c\n", ["1:5 yaml-syntax"]),
        ("a: 1\n\tb: 2\n", ["2:1 yaml-syntax"]),
        ('a: "one\nb: 2\n', ["1:4 yaml-syntax"]),
        ("a: 1\nb:2\nc: 3\n", ["2:1 yaml-syntax"]),
        ("[" * (MAX_DEPTH + 30), ["1:21 too-deep"]),
        ("a: x\x07\n", ["1:5 control-character"]),
        ('a: "x\\0"\n', ["1:4 control-character"]),
        ("a: one\u2028two\n", ["1:7 control-character"]),
        ("a: \u202eright to left\n", ["1:4 control-character"]),
        ("a: A\u030angstro\u0308m\n", []),
        ("a: x\u030a\n", ["1:5 control-character"]),
        ("\ufeffa: 1\n", ["1:1 byte-order-mark"]),
        (b"a: 1\nb: caf\xe9\n", ["2:7 encoding"]),
        ("a: 1".encode("utf-16"), ["1:1 encoding"]),
        (b"a: " + b"x" * MAX_BYTES, ["1:1 too-large"]),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_is_refused_is_told_at_its_place(source: str | bytes, expected: list[str]) -> None:
    """Each thing that YAML offers and a case does not need is a problem where it stands."""
    assert expected == read(source)[1]


QUOTES = "; put the text in quotes, or write it below `|`"
SPACES = "; indent with spaces alone: a tab stands before the first word"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("why: [1] shows it\nb: 2\n", QUOTES),
        ("a:\n  - why: *Tophi* need gout\n", QUOTES),
        ("why: 'Tophi' need gout\n", QUOTES),
        ("why: @home\n", QUOTES),
        ("a:\n  - id: x\n   b: c\n", "; indent the line as its neighbours are"),
        ("title: Lumps: years after\n", QUOTES),
        ("a: 1\n\tb: 2\n", SPACES),
        ('a: "one\nb: 2\n', "; the quotation mark that opens here is not closed"),
        ("a: 1\nb:2\nc: 3\n", "; write `key: value`, and indent a text that goes on"),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_is_no_yaml_is_told_with_what_to_do(source: str, expected: str) -> None:
    """YAML's own words help nobody who has put a quotation or a citation first in a text."""
    _, problems = read_tree(PATH, source.encode())
    assert [problem.message[problem.message.rindex(")") + 1 :] for problem in problems] == [
        expected
    ]


def test_letters_and_accents_are_composed() -> None:
    """Text comes in NFC: Telegram drops a ring above that stands apart from its letter."""
    assert plain("a: A\u030a") == {"a": "\u00c5"}


def test_twenty_levels_are_read() -> None:
    """The limit is what it says: level twenty is read."""
    depth = MAX_DEPTH - 1
    root, problems = read("a: " + "[" * (depth - 1) + "x" + "]" * (depth - 1))
    assert problems == []
    assert isinstance(child(root, "a", *[0] * (depth - 1)), Scalar)


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=300), st.text("ab:-[]{}#&*!|>'\"%@`,?\n \t~<\\0Ux", max_size=60))
)
@pytest.mark.parametrize("fast", [True, False])
def test_any_bytes_give_a_tree_or_problems(fast: bool, source: bytes | str) -> None:
    """Whatever the bytes are, there is a mapping or at least one problem, never an exception."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", fast and yaml.__with_libyaml__)
        root, problems = read(source)
    assert root is not None or problems
