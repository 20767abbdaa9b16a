"""Which formats there are, how each is known, and what writing tells of its losses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange.export import export
from content.exchange.formats import ExportFormat, Format, guess, reader, writer
from content.exchange.item import Item, ItemChoice, Picture
from content.exchange.zip_files import packed

ITEM = Item(
    "A woman has **lumps**.\n\nWhat are they?",
    (ItemChoice("Fat", False), ItemChoice("Calcium", True, "Hard.")),
    name="Lumps",
    tags=("skin",),
    shuffle=False,
    pictures=(Picture("lump.png", b"\x89PNG\r\n\x1a\n"),),
)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("bank.GIFT", b"", Format.GIFT),
        ("bank.csv", b"", Format.CSV),
        ("bank.imscc", b"PK\3\4", Format.QTI),
        ("bank.xls", b"", Format.XLSX),
        ("bank.doc", b"", Format.DOCX),
        ("bank", packed([("word/document.xml", b"")]), Format.DOCX),
        ("bank.apkg", packed([("media", b""), ("collection.anki21b", b"")]), Format.ANKI),
        ("bank.zip", packed([("xl/workbook.xml", b"")]), Format.XLSX),
        ("bank.zip", packed([("imsmanifest.xml", b"")]), Format.QTI),
        ("bank.txt", b"// x\n::A:: What? {\n=a ~b}", Format.GIFT),
        ("bank.txt", b"What?\r\nA. x\r\nB. y\r\nANSWER: B\r\n", Format.AIKEN),
        ("bank.txt", "Question\tChoice 1\tCorrect\n".encode("utf-16"), Format.CSV),
        ("bank.xml", b'<?xml version="1.0"?>\n<quiz>', Format.MOODLE_XML),
        ("item.xml", b'<assessmentItem xmlns="x">', Format.QTI),
        ("item.xml", b'<qti-assessment-item xmlns="x">', Format.QTI),
        ("canvas.xml", b'<questestinterop xmlns="x">', Format.QTI),
        ("case.txt", "What is it?\n☐ Gout\n☒ Urate\n☐ Fat\n".encode(), Format.ARTICLE),
        ("list.txt", "Buy:\n☐ Milk\n☒ Bread\n".encode(), None),
        ("notes.txt", b"Some words, and a {brace}.", None),
        ("notes", b"\xff\0\x80", None),
        ("noise", b"{=a}" + bytes(range(256)) * 4, None),
    ],
)
def test_a_format_is_known_by_name_or_content(
    name: str, data: bytes, expected: Format | None
) -> None:
    """The name's ending, else what the file begins with."""
    assert guess(name, data) == expected


@pytest.mark.parametrize("form", ExportFormat)
def test_what_is_written_is_known_again(form: ExportFormat) -> None:
    """Every format has a writer, and what it writes is guessed by its content."""
    written = writer(form)([replace(ITEM, pictures=())])
    assert guess("bank", written) == Format(form)
    assert len(reader(Format(form))(written).items) == 1


@pytest.mark.parametrize(
    ("form", "lost"),
    [
        (ExportFormat.MOODLE_XML, set()),
        (ExportFormat.QTI, set()),
        (ExportFormat.CSV, {"pictures"}),
        (ExportFormat.XLSX, {"pictures"}),
        (ExportFormat.GIFT, {"pictures", "the order of choices"}),
        (
            ExportFormat.AIKEN,
            {"paragraphs and formatting", "feedback", "pictures", "the order of choices", "names"}
            | {"tags"},
        ),
    ],
)
def test_what_a_format_has_no_place_for_is_counted(form: ExportFormat, lost: set[str]) -> None:
    """By what is lost, how many items had it; found by reading what was written."""
    written = export(form, [ITEM, ITEM])
    assert (written.items, written.skipped) == (2, ())
    assert dict.fromkeys(lost, 2) == written.lost


def test_an_item_that_a_format_cannot_ask_is_left_out() -> None:
    """Aiken knows one right choice, and a stem that reads as its key would not be one."""
    both = replace(ITEM, multiple=True, choices=(*ITEM.choices, ItemChoice("Stone", True)))
    written = export(ExportFormat.AIKEN, [both, replace(ITEM, stem="Answer: what?")])
    assert written.items == 0
    assert [skipped.place for skipped in written.skipped] == ["question 1", "question 2"]


@settings(max_examples=50)
@given(st.text(max_size=100), st.binary(max_size=100))
def test_any_file_has_a_format_or_none(name: str, data: bytes) -> None:
    """Guessing never fails."""
    assert guess(name, data) in {None, *Format}
