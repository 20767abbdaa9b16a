"""Packages of Anki as they are handed around, read as questions."""

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import genanki  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange import anki
from content.exchange.anki import collection
from content.exchange.item import Item, ItemChoice
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled
from tests.content.exchange.pictures import GREY

ALL_IN_ONE = (
    *("Question", "Title", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Q_4", "Q_5"),
    *("Answers", "Sources", "Extra 1"),
)
Notes = Sequence[Sequence[str]]


def zipped(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package(name: str, fields: Sequence[str], notes: Notes, deck: str = "Hearts::ECG") -> bytes:
    """A package with notes of one type, made by genanki in the older form."""
    model = genanki.Model(
        1_600_000_001, name, fields=[{"name": field} for field in fields],
        templates=[{"name": "Card", "qfmt": f"?{{{{{fields[0]}}}}}", "afmt": "!"}],
    )  # fmt: skip
    made = genanki.Deck(1_600_000_002, deck)
    for values in notes:
        made.add_note(genanki.Note(model, list(values), tags=["heart"]))
    data = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        before, tempfile.tempdir = tempfile.tempdir, folder
        genanki.Package(made).write_to_file(data)
        tempfile.tempdir = before
    return data.getvalue()


def new_package(fields: Sequence[str], notes: Notes, media: Mapping[str, bytes]) -> bytes:
    """The same in the form of Anki since 2.1.50: types in tables, all packed by Zstandard."""
    connection = sqlite3.connect(":memory:")
    connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
    connection.executescript("""
        CREATE TABLE col (id integer PRIMARY KEY, models text, decks text);
        INSERT INTO col VALUES (1, '', '');
        CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, tags text, flds text);
        CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, odid integer);
        CREATE TABLE notetypes (id integer PRIMARY KEY, name text COLLATE unicase, config blob);
        CREATE TABLE fields (ntid integer, ord integer, name text COLLATE unicase, config blob,
            PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
        CREATE TABLE decks (id integer PRIMARY KEY, name text COLLATE unicase, kind blob);
        INSERT INTO notetypes VALUES (7, 'Mine', x'');
        INSERT INTO decks VALUES (1, 'Default', x''), (9, 'Default' || char(31) || 'Lungs', x'');
    """)
    for place, name in enumerate(fields):
        connection.execute("INSERT INTO fields VALUES (7, ?, ?, x'')", (place, name))
    for number, values in enumerate(notes, start=1):
        row = (number, f"g{number}", 7, " lung x ", "\x1f".join(values))
        connection.execute("INSERT INTO notes VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO cards VALUES (?, ?, 1, 9)", (number, number))
    connection.commit()
    pack = zstandard.ZstdCompressor().compress
    listed = b"".join(
        b"\x0a"
        + bytes([len(name) + 4])
        + b"\x0a"
        + bytes([len(name)])
        + name.encode()
        + b"\x10\x05"
        for name in media
    )
    old = zipped({"x": b""})  # stands for the database that says only that Anki is too old
    return zipped(
        {
            "meta": b"\x08\x03",
            "collection.anki2": old,
            "collection.anki21b": pack(connection.serialize()),
            "media": pack(listed),
            **{str(n): pack(content) for n, content in enumerate(media.values())},
        }
    )


def key(item: Item) -> list[bool]:
    return [choice.correct for choice in item.choices]


@settings(max_examples=25, deadline=None)
@given(st.lists(items(), max_size=2, unique_by=lambda item: item.stem))
def test_what_is_written_is_read_back(bank: list[Item]) -> None:
    """All but the order of choices, and spaces in tags."""
    reading = anki.read(anki.package(bank, 5))
    for item, back in zip(bank, reading.items, strict=True):
        assert sorted(map(str, item.choices)) == sorted(map(str, back.choices))
        tags = tuple(dict.fromkeys("-".join(tag.split()) for tag in item.tags))
        assert replace(item, choices=(), tags=tags) == replace(back, choices=())
    assert bool(bank) or str(reading.skipped[0]) == "the package holds no notes"


def test_the_note_type_of_multiple_choice() -> None:
    """Its marks stand by the numbers of its choices; a mark amiss refuses its note."""
    rows = [
        ["Which <b>one</b>?", "Beats", "2", "a", "b", "c", "", "", "0 1 0", "A book", "<p>So.</p>"],
        ["Which?", "", "1", "a", "", "c", "d", "", "1&nbsp;0 0 1 0", "", ""],
        ["True or not?", "", "0", "a", "b", "c", "d", "", "1 0 0 1", "", ""],
        ["Which?", "", "2", "a", "b", "c", "", "", "1 1 0", "", ""],
        ["Which?", "", "2", "a", "b", "c", "", "", "1 0", "", ""],
        ["Which?", "", "2", "a", "b", "", "", "", "0 0 1", "", ""],
        ["Which?", "", "2", "a", "b", "", "", "", "B", "", ""],
        ["Which?", "", "", "a", "b", "", "", "", "1 0", "", ""],
    ]
    reading = anki.read(package("AllInOne (kprim, mc, sc)+++", ALL_IN_ONE, rows))
    single, multiple = reading.items
    assert (single.stem, single.name, key(single)) == (
        "Which **one**?",
        "Beats",
        [False, True, False],
    )
    assert (single.feedback, single.tags, single.category) == (
        "So.\n\nA book", ("heart",), "Hearts/ECG"
    )  # fmt: skip
    assert [choice.text for choice in multiple.choices] == ["a", "c", "d"]
    assert (key(multiple), multiple.multiple) == ([True, False, True], True)
    assert list(map(str, reading.skipped)) == [
        "note 3: “True or not?”: is a kprim question, each choice of which is right or wrong by"
        " itself",
        "note 4: “Which?”: asks for a single choice, and has 2 right ones",
        *(f"note {n}: “Which?”: has Answers that are no 0 or 1 for each of its choices"
          for n in (5, 6, 7)),
        "note 8: “Which?”: has “” as QType, which must be 1 or 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "values", "expected"),
    [
        (("Question", "A", "B", "C", "Answer"), ("Which?", "x", "y", "z", "<b>B</b>"), 1),
        (("Question", "Option 1", "Option 2", "Correct"), ("Which?", "x", "y", "2."), 1),
        (("Question", "Correct", "Explanation", "Incorrect_1", "Incorrect_2"),
         ("Which?", "x", "So.", "y", "z"), 0),
    ],
)  # fmt: skip
def test_fields_that_are_named_as_columns(
    fields: Sequence[str], values: Sequence[str], expected: int
) -> None:
    """Of any type, as a table's row."""
    (item,) = anki.read(package("Quiz", fields, [values])).items
    assert [place for place, right in enumerate(key(item)) if right] == [expected]
    assert (item.tags, item.line) == (("heart",), 0)


def test_other_note_types_are_counted() -> None:
    """By name; what cannot be taken of one that is read is told by note."""
    reading = anki.read(package("Cloze", ["Text", "Extra"], [["{{c1::a}}", ""], ["b", ""]]))
    assert list(map(str, reading.skipped)) == [
        "“Cloze”: 2 notes of this type, which has no fields for choices and which are right"
    ]
    fields = ["Question", "A", "B", "Correct", "Mnemonic"]
    reading = anki.read(
        package("Quiz", fields, [["Why?", "x", "y", "C", ""], ["", "x", "y", "A", ""]])
    )
    assert list(map(str, reading.skipped)) == [
        "note 1: calls choice 3 correct, which is empty",
        "note 2: has no stem",
    ]
    assert reading.notes == (
        "note type “Quiz”: the column “Mnemonic” is not known and was left out",
    )


def test_newer_packages_and_their_pictures() -> None:
    """Those of the stem; what stands beside it may be the answer."""
    fields = ("Question", "A", "B", "Correct", "Explanation")
    stem = 'What is it?<br><img src="a b.png" alt="A strip"><img src="gone.png">[sound:x.mp3]'
    data = new_package(
        fields, [[stem, "x", "y", "A", '<img src="c.png">']], {"c.png": b"C", "a b.png": GREY}
    )
    reading = anki.read(data)
    (item,) = reading.items
    assert (item.stem, item.tags, item.category) == ("What is it?", ("lung", "x"), "Lungs")
    (picture,) = item.pictures
    assert (picture.data, picture.alt) == (GREY, "A strip")
    assert reading.notes == (
        "note 1: a sound was left out",
        "note 1: a picture beside its stem was left out",
        "note 1: its picture 'gone.png' is not here, or damaged",
    )


def hostile(*statements: str) -> bytes:
    """A package whose database was made by these statements."""
    connection = sqlite3.connect(":memory:")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    return zipped({"collection.anki2": connection.serialize(), "media": b"{}"})


COL = ("CREATE TABLE col (models, decks)", "INSERT INTO col VALUES ('{}', '{}')")
NOTES = "CREATE TABLE notes (id integer PRIMARY KEY, mid, tags, flds)"
GENERATED = (
    "CREATE TABLE notes (id, mid, tags, flds AS (hex(zeroblob(5000000))), big AS (flds || flds))"
)
ENDLESS = (
    "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
    " SELECT id, 1 AS mid, '' AS tags, '' AS flds FROM n"
)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK", "this is not a zip that can be read"),
        (zipped({"x": b""}), "the package holds no collection of Anki"),
        (zipped({"collection.anki2": b""}), "its collection"),
        (zipped({"collection.anki2": b"SQLite format 3\0" * 99}), "its collection cannot be read"),
        (zipped({"collection.anki21b": b"\x28\xb5\x2f\xfd" * 9}), "its collection is damaged"),
        (zipped({"collection.anki21b": zstandard.compress(bytes(60_000_000))}), "unpacks to too"),
        (hostile(*COL, ENDLESS), "its collection has no table of notes"),
        (hostile(*COL, GENERATED, "INSERT INTO notes VALUES (1, 1, '')"), "has no table of"),
        (hostile(*COL, "CREATE TABLE notes (x)"), "its collection cannot be read"),
        (hostile("CREATE TABLE col (models, decks)", "INSERT INTO col VALUES ('{', 1)", NOTES),
         "its collection cannot be read"),
        (hostile(*COL, NOTES, "INSERT INTO notes VALUES (1, 1, '', zeroblob(30000000))"), "too b"),
        (hostile(*COL, NOTES, "INSERT INTO notes VALUES (1, x'ff', NULL, 5)"), "1 note of a"),
    ],
    ids=range(12),
)  # fmt: skip
def test_a_hostile_database_is_told(data: bytes, expected: str) -> None:
    """Views, reckoned columns, huge values, other tables: in one sentence, soon."""
    reading = anki.read(data)
    assert reading.items == ()
    assert expected in str(reading.skipped[0])


