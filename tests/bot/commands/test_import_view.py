"""What `import` tells of many questions."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.commands.import_view import ImportTally, show_table
from content.exchange.drafts import Draft


def refused(*reasons: str) -> ImportTally:
    tally = ImportTally()
    for reason in reasons:
        tally.tell("refused", Path("bank"), reason, reason)
    return tally


def test_reasons_that_differ_in_numbers_and_quotes_are_one() -> None:
    """What they have in common is shown, and N or “…” stands for what they have not."""
    tally = refused("has 3 of “a b”", "has 4 of “a b”", "has 4 of “c”", "is N of 2", "is 5 of 2")
    assert [*tally.rows()] == [
        ("taken", 0, ""),
        ("refused", 3, "has N of “…”"),
        ("refused", 1, "is N of 2"),
        ("refused", 1, "is 5 of 2"),
    ]


def test_a_table_is_no_longer_than_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    """Rare reasons are one row; of 2,000 problems a hundred have a line."""
    letters = [f"{a}{b}" for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst"]
    tally = refused(*(f"is {name}" for name in letters for _ in range(5)))
    assert len([*tally.rows()]) == 13
    assert [*tally.rows()][-1] == ("refused", 1945, "389 other reasons")
    assert capsys.readouterr().err.count("\n") == 100
    assert tally.untold() == 1900


def test_what_drafts_lack_is_counted_once_for_each() -> None:
    """However many of its places lack the same."""
    tally = ImportTally()
    lacks = ("`alt` is missing from figure 1", "`alt` is missing from figure 2", "`title` is")
    tally.take([Draft("a", "", lacks=lacks), Draft("b", "", lacks=lacks[:1])])
    assert [*tally.rows()] == [
        ("taken", 2, ""),
        ("to be completed", 2, "`alt` is missing from figure N"),
        ("to be completed", 1, "`title` is"),
    ]


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_of_80_columns_and_a_pipe_show_the_table(terminal: bool) -> None:
    """Nothing is wider than the terminal; a pipe has a line for a row, without any control."""
    file = io.StringIO()
    tally = refused(*(f"has {n} \x1b[31mwords {'that go on ' * 12}" for n in range(3)))
    show_table(tally, Console(file=file, width=80, force_terminal=terminal, color_system=None))
    lines = file.getvalue().splitlines()
    assert "\x1b[31m" not in file.getvalue()
    if terminal:
        assert max(map(len, lines)) <= 80
    else:
        assert len(lines) == 2
        assert lines[1].startswith("      3  refused: has N \ufffd[31mwords that go on")


@given(st.lists(st.text(st.sampled_from("N0a“”'\" 1"), max_size=8)))
def test_any_reasons_are_counted(reasons: list[str]) -> None:
    """All of them, in whatever kinds."""
    tally = ImportTally()
    for reason in reasons:
        tally.take([Draft("a", "", lacks=(reason,))])
    assert sum(number for part, number, _ in tally.rows() if part != "taken") == len(reasons)
