"""QTI items and packages."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange import archive
from content.exchange.item import Item, ItemChoice, Picture, Reading
from content.exchange.qti import read, write
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled
from tests.content.exchange.pictures import GREY, from_gif, pictures

SAMPLES = Path(__file__).parent / "samples" / "qti"
banks = st.lists(
    st.builds(
        lambda item, shuffle, shown, any_will_do: replace(
            item,
            name=item.name or "n",
            shuffle=shuffle,
            pictures=shown,
            multiple=item.multiple and not any_will_do,
        ),
        items(),
        st.booleans(),
        pictures,
        st.booleans(),
    ),
    max_size=2,
)


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(path, content)
    return data.getvalue()


def sample() -> dict[str, bytes]:
    """The sample package's files by their paths in it."""
    return {
        path.relative_to(SAMPLES).as_posix(): path.read_bytes()
        for path in sorted(SAMPLES.rglob("*"))
        if path.is_file()
    }


def choice_item(**changes: str) -> bytes:
    """A small item in XML; ``changes`` replace its parts."""
    parts = {
        "declaration": "<correctResponse><value>A</value></correctResponse>",
        "cardinality": "single",
        "before": "",
        "interaction": "choiceInteraction",
        "shuffle": "false",
        "a": "a",
    } | changes
    return (
        '<assessmentItem identifier="i" title="t"><responseDeclaration identifier="R"'
        ' cardinality="{cardinality}">{declaration}</responseDeclaration><itemBody>{before}'
        '<{interaction} responseIdentifier="R" shuffle="{shuffle}"><prompt>Q</prompt>'
        '<simpleChoice identifier="A">{a}</simpleChoice>'
        '<simpleChoice identifier="B">b</simpleChoice></{interaction}></itemBody></assessmentItem>'
    ).format(**parts).encode()  # fmt: skip


def correct(identifier: str) -> str:
    """The declaration of the right choice."""
    return f"<correctResponse><value>{identifier}</value></correctResponse>"


def mapping(**marks: float) -> str:
    """The declaration of each choice's marks."""
    entries = (f'<mapEntry mapKey="{key}" mappedValue="{n}"/>' for key, n in marks.items())
    return f"<mapping>{''.join(entries)}</mapping>"


@given(banks)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_back(bank: list[Item]) -> None:
    """All of an item is there again, and equal items make equal bytes."""
    data = write(bank)
    expected = Reading(tuple(bank)) if bank else ()
    assert expected == (read(data) if bank else read(data).items)
    assert data == write(bank)


def test_each_feature_of_a_package_is_read() -> None:
    """All versions, metadata, pictures, shared texts, feedback, and capitals that do not agree."""
    reading = read(packed(sample()))
    assert reading.items == (
        Item(
            stem="A woman of **81** fainted. Her pulse is 34/min.\n\nWhat is it?",
            choices=(
                ItemChoice("Sinus bradycardia", False, "P waves would be conducted."),
                ItemChoice("Complete heart block", True, "No P wave is *conducted*."),
                ItemChoice("Something else", False),
            ),
            name="Slow pulse",
            feedback="P waves and QRS complexes go their own ways.",
            tags=("ecg", "heart block"),
            category="Cardiology/Rhythm",
            pictures=(Picture("my-strip.png", GREY, "A rhythm strip"),),
        ),
        Item(
            stem="Which slow the node?",
            choices=(
                ItemChoice("Verapamil", True),
                ItemChoice("Atropine", False),
                ItemChoice("Digoxin", True),
            ),
            name="b",
            multiple=True,
            shuffle=False,
            feedback="Two of the three.",
        ),
        Item(
            stem="A glass.\n\nIs it water?",
            choices=(ItemChoice("True", True, "Yes.\n\nIt is H₂O."), ItemChoice("False", False)),
            name="True or not",
            shuffle=False,
            pictures=(Picture("glass.png", from_gif(), "A glass"),),
        ),
    )
    assert [str(skipped) for skipped in reading.skipped] == [
        "Items/gone.xml: is not in the package",
        "Items/essay.xml: “Write”: is an essay question",
        "Items/broken.xml, line 2: this is not well-formed XML (no element found)",
        "Items/unlisted.xml: “Not listed”: is an essay question",
    ]
    assert list(reading.notes) == [
        "Items/unlisted.xml: is in no manifest, and was taken all the same",
        "Items/single.xml: the feedback “incorrect” has no place in a case: “Look again.”",
        "Items/single.xml: its instructions were left out: “One mark.”",
        "Items/single.xml: choices that keep their place are shuffled with the others",
        "Items/single.xml: marks for a part of the answer were left out",
        "Items/inline.xml: a formula in MathML was left out",
    ]


