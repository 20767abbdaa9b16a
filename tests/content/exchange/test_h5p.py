"""Packages of H5P."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange.formats import Format, guess
from content.exchange.h5p import read
from content.exchange.html_text import to_html
from content.exchange.item import Item, ItemChoice, Picture, Reading
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled, named
from tests.content.exchange.pictures import GREY
from tests.content.exchange.round_trips import stands_behind_other_formats
from tests.content.exchange.test_qti import packed

SAMPLES = Path(__file__).parent / "samples" / "h5p"
ABOUT = (SAMPLES / "h5p.json").read_bytes()
CONTENT = (SAMPLES / "content" / "content.json").read_bytes()
SAMPLE = {
    "h5p.json": ABOUT,
    "content/content.json": CONTENT,
    "content/images/my strip.png": GREY,
    "H5P.MultiChoice-1.16/library.json": b"{}",
}


def package(library: str, content: object, title: str = "T") -> bytes:
    """A package of one content."""
    about = {"title": title, "mainLibrary": library}
    files = {"h5p.json": about, "content/content.json": content}
    return packed({path: json.dumps(value).encode() for path, value in files.items()})


def choice(text: str, correct: object, **said: str) -> dict[str, Any]:
    """An answer of a multiple choice."""
    return {"text": text, "correct": correct, "tipsAndFeedback": said}


def multiple_choice(*answers: dict[str, Any], **more: object) -> bytes:
    """A package of one multiple choice."""
    return package("H5P.MultiChoice", {"question": "<p>Q</p>", "answers": answers, **more})


A, B = choice("a", True), choice("b", False)


def test_a_set_of_questions_is_read_whole() -> None:
    """Choices, tips, feedback of each kind, pictures, and whose work it is."""
    reading = read(packed(SAMPLE))
    assert reading.items == (
        Item(
            stem="A woman of **81** fainted.\n\nWhat does the strip show?",
            choices=(
                ItemChoice("Sinus bradycardia", False, "P waves would be conducted."),
                ItemChoice("Complete *heart* block", True, "No P wave is conducted."),
                ItemChoice("pH < 7.2", False, "No strip shows that."),
            ),
            feedback="P waves and QRS complexes go their own ways.",
            category="Slow hearts",
            pictures=(Picture("my-strip.png-tmp", GREY, "A rhythm strip"),),
        ),
        Item(
            stem="Which slow the node?",
            choices=(
                ItemChoice("Verapamil", True, "It blocks calcium."),
                ItemChoice("Atropine", False),
                ItemChoice("Digoxin", True),
            ),
            name="Node",
            multiple=True,
            shuffle=False,
            category="Slow hearts",
        ),
        Item(
            stem="Atropin bremst den Knoten.",
            choices=(
                ItemChoice("Wahr", False, "Umgekehrt."),
                ItemChoice("Falsch", True, "Es beschleunigt."),
            ),
            name="Wahr?",
            shuffle=False,
            category="Slow hearts",
        ),
    )
    assert [str(skipped) for skipped in reading.skipped] == [
        "question 4: “Drag”: is a question with gaps",
        "question 5: is of the kind H5P.Odd, which is not read",
    ]
    assert list(reading.notes) == [
        "the package is by A. Name and is under CC BY 4.0, as it says itself",
        "what is said at the end of the set was left out",
        "a text before the questions was left out: “Take your time.”",
        "question 1: its hints were left out",
        "question 1: what is said to those who did not choose has no place in a case:"
        " “It is this one.”",
        "question 2 is by B. Other and is under CC BY-SA, as it says itself",
        "question 2: what is said from 0 to 99% has no place in a case: “Again.”",
        "question 3: what stands above it (H5P.Video) was left out",
    ]


def test_it_is_known_without_being_told() -> None:
    """By what lies in it."""
    assert guess("a.zip", packed(SAMPLE)) is Format.H5P


@pytest.mark.parametrize(
    ("data", "right", "multiple"),
    [
        (multiple_choice(A, B), "a", False),
        (multiple_choice(A, choice("b", "true")), "ab", True),
        (multiple_choice(A, B, behaviour={"type": "multi"}), "a", True),
        (multiple_choice(A, choice("b", True), behaviour={"type": "single"}), "ab", False),
        (multiple_choice(A, B, behaviour={"singleAnswer": False}), "a", True),
        (multiple_choice(A, B, singleAnswer=True), "a", False),
        (multiple_choice(choice("a", None), B), "", False),
        (package("H5P.TrueFalse", {"question": "Q", "correct": "true"}), "True", False),
        (package("H5P.TrueFalse", {"question": "Q", "correct": False}), "False", False),
        (
            package("H5P.SingleChoiceSet", {"choices": [{"question": "Q", "answers": ["x", "y"]}]}),
            "x",
            False,
        ),
    ],
    ids=named,
)
def test_the_key_is_what_the_package_says(data: bytes, right: str, multiple: bool) -> None:
    """Of each kind and age; where none is right, no draft is made later."""
    (item,) = read(data).items
    assert "".join(each.text for each in item.choices if each.correct) == right
    assert item.multiple is multiple


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (multiple_choice(A, choice("b", "maybe")), "says neither yes nor no of a choice"),
        (package("H5P.TrueFalse", {"question": "Q"}), "says neither true nor false"),
        (package("H5P.Essay", {}), "is an essay question"),
        (package("H5P.CoursePresentation", {}), "kind H5P.CoursePresentation, which is not read"),
        (package("", {}), "is of no kind"),
        (package("H5P.MultiChoice", []), "holds no object"),
        (packed({"h5p.json": ABOUT}), "is not in the package"),
        (packed(SAMPLE | {"content/content.json": b"{"}), "is not well-formed JSON"),
        (packed(SAMPLE | {"h5p.json": b"[" * 100_000}), "is not well-formed JSON"),
        (packed(SAMPLE | {"h5p.json": b'{"a":' * 100_000}), "is not well-formed JSON"),
        (packed(SAMPLE | {"h5p.json": b"\xff"}), "is not well-formed JSON"),
        (b"PK\x03\x04 nonsense", "this is not a zip that can be read"),
        (b"", "this is not a zip that can be read"),
    ],
    ids=named,
)
def test_what_cannot_be_taken_has_one_reason(data: bytes, reason: str) -> None:
    """Other kinds, doubts about the key, and files that are no package."""
    reading = read(data)
    assert reading.items == ()
    (skipped,) = reading.skipped
    assert reason in skipped.reason


def test_the_first_answer_of_a_single_choice_keeps_its_place() -> None:
    """It is right by definition, and no other becomes so where it cannot be read."""
    (item,) = read(package("H5P.SingleChoiceSet", {"choices": [{"answers": [7, "y"]}]})).items
    assert [(each.text, each.correct) for each in item.choices] == [("", True), ("y", False)]


def test_json_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is parsed."""
    monkeypatch.setattr("content.exchange.h5p.values.MAX_BYTES", 100)
    assert "is larger than" in read(packed(SAMPLE)).skipped[0].reason