def test_a_query_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many steps as no deck takes."""
    monkeypatch.setattr(collection, "_MOST_CALLS", 1)
    monkeypatch.setattr(collection, "_STEPS_AT_ONCE", 10)
    rows = [f"INSERT INTO notes VALUES ({n}, 1, '', '')" for n in range(99)]
    (skipped,) = anki.read(hostile(*COL, NOTES, *rows)).skipped
    assert "interrupted" in str(skipped)


OLD = package("Quiz", ("Question", "A", "B", "Correct"), [["Which?", "x", "y", "A"]])
NEW = new_package(("Question", "A", "B", "Correct"), [["Which?", "x", "y", "A"]], {"a.png": b"A"})


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_bytes_are_read(data: st.DataObject) -> None:
    """Noise, damaged packages, and packages with a damaged part, packed or not."""
    good = data.draw(st.sampled_from([OLD, NEW]))
    files = files_of(good)
    name = data.draw(st.sampled_from(sorted(files)))
    plain = files[name]
    if plain.startswith(b"\x28\xb5\x2f\xfd") and data.draw(st.booleans()):
        plain = zstandard.decompress(plain)
    for file in (data.draw(mangled(good)), zipped(files | {name: data.draw(mangled(plain))})):
        reading = anki.read(file)
        assert reading.items or reading.skipped


ANY_JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["1", "name", "flds"]), inner, max_size=3)
    ),
    max_leaves=9,
)


@given(ANY_JSON)
def test_any_types_of_notes_are_read(models: object) -> None:
    """JSON of any shape in their place."""
    text = json.dumps(models).replace("'", "''")
    data = hostile(COL[0], f"INSERT INTO col VALUES ('{text}', '{text}')", NOTES,
                   "INSERT INTO notes VALUES (1, 1, '', 'x')")  # fmt: skip
    assert anki.read(data).skipped


def test_nothing_lies_around_after_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is read where it is, in memory."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert anki.read(OLD).items
    assert list(tmp_path.iterdir()) == []


def test_a_choice_may_look_like_the_list_around_it() -> None:
    """Its own lists are no further choices."""
    item = Item("Q?", (ItemChoice("- a\n- b", True, "- c"), ItemChoice("1. x", False)))
    (back,) = anki.read(anki.package([item], 5)).items
    assert {choice.text for choice in back.choices} == {"- a\n- b", "1. x"}
