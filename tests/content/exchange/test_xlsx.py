"""Workbooks: written and read again, other programs' templates, and what hostile ones hold."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image

from content.exchange import csv_table, xlsx
from content.exchange.item import Item, ItemChoice, Reading
from content.exchange.xlsx import rows as xlsx_rows
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled
from tests.content.exchange.pictures import GREY

HEADER = ("stem", "choice 1", "choice 2", "choice 3", "correct")

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
STRINGS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
RICH = (
    b'<r><t>CO</t></r><r><rPr><vertAlign val="subscript"/></rPr><t>2</t></r>'
    b'<r><t xml:space="preserve"> is </t></r><r><rPr><b/></rPr>'
    b'<t xml:space="preserve">not </t></r><r><t>O</t></r>'
)


def workbook(*rows: Sequence[Any], finish: Callable[[Any], None] | None = None) -> bytes:
    """The bytes of a workbook with these rows in its only sheet, before ``finish`` changes it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Quiz"
    for row in rows:
        sheet.append(list(row))
    if finish:
        finish(book)
    return with_shared_strings(saved(book))


def saved(book: Any) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def with_shared_strings(data: bytes) -> bytes:
    """The same as Excel writes it: cells give the numbers of strings that lie in a part."""
    strings: list[bytes] = []

    def numbered(found: re.Match[bytes]) -> bytes:
        strings.append(RICH if found[1] == b"<t>rich</t>" else found[1])
        return b't="s"><v>%d</v>' % (len(strings) - 1)

    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = re.sub(
                rb't="inlineStr"><is>(.*?)</is>', numbered, old.read(name), flags=re.DOTALL
            )
            new.writestr(name, part.replace(b"</Types>", STRINGS_TYPE + b"</Types>"))
        items = b"".join(b"<si>%s</si>" % string for string in strings)
        new.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (MAIN, items))
    return made.getvalue()


