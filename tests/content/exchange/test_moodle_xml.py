"""Moodle XML."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange import xml_tree
from content.exchange.item import Item, ItemChoice, Picture, Reading
from content.exchange.moodle_xml import read, write
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled
from tests.content.exchange.pictures import GREY, from_gif, pictures

SAMPLE = Path(__file__).parent / "samples" / "moodle.xml"


banks = st.lists(
    st.builds(
        lambda item, shuffle, shown: replace(
            item, name=item.name or "n", shuffle=shuffle, pictures=shown
        ),
        items(),
        st.booleans(),
        pictures,
    ),
    max_size=2,
)


def test_pictures_of_markdown_that_do_not_end_take_no_time() -> None:
    """They would be gone through for hours."""
    text = "![a](" * 100_000
    source = (
        '<quiz><question type="multichoice"><questiontext format="markdown"><text>'
        f'{text}</text></questiontext><answer fraction="100"><text>x</text></answer>'
        "</question></quiz>"
    )
    (item,) = read(source.encode()).items
    assert item.stem == text


@given(banks)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(bank: list[Item]) -> None:
    """All of an item is there again; Moodle wants a name, so that none stays without."""
    assert Reading(tuple(bank)) == read(write(bank))


def test_each_feature_of_the_format_is_read() -> None:
    """An exported file with categories, files, tags, weights and every format of text."""
    reading = read(SAMPLE.read_bytes())
    assert reading.items == (
        Item(
            stem="A woman of **81** fainted. Her pulse is 34/min.\n\nWhat is it?",
            choices=(
                ItemChoice("Complete heart block", True, "No P wave is conducted."),
                ItemChoice("Sinus bradycardia", False),
            ),
            name="Slow pulse",
            feedback="P waves and QRS complexes go their *own* ways.",
            tags=("ecg", "heart block"),
            category="Cardiology/Rhythm",
            pictures=(Picture("my-strip.png", GREY, "A rhythm strip"),),
        ),
        Item(
            stem="Which **two** slow the node?",
            choices=(
                ItemChoice("Verapamil *oral*", True, "Yes"),
                ItemChoice("Atropine \\*2 < 3\\*", False),
                ItemChoice("Digoxin\\\nold drug", True),
            ),
            name="Which two?",
            multiple=True,
            shuffle=False,
            category="Cardiology/Rhythm",
        ),
        Item(
            stem="Old & gone",
            choices=(ItemChoice("Yes", True), ItemChoice("No", False)),
            name="Before Moodle 2",
            shuffle=False,
            pictures=(Picture("map.png", from_gif()),),
        ),
        Item(
            stem="Is it so?",
            choices=(ItemChoice("true", True, "It is."), ItemChoice("false", False)),
            name="True?",
            shuffle=False,
        ),
    )
    assert [item.line for item in reading.items] == [10, 41, 59, 68]
    assert [str(skipped) for skipped in reading.skipped] == [
        "line 52: “Half right”: gives 50% for “Half”; a choice is right or wrong",
        "line 67: “Write”: is an essay question",
        "line 69: “Sums”: is a question of the type “stack”",
    ]
    assert list(reading.notes) == [
        "line 10: its hints were left out",
        "line 41: its picture https://example.org/map.png lies on the web, not here",
        "line 59: the line through crossed-out text was left out",
        "line 59: pictures beside its stem were left out",
        "line 26: the correctfeedback “Your answer is correct.” has no place in a case"
        " (in 2 questions)",
        "line 28: the incorrectfeedback “Your answer is incorrect.” has no place in a case",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no element found"),
        (b"<quiz><question>", "no element found"),
        (b"<p>&nbsp;</p>", "undefined entity"),
        (b"<html></html>", "this is not Moodle XML"),
        (b'<!DOCTYPE q [<!ENTITY e SYSTEM "file:///etc/passwd">]><quiz>&e;</quiz>', "entities"),
        (b'<!DOCTYPE q [<!ENTITY % e SYSTEM "file:///etc/passwd"> %e;]><quiz/>', "entities"),
        (b'<!DOCTYPE q [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><quiz>&c;</quiz>', "entities"),
        (b"<a>" * 200 + b"</a>" * 200, "levels deep"),
        (b'<!DOCTYPE q SYSTEM "http://x.org/q.dtd"><quiz/>', "other files"),
        (b" " * 50_000_001, "larger than 50 MB"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, said: str) -> None:
    """Broken, foreign or hostile XML gives one reason, opens no file and takes no time."""
    reading = read(data)
    assert reading.items == ()
    (skipped,) = reading.skipped
    assert said in skipped.reason


def test_a_file_of_too_many_elements_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stops at the bound, and says so."""
    monkeypatch.setattr(xml_tree, "MAX_ELEMENTS", 1000)
    (skipped,) = read(b"<quiz>\n" + b"<a/>" * 1000).skipped
    assert "line 2: more than 1,000 elements; split the file" in skipped.reason