def test_a_picture_stays_in_the_package() -> None:
    """No path leads out of it, nor to the web."""
    for path in ("../../secret.png", "/etc/passwd", "https://example.org/a.png"):
        image = {"library": "H5P.Image 1.1", "params": {"file": {"path": path}}}
        reading = read(multiple_choice(A, B, media={"type": image}))
        assert reading.items[0].pictures == ()
        assert path in reading.notes[0]


def _written(item: Item) -> bytes:
    answers = [
        choice(to_html(each.text), each.correct, chosenFeedback=to_html(each.feedback))
        for each in item.choices
    ]
    content = {
        "question": to_html(item.stem),
        "answers": answers,
        "behaviour": {"type": "multi" if item.multiple else "single"},
        "overallFeedback": [{"from": 0, "to": 100, "feedback": to_html(item.feedback)}],
    }
    return package("H5P.MultiChoice", content, "Untitled")


@given(items())
@settings(max_examples=40, deadline=None)
def test_what_is_read_says_the_same_in_other_formats(item: Item) -> None:
    """It is there again, and again behind GIFT and QTI 3."""
    item = replace(item, name="", category="", tags=())
    (back,) = read(_written(item)).items
    assert back == item
    stands_behind_other_formats([back])


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_anything_may_stand_anywhere(data: st.DataObject) -> None:
    """A value of another kind in the place of any other is no fault of the reader's."""
    content = json.loads(CONTENT)
    sets = {"choices": [{"question": "Q", "answers": ["x", "y"]}]}
    content["questions"].append({"library": "H5P.SingleChoiceSet 1.11", "params": sets})
    place: Any = content
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        inner = place[key]
        if not (isinstance(inner, (dict, list)) and inner) or data.draw(st.integers(0, 3)) == 0:
            place[key] = data.draw(anything)
            break
        place = inner
    files = SAMPLE | {"content/content.json": json.dumps(content).encode()}
    assert isinstance(read(packed(files)), Reading)


@given(st.one_of(mangled(packed(SAMPLE)), st.binary(max_size=100)))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_taken(data: bytes) -> None:
    """Whatever a file holds, a reading is what comes of it."""
    assert isinstance(read(data), Reading)


@given(st.sampled_from(["h5p.json", "content/content.json"]), st.data())
@settings(max_examples=60, deadline=None)
def test_any_file_in_a_package_is_taken(path: str, data: st.DataObject) -> None:
    """Nor does a package whose zip is sound, but not what is in it."""
    files = SAMPLE | {path: data.draw(mangled(SAMPLE[path]))}
    assert isinstance(read(packed(files)), Reading)