def repacked(data: bytes, **changes: Any) -> bytes:
    """The package with parts changed: by the end of a path without its dots, a function."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for key, change in changes.items():
                if re.sub(r"\W", "", name).endswith(key):
                    part = change(part)
            new.writestr(name, part)
    return made.getvalue()


def key(item: Item) -> list[bool]:
    return [choice.correct for choice in item.choices]


def said(reading: Reading) -> list[str]:
    return [*map(str, reading.skipped), *reading.notes]


@settings(max_examples=30)
@given(st.lists(items(), max_size=3))
def test_what_is_written_is_read_back(bank: list[Item]) -> None:
    """A bank comes back as it was, and a table says the same as the workbook made of it."""
    reading = xlsx.read(xlsx.write(bank))
    assert (tuple(bank), (), ()) == (reading.items, reading.skipped, reading.notes)
    as_table = csv_table.read(csv_table.write(reading.items))
    assert xlsx.read(xlsx.write(as_table.items)).items == tuple(bank)


@given(st.sampled_from(["=1+1", "'=x", "''-5", "+1", "@a", "#N/A", "_x000D_", "a\x01b", "007"]))
def test_cells_are_texts_whatever_they_begin_with(text: str) -> None:
    """Nothing that is written is a formula, an error or a character by its number."""
    item = Item(text, (ItemChoice(text, True), ItemChoice("other", False)), name=text)
    data = xlsx.write([item])
    (back,) = xlsx.read(data).items
    expected = text.replace("\x01", "\ufffd")
    assert (back.stem, back.choices[0].text, back.name) == (expected, expected, expected)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_a_written_sheet_can_be_worked_in() -> None:
    """Its header stays in view, stems have room; the same items are the same bytes."""
    bank = [Item("What?", (ItemChoice("a", True), ItemChoice("b", False)))]
    data = xlsx.write(bank)
    assert data == xlsx.write(bank)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]][:4] == ["name", "stem", "correct", "choice 1"]
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["D"].width > 20


def test_the_template_of_kahoot() -> None:
    """Its header stands in the eighth row, its rows are numbered, its numbers are floats."""
    rows: list[Sequence[Any]] = [
        [None, "Quiz template"],
        [None, "Add questions, at least two answer alternatives, time limit and correct answers."],
        *[[None]] * 5,
        [
            None,
            "Question - max 120 characters",
            *(f"Answer {n} - max 75 characters" for n in range(1, 5)),
            "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs",
            "Correct answer(s) - choose at least one",
        ],
        [1, "Which is a vein?", "Aorta", "Vena cava", None, None, 20, 2.0],
        [2, "Which are arteries?", "Aorta", "Vena cava", "Radial", None, 20, "1,3"],
        *([n] for n in range(3, 101)),
    ]
    reading = xlsx.read(workbook(*rows))
    assert [key(item) for item in reading.items] == [[False, True], [True, False, True]]
    assert [item.line for item in reading.items] == [9, 10]
    assert said(reading) == [
        "row 8: what stands above this header row was left out",
        "row 8: the column “Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs” is not"
        " known and was left out",
    ]


def test_the_template_of_wayground() -> None:
    """The row that says what each column takes is told; other types too."""
    reading = xlsx.read(
        workbook(
            [
                *("Question Text", "Question Type", *(f"Option {n}" for n in range(1, 6))),
                *("Correct Answer", "Time in seconds", "Image Link", "Answer explanation"),
            ],
            ["Text of the question\n\n(required)", "Type\n(default is Multiple Choice)"]
            + ["Text for option 1\n\n(required in all cases)"] * 5
            + ["The correct option choice (between 1-5).\nLeave blank for a poll", "Time", "", ""],
            ["Which?", "Multiple Choice", "a", "b", 7, None, None, 3, 30, None, "So."],
            ["Which two?", "Checkbox", "a", "b", "c", None, None, "1,3", 30],
            ["Why?", "Open-Ended", None, None, None, None, None, None, 30],
        )
    )
    assert [key(item) for item in reading.items] == [[False, False, True], [True, False, True]]
    assert (reading.items[0].choices[2].text, reading.items[0].feedback) == ("7", "So.")
    assert list(map(str, reading.skipped)) == [
        "row 2: is a template's row that says what each column takes",
        "row 5: is a question of the type “open ended”",
    ]


def test_the_template_of_socrative() -> None:
    """Five columns for right answers, headings with steps, a type that needs no choices."""
    reading = xlsx.read(
        workbook(
            ["Instructions:", "Please fill in the below quiz."],
            [],
            ["1. Quiz Name:", "Hearts"],
            [],
            [None, None, "4. Enter answers below each column:", *[None] * 4, "5. Optional"],
            ["2. Question Type:", "3. Question:", *(f"Answer {x}:" for x in "ABCDE")]
            + ["Correct Answer"] * 5
            + ["6. Explanation (Optional):"],
            ["Multiple choice", "Which?", "a1", "b1", "c1", None, None, "B", *[None] * 4, "Since."],
            ["Multiple choice", "Which two?", "a2", "b2", "c2", None, None, "A", "C"],
            ["True/False", "Is it?", None, None, None, None, None, "False"],
            ["Open-ended", "Why?"],
        )
    )
    assert [key(item) for item in reading.items] == [
        [False, True, False],
        [True, False, True],
        [False, True],
    ]
    assert reading.items[0].feedback == "Since."
    assert reading.items[2].choices[0].text == "True"
    assert list(map(str, reading.skipped)) == ["row 10: is a question of the type “open ended”"]


def test_a_header_parted_over_two_rows() -> None:
    """Names that span two rows stand in the upper one."""

    def merge(book: Any) -> None:
        book.worksheets[0].merge_cells("A1:A2")
        book.worksheets[0].merge_cells("B1:C1")

    data = workbook(
        ["Question", "Choices", None, "Correct"], [None, "A", "B", None], ["Which?", "x", "y", "b"],
        finish=merge,
    )  # fmt: skip
    (item,) = xlsx.read(data).items
    assert (item.stem, key(item)) == ("Which?", [False, True])


def test_values_are_read_as_they_are_shown() -> None:
    """Whole and broken numbers, percent, fixed places, units, truth values, words set apart."""
    forms = {"C2": "0%", "B3": "0.00", "C3": '0" mg"', "D3": "# ?/?", "B4": "#,##0"}

    def shape(book: Any) -> None:
        for place, form in forms.items():
            book.worksheets[0][place].number_format = form

    data = workbook(
        HEADER,
        ["rich", 0.1 + 0.2, 0.5, True, 1.0],
        ["How much?", 1.5, 5, 0.5, "1"],
        ["How many?", 12000, "a_x000D_\nb", "c\td", 2],
        finish=shape,
    )
    reading = xlsx.read(data)
    assert reading.items[0].stem == "CO₂ is **not** O"
    assert [[choice.text for choice in item.choices] for item in reading.items] == [
        ["0.3", "50%", "True"],
        ["1.50", "5 mg", "0.5"],
        ["12,000", "a\nb", "c\td"],
    ]
    assert reading.notes == ("row 3: “0.5” is shown in the form “# ?/?”; look at it",)


def test_what_a_cell_does_not_say_for_sure_refuses_its_row() -> None:
    """Dates that were words, errors, formulas that nobody reckoned; other columns do not matter."""
    reading = xlsx.read(
        workbook(
            (*HEADER, "made"),
            ["How many?", date(2026, 1, 2), "a", "b", 2, date(2026, 1, 1)],
            ["How many?", "#N/A", "a", "b", 2],
            ["How many?", "=1+1", "a", "b", 2],
            ["How many?", "x", "a", "b", 2, "=A1"],
            ["How many?", "1", "x", "a", 1],
        )
    )
    assert [item.line for item in reading.items] == [5, 6]
    assert list(map(str, reading.skipped)) == [
        "row 2: its choice 1 is a date or a time (2026-01-02), which spreadsheets make of words"
        " such as 1-2; write it as text",
        "row 3: its choice 1 holds the error #N/A",
        "row 4: its choice 1 is a formula whose result is not in the file; open it in a"
        " spreadsheet program and save it",
    ]


def test_a_formula_is_its_saved_result() -> None:
    """As the program that reckoned it left it there."""
    data = repacked(
        workbook(HEADER, ["How many?", "=1+1", "a", "b", 1]),
        sheet1xml=lambda xml: xml.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"),
    )
    (item,) = xlsx.read(data).items
    assert item.choices[0].text == "2"


def test_a_key_in_doubt_refuses_its_sheet() -> None:
    """As it refuses a table; other sheets are their own."""

    def more(book: Any) -> None:
        other = book.create_sheet("Other")
        other.append(HEADER)
        other.append(["Which?", "a", "b", "c", "B"])

    reading = xlsx.read(
        workbook(HEADER, ["Why?", "a", "b", "c", 1], ["How many?", 2, 4, 1, 2], finish=more)
    )
    assert [key(item) for item in reading.items] == [[False, True, False]]
    assert [item.line for item in reading.items] == [0]
    (skipped,) = reading.skipped
    assert str(skipped).startswith("sheet “Quiz”, row 3: has “2” as correct, the place of one")


def test_each_sheet_is_told_of() -> None:
    """Hidden ones by name, those without a table with the reason, empty ones not; comments."""

    def more(book: Any) -> None:
        hidden = book.create_sheet("Old")
        hidden.sheet_state = "hidden"
        hidden.append(["secret"])
        book.create_sheet("About").append(["These are questions."])
        book.create_sheet("Empty")
        book.worksheets[0]["A2"].comment = Comment("Look again", "me")

    reading = xlsx.read(workbook(HEADER, ["Which?", "a", "b", "c", 1, "?"], finish=more))
    assert len(reading.items) == 1
    assert said(reading) == [
        "sheet “About”, row 1: the header row lacks stem and correct and choice 1 and choice 2;"
        " needed are stem, correct, choice 1, choice 2",
        "sheet “Quiz”, row 2: “?” stands in a column without a name, which was left out",
        "sheet “Old” is hidden and was left out",
        "comments on cells were left out",
    ]


def test_pictures_belong_to_the_questions_of_their_rows() -> None:
    """With their alternative texts; one beside no question is told."""

    def draw(book: Any) -> None:
        for place in ("F3", "A1", "F9"):
            book.worksheets[0].add_image(Image(io.BytesIO(GREY)), place)

    data = workbook(HEADER, ["Which?", "a", "b", "c", 1], ["What?", "a", "b", "c", 2], finish=draw)
    reading = xlsx.read(data)
    assert [len(item.pictures) for item in reading.items] == [0, 1]
    assert reading.items[1].pictures[0].data.startswith(b"\x89PNG")
    assert said(reading) == [
        "row 1: a picture beside this header row was left out",
        "row 9: a picture in a row without a question was left out",
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK\3\4", "this is not a zip that can be read"),
        (b"\xd0\xcf\x11\xe0\xa1", "is an old workbook (.xls) or a locked one; save it as .xlsx"),
        (b"", "this is not a zip that can be read"),
        (repacked(workbook(["x"]), workbookxml=lambda _: b"<a/>"), "holds no table of"),
        (repacked(workbook(["x"]), workbookxml=lambda _: b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
         "its list of sheets cannot be read"),
        (repacked(workbook(["x"]), stylesxml=lambda _: b"<a" * 200_000), "more than 100,000 tags"),
        (repacked(workbook(["x"]), stylesxml=lambda _: b" " * 60_000_000), "unpacks to 60,000,000"),
        (repacked(workbook(["x"]), sheet1xml=lambda xml: xml.replace(b"<row", b"<c/>" * 2_000_000)),
         "has too many cells"),
        (repacked(workbook(HEADER), workbookxml=lambda xml: xml.replace(MAIN, STRICT)
                  .replace(RELATIONS, STRICT_RELATIONS)), "sheets cannot be read; save it as an"),
        (workbook([]), "the workbook holds no table of questions"),
        (workbook(["name", "note"], ["x", "y"]), "row 1: the header row lacks stem"),
    ],
    ids=range(11),
)  # fmt: skip
def test_what_is_no_workbook_is_told(data: bytes, expected: str) -> None:
    """In one sentence, soon."""
    reading = xlsx.read(data)
    assert reading.items == ()
    assert expected in str(reading.skipped[0])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda xml: xml.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"'), ""),
        (lambda xml: xml.replace(b'<row r="2"', b'<row r="1000000"')
         .replace(b'2" t=', b'1000000" t='), ""),
        (lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999999999"'), "too large to be"),
        (lambda xml: xml.replace(b"</sheetData>", b"<row/>" * 50_000 + b"</sheetData>"), ""),
        (lambda xml: xml.replace(b"</sheetData>", b'<row><c r="XFD9"/></row>' * 300
                                 + b"</sheetData>"), "row 125: the rest of the sheet is too large"),
        (lambda xml: xml.replace(b"</sheetData>", b'<row><c r="ZZZZZZ9"/></row></sheetData>'), "r"),
        (lambda xml: xml.replace(b"</sheetData>", b"<row></sheetData>"), "cannot be read from"),
        (lambda xml: xml.replace(b"</sheetData>", b"</sheetData><dataValidations x='1'>"), ""),
    ],
    ids=range(8),
)  # fmt: skip
def test_sheets_that_lie_are_bounded(change: Callable[[bytes], bytes], expected: str) -> None:
    """Of their size, their rows and columns; what was read before stays."""
    good = workbook(HEADER, ["Which?", "a", "b", "c", 1])
    changed = repacked(good, sheet1xml=change)
    assert changed != good
    reading = xlsx.read(changed)
    assert len(reading.items) == (0 if "99999" in expected or expected == "too large to be" else 1)
    assert expected in "; ".join(map(str, reading.skipped))
    assert bool(expected) == bool(reading.skipped)


def test_long_sheets_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a number of rows that nobody writes."""
    monkeypatch.setattr(xlsx_rows, "_MOST_ROWS", 3)
    rows = [["Which?", "a", "b", "c", 1]] * 4
    reading = xlsx.read(workbook(HEADER, *rows))
    assert len(reading.items) == 2
    assert str(reading.skipped[0]).startswith("row 4: the rest of the sheet is too large")


