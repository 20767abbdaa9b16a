"""Names and titles that strangers choose, before they are shown to others."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.base.i18n import Languages
from bot.features.shared.shown_names import (
    NAME_LENGTH,
    TITLE_LENGTH,
    harmless,
    shown_name,
    shown_title,
)
from bot.sandbox.entities.detect import detect

JOINER = "\N{WORD JOINER}"
WORDS = Languages.load().words["en"]
_TELLING = st.sampled_from(
    (
        *("@durov", "t.me/x", "example.com", "https://a.de", "#tag", "/start", "$USD", "a@b.com"),
        *("+4915112345678", "192.168.0.1", "tg://resolve?domain=x", "://", ".", "com", "@", "/"),
    )
)
_odd = st.text(st.one_of(st.characters(), st.sampled_from("\u0301\u20dd\u202e\u2066\u200b\n \x00")))
names = st.lists(st.one_of(_TELLING, _odd, st.text("ab1 .@#/+$:"))).map("".join)


def visible(name: str) -> int:
    """How many characters somebody sees side by side."""
    return sum(char != JOINER and unicodedata.category(char)[0] != "M" for char in name)


@given(names)
@example("\ud800 alone\udfff")
@example("Z" + "\u0300\u0489" * 200)
@example("1. " + "A" * 400)
@example("\U000e0041\u3164\u2800\u034f")
def test_no_name_does_harm(name: str) -> None:
    """One line, short, without directions, heaps of marks or halves of letters; it links nowhere,
    wherever it stands; and a name that was harmless stays as it is.
    """
    seen = harmless(name, NAME_LENGTH)
    assert visible(seen) <= NAME_LENGTH
    assert seen == " ".join(seen.split())
    assert {unicodedata.category(char)[0] for char in seen if char != JOINER}.isdisjoint("C")
    marks = "".join("m" if unicodedata.category(char)[0] == "M" else "." for char in seen)
    assert "mmmm" not in marks
    assert not marks.startswith("m")
    for row in (f"1. {seen} · 3 of 4", f"First to be right: {seen}", f"I am in {seen}. Bye"):
        assert detect(row, []) == []
    assert harmless(seen, NAME_LENGTH) == seen
    seen.encode()


@pytest.mark.parametrize(
    "name",
    ["Ada", "Ángela María", "Nguyễn Thị", "O'Neil-Smith", "Dr. Ada", "张伟", "עִבְרִית", "Jo 🦉"],
)
def test_a_name_stays_what_it_is(name: str) -> None:
    """Whatever people are called, and however their language marks its letters."""
    assert harmless(name, NAME_LENGTH) == name


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("Ada\n\t  Lovelace", "Ada Lovelace"),
        ("\u202eadA\u2069", "adA"),
        ("A" * 33, "A" * 31 + "…"),
        ("A" * 30 + " Bcd", "A" * 30 + "…"),
        ("\u0301Ada \u0301\u200b B", "Ada B"),
        ("@ada t.me/x 12", f"@{JOINER}ada t.{JOINER}me/{JOINER}x 1{JOINER}2"),
    ],
)
def test_what_is_left_of_a_name(name: str, seen: str) -> None:
    """What can be read; a word joiner, which nobody sees, keeps Telegram from making links."""
    assert harmless(name, NAME_LENGTH) == seen


def test_a_name_that_nobody_sees_is_told_in_words() -> None:
    """An empty place on a leaderboard would be a riddle."""
    assert shown_name("\u3164\u200b", WORDS) == "a learner"
    assert shown_title("\u2800", WORDS) == "your chat"
    assert len(shown_title("T" * 200, WORDS)) == TITLE_LENGTH