def _mended() -> Iterator[tuple[bytes, str]]:
    whole = "<quiz><question type='multichoice'><questiontext><text>{}</text></questiontext>{}"
    answer = "<answer fraction='100'><text>a</text></answer></question></quiz>"
    source = whole.format("Où ?", answer)
    yield ("\n\n<?xml version='1.0'?>" + source).encode(), "Où ?"
    yield source.encode("utf-8-sig"), "Où ?"
    yield source.encode("utf-16"), "Où ?"
    yield source.encode("cp1252"), "Où ?"
    yield f"<?xml version='1.0' encoding='ISO-8859-1'?>{source}".encode("latin-1"), "Où ?"
    yield f"<?xml version='1.0' encoding='shift_jis'?>{source}".encode(), "Où ?"
    yield source.replace("Où", "O\x0bù").encode(), "O ù ?"
    yield source.replace("\n", "\r\n").encode(), "Où ?"


@pytest.mark.parametrize(("data", "stem"), list(_mended()))
def test_the_bytes_of_real_files_are_read(data: bytes, stem: str) -> None:
    """Byte order marks, other encodings, blank lines before the declaration, stray controls."""
    assert [item.stem for item in read(data).items] == [stem]


@given(mangled(SAMPLE.read_bytes()))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_taken(data: bytes) -> None:
    """Whatever a file holds, a reading is what comes of it."""
    assert isinstance(read(data), Reading)


def weighted(kind: str, *percents: float) -> Reading:
    """A question of Moodle that asks for several, its answers giving these shares."""
    answers = "".join(
        f'<answer fraction="{each}"><text>a{each}</text></answer>' for each in percents
    )
    return read(
        f'<quiz><question type="{kind}"><questiontext><text>Which?</text></questiontext>'
        f"<single>false</single>{answers}</question></quiz>".encode()
    )


@pytest.mark.parametrize("percents", [(100, 25, -100), (50, 0), (100, 100, 0), (60, 60, -100)])
def test_weights_that_are_not_the_whole_refuse_the_question(percents: tuple[float, ...]) -> None:
    """Where an answer alone gives the full mark, another's share does not make it right."""
    (skipped,) = weighted("multichoice", *percents).skipped
    assert "so which are right is in doubt" in skipped.reason


def test_weights_of_the_whole_and_all_or_nothing_are_taken() -> None:
    """Thirds may be rounded; all-or-nothing marks each right answer as whole, with a note."""
    thirds, sets = weighted("multichoice", 33, 33, 33, 0), weighted("multichoiceset", 100, 100, 0)
    assert [choice.correct for choice in thirds.items[0].choices] == [True, True, True, False]
    assert [choice.correct for choice in sets.items[0].choices] == [True, True, False]
    assert sets.items[0].multiple
    assert sets.notes == ("line 1: gives marks for all right answers or for none",)