def test_packages_lie_in_folders_and_in_packages() -> None:
    """A manifest is found wherever it is, and addresses count from its folder."""
    inner = packed({f"Deep/Down/{path}": data for path, data in sample().items()})
    reading = read(packed({"inner/bank.ZIP": inner, "__MACOSX/._x.xml": b"\0"}))
    assert [item.name for item in reading.items] == ["Slow pulse", "b", "True or not"]
    assert reading.skipped[0].place == "inner/bank.ZIP/Deep/Down/Items/gone.xml"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (choice_item(interaction="orderInteraction"), "is an ordering question"),
        (choice_item(interaction="sliderInteraction"), "is a question with a numerical answer"),
        (choice_item(interaction="newInteraction"), "is a question of the kind “new-interaction”"),
        (choice_item(interaction="div"), "asks nothing"),
        (choice_item(before="<choiceInteraction/>"), "asks several questions at once"),
        (choice_item(before="<printedVariable/>"), "from a template"),
        (choice_item(declaration=""), "does not say which of its choices are right"),
        (choice_item(declaration="<correctResponse/>"), "does not say which"),
        (choice_item(cardinality="ordered"), "of the cardinality 'ordered'"),
        (choice_item(declaration=mapping(A=1, B=0.5), cardinality="multiple"), "is in doubt"),
        (
            choice_item(declaration=correct("A") + mapping(A=0.5, B=1)),
            "calls one choice correct and gives the most marks for another",
        ),
        (choice_item(declaration=correct("A") + mapping(A=-1)), "takes marks off"),
        (choice_item().replace(b'identifier="B"', b'identifier="A"'), "two choices of one"),
        (
            choice_item(
                declaration="<correctResponse><value>A</value><value>Z</value></correctResponse>",
                cardinality="multiple",
            ),
            "names a choice in its key that it does not have",
        ),
        (choice_item(declaration=mapping(A=0.5, Z=1)), "names a choice in its key"),
        (
            choice_item(declaration=mapping(A=0.5, B=1).replace('"1"', '"1,0"')),
            "its marks “1,0” are no number",
        ),
        (b"<assessmentItem/>", "has no item body"),
        (b"<assessmentTest/>", "is a test"),
        (b"<questestinterop/>", "holds no question"),
        (b"<manifest/>", "give the package itself"),
        (b"<html/>", "is no QTI item but <html>"),
        (b"", "no element found"),
        (b'<!DOCTYPE q [<!ENTITY e SYSTEM "file:///etc/passwd">]><assessmentItem/>', "entities"),
        (b"PK\x03\x04 nonsense", "this is not a zip that can be read"),
        (packed({}), "holds no QTI item"),
        (packed({"a.txt": b"x"}), "holds no QTI item"),
        (packed({"[Content_Types].xml": b"<Types/>"}), "is an Office document; Word"),
        (packed({"imsmanifest.xml": b"<manifest"}), "not well-formed"),
        (packed({"../../i.xml": choice_item()}), "leads out of the package"),
        (packed({"i.xml": choice_item() + b" " * 5_000_000}), "packed as only hostile files are"),
    ],
)
def test_what_cannot_be_taken_has_one_reason(data: bytes, said: str) -> None:
    """Other questions, other files, broken and hostile ones are told of in a sentence."""
    reading = read(data)
    assert reading.items == ()
    (skipped,) = reading.skipped
    assert said in str(skipped)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"shuffle": "true"}, {"shuffle": True}),
        ({"before": '<rubricBlock view="candidate">Hint</rubricBlock>'}, {"stem": "Q"}),
        ({"before": '<p>x</p><img src="a.png"/>'}, {"stem": "x\n\nQ"}),
        (
            {"before": '<img src="data:image/png;base64,iVBORw==" alt="b"/>'},
            {"pictures": (Picture("picture.png", b"\x89PNG", "b"),)},
        ),
    ],
)
def test_an_item_is_read_without_a_package(
    changes: dict[str, str], expected: dict[str, object]
) -> None:
    """One item's XML is enough, but for the pictures beside it."""
    (item,) = read(choice_item(**changes)).items
    choices = (ItemChoice("a", True), ItemChoice("b", False))
    assert item == replace(Item("Q", choices, "t", shuffle=False), **expected)