def test_cells_that_no_spreadsheet_writes_refuse_their_rows() -> None:
    """Texts without end, numbers without end, forms without end: each is told, none is written."""
    changes = [
        (b"<t>a</t>", b"<t>" + b"a" * 40_000 + b"</t>", "has 40,000 characters, more than a cell"),
        (b"<v>777</v>", b"<v>" + b"9" * 4_000 + b"</v>", "holds a number that no spreadsheet can"),
    ]

    def shape(book: Any) -> None:
        book.worksheets[0]["C2"].number_format = "0.000"

    for old, new, expected in changes:
        data = workbook(HEADER, ["Which?", "a", 777, "c", 1], finish=shape)
        broken = repacked(
            data,
            sheet1xml=lambda xml, old=old, new=new: xml.replace(old, new),
            sharedStringsxml=lambda xml, old=old, new=new: xml.replace(old, new),
        )
        reading = xlsx.read(broken)
        assert reading.items == ()
        assert expected in str(reading.skipped[0])
    data = workbook(HEADER, ["Which?", "a", 777, "c", 1], finish=shape)
    long = repacked(data, stylesxml=lambda xml: xml.replace(b"0.000", b"0." + b"0" * 100_000))
    assert xlsx.read(long).items[0].choices[1].text == "777"


def test_one_sheet_that_is_listed_often_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read of all sheets together has an end."""
    monkeypatch.setattr(xlsx_rows, "_MOST_CHARACTERS", 60)

    def more(book: Any) -> None:
        other = book.create_sheet("Other")
        for row in [HEADER, ["Which?", "a", "b", "c", 1], ["Which?", "a", "b", "c", 1]]:
            other.append(row)

    reading = xlsx.read(workbook(HEADER, ["Which?", "a", "b", "c", 1], finish=more))
    assert 0 < len(reading.items) < 3
    assert "the rest of the sheet is too large" in str(reading.skipped[-1])


PARTS = [
    *("sheet1xml", "workbookxml", "sharedStringsxml", "stylesxml", "drawing1xml"),
    *("workbookxmlrels", "sheet1xmlrels", "drawing1xmlrels", "Content_Typesxml"),
]
SAMPLE = workbook(
    HEADER, ["Which?", "a", 2, "c", 1], finish=lambda book: book.worksheets[0].add_image(
        Image(io.BytesIO(GREY)), "F2")
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_bytes_are_read(data: st.DataObject) -> None:
    """Noise, damaged packages and packages of damaged parts give items or reasons."""
    part = data.draw(st.sampled_from(PARTS))
    noise = data.draw(mangled(SAMPLE))
    broken = repacked(SAMPLE, **{part: lambda old: data.draw(mangled(old))})
    for file in (noise, broken):
        reading = xlsx.read(file)
        assert reading.items or reading.skipped