def test_without_a_correct_response_the_best_mapped_choice_is_right() -> None:
    """A part of the marks makes none right; several best of equal marks are all right."""
    (item,) = read(choice_item(declaration=mapping(A=0.5, B=1))).items
    assert [choice.correct for choice in item.choices] == [False, True]
    usual = mapping(A=0.5).replace("<mapping", '<mapping defaultValue="1"')
    (item,) = read(choice_item(declaration=usual)).items
    assert [choice.correct for choice in item.choices] == [False, True]
    several = choice_item(declaration=mapping(A=1, B=1), cardinality="multiple")
    assert [choice.correct for choice in read(several).items[0].choices] == [True, True]


def test_what_is_no_part_of_the_story_is_told_and_left_out() -> None:
    """Instructions with their catalogue, and feedback that only those see who did not choose."""
    before = (
        '<rubricBlock view="candidate"><p>Choose one.</p><catalog-info><catalog id="c"><card>'
        "<p>Elija una.</p></card></catalog></catalog-info></rubricBlock>"
    )
    said = 'a<feedbackInline identifier="A" showHide="hide">Not a, then.</feedbackInline>'
    reading = read(choice_item(before=before, a=said))
    assert reading.items[0].stem == "Q"
    assert reading.items[0].choices[0].feedback == ""
    assert reading.notes == (
        "line 1: the feedback “A” has no place in a case: “Not a, then.”",
        "line 1: its instructions were left out: “Choose one.”",
    )


def test_a_picture_that_many_items_show_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What all items show together is bounded, and what is over the bound is told of."""
    monkeypatch.setattr("content.exchange.package_pictures._MOST_SHOWN", 8)
    files = {f"{n}.xml": choice_item(before='<img src="p.png"/>') for n in range(3)}
    reading = read(packed(files | {"p.png": b"1234"}))
    assert [len(item.pictures) for item in reading.items] == [1, 1, 0]
    assert any("its picture 'p.png' is not here" in note for note in reading.notes)


def test_a_package_cannot_unpack_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files, bytes and packages in packages are counted."""
    nested = packed({"i.xml": choice_item()})
    for _ in range(5):
        nested = packed({"n.zip": nested})
    (skipped,) = read(nested).skipped
    assert (skipped.place, skipped.reason) == (
        "n.zip/n.zip/n.zip",
        "lies in more than 3 packages",
    )
    monkeypatch.setattr(archive, "MAX_FILES", 2)
    files = {f"{n}.xml": choice_item() for n in range(3)}
    (skipped,) = read(packed(files)).skipped
    assert skipped.reason == "the package holds more than 2 files"
    monkeypatch.setattr(archive, "MAX_FILES", 9)
    large = choice_item(a="x" * 9000)
    monkeypatch.setattr(archive, "MAX_BYTES", 2 * len(large) + 1000)
    reading = read(packed({f"{n}.xml": large for n in range(3)}))
    assert len(reading.items) == 2
    assert reading.skipped[0].reason.endswith("which is too much")


@given(st.one_of(mangled(packed(sample())), mangled((SAMPLES / "Items/single.xml").read_bytes())))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_taken(data: bytes) -> None:
    """Whatever a file holds, a reading is what comes of it."""
    assert isinstance(read(data), Reading)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_file_in_a_package_is_taken(data: st.DataObject) -> None:
    """Nor does a package whose zip is sound, but not what is in it."""
    files = sample()
    path = data.draw(st.sampled_from(sorted(files)))
    files[path] = data.draw(mangled(files[path]))
    assert isinstance(read(packed(files)), Reading)
