"""Documents of Word: lists of questions however they were typed, articles, and hostile ones."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.exchange import docx
from content.exchange.docx import package
from content.exchange.drafts import Known
from content.exchange.formats import Format, article_reader, guess
from content.exchange.item import Item, Reading
from content.exchange.names import Ids
from tests.content.exchange.mangled_files import mangled
from tests.content.exchange.pictures import GREY

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="P" descr="A strip"/><a:graphic xmlns:a="http://'
    'schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://'
    'schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rId7"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)
NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2)"/>
</w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
<w:lvlText w:val="x"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"""
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Ask">
<w:name w:val="Ask"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph"
w:styleId="Ask2"><w:name w:val="Ask2"/><w:basedOn w:val="Ask"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style></w:styles>"""


def run(text: str) -> str:
    """A run; ``*text*`` is bold, and line feeds break lines."""
    bold = text.startswith("*") and text.endswith("*") and len(text) > 2
    shown = text.strip("*") if bold else text
    inner = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(x)}</w:t>' for x in shown.split("\n")
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{inner}</w:r>"


def p(
    text: str, *, numbered: tuple[int, int] | None = None, style: str = "", more: str = ""
) -> str:
    """A paragraph of runs apart by ``|``; ``numbered`` is a list of Word's and its level."""
    number = "<w:numPr><w:ilvl w:val='%d'/><w:numId w:val='%d'/></w:numPr>"  # level, then list
    shape = f'<w:pStyle w:val="{style}"/>' if style else ""
    shape += number % (numbered[1], numbered[0]) if numbered else ""
    runs = "".join(map(run, text.split("|"))) if text else ""
    return f"<w:p><w:pPr>{shape}</w:pPr>{runs}{more}</w:p>"


def document(*paragraphs: str, parts: Mapping[str, bytes] | None = None) -> bytes:
    body = "".join(paragraphs)
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "word/document.xml": (
            f'<w:document xmlns:w="{W}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body></w:document>'
        ).encode(),
        "word/numbering.xml": NUMBERING.encode(),
        "word/styles.xml": STYLES.encode(),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId7" Type="{RELATIONS}/image" Target="media/image1.png"/>'
            f'<Relationship Id="rId8" Type="{RELATIONS}/image" TargetMode="External"'
            ' Target="file:///etc/passwd"/></Relationships>'
        ).encode(),
        "word/media/image1.png": GREY,
        "word/vbaProject.bin": b"macros",
        **(parts or {}),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def typed(text: str) -> bytes:
    """A document with a paragraph for each line."""
    return document(*map(p, text.strip().split("\n")))


def key(item: Item) -> list[bool]:
    return [choice.correct for choice in item.choices]


def said(reading: Reading) -> list[str]:
    return [*map(str, reading.skipped), *reading.notes]


LIST = """Quiz of hearts
1. A man of 50 has chest pain.
Which is first?
A) The ECG
B. Echo
(c) CT
ANSWER: A
Explanation: It takes a minute.
And costs little.
2.Which are veins?
a) Cava
b) Aorta
c) Portal
Answers: a, c
3) Which is it?
A. One
B. Two
The correct answer is B - two
"""


def test_a_typed_list_is_read() -> None:
    """Letters, brackets, answers with the choice's text, explanations of several paragraphs."""
    data = typed(LIST)
    assert guess("quiz.zip", data) == Format.DOCX
    reading = docx.read(data)
    assert [item.stem for item in reading.items] == [
        "A man of 50 has chest pain.\n\nWhich is first?", "Which are veins?", "Which is it?",
    ]  # fmt: skip
    assert [key(item) for item in reading.items] == [
        [True, False, False], [True, False, True], [False, True],
    ]  # fmt: skip
    assert [item.multiple for item in reading.items] == [False, True, False]
    assert reading.items[0].feedback == "It takes a minute.\n\nAnd costs little."
    assert [choice.text for choice in reading.items[0].choices] == ["The ECG", "Echo", "CT"]
    assert said(reading) == ["“Quiz of hearts”, above the questions, was left out"]


def test_numbers_made_by_word_are_counted() -> None:
    """Of lists, of levels, of styles and of lists that begin anew: none is in the text."""
    reading = docx.read(
        document(
            p("Which?", numbered=(1, 0)), p("x1", numbered=(1, 1)), p("x2", numbered=(1, 1)),
            p("ANSWER: B"),
            p("What?", style="Ask"), p("y1", numbered=(1, 1)), p("y2", numbered=(1, 1)),
            p("ANSWER: A"),
            p("Who?", style="Ask2"), p("z1", numbered=(3, 0)), p("z2", numbered=(3, 0)),
            p("ANSWER: B"),
            p("How?", style="Ask2"), p("v1", numbered=(4, 0)), p("v2", numbered=(4, 0)),
            p("ANSWER: A"),
        )
    )  # fmt: skip
    assert [(item.stem, key(item)) for item in reading.items] == [
        ("Which?", [False, True]),
        ("What?", [True, False]),
        ("Who?", [False, True]),
        ("How?", [True, False]),
    ]
    assert said(reading) == []


BOLD = ["1. Which?|A", "A) x", "*B) y*", "2. What?", "*A) x*", "B) y"]


def test_a_right_choice_may_be_marked() -> None:
    """By bold or an asterisk, if every question marks exactly one; the mark goes."""
    reading = docx.read(document(*map(p, BOLD)))
    assert [key(item) for item in reading.items] == [[False, True], [True, False]]
    assert reading.items[0].choices[1].text == "y"
    starred = typed("Which?\nA. x\n*B. y\nWhat?\nA. x*\nB. y\n")
    (skipped,) = docx.read(starred).skipped
    assert "“What?” behind its choices" in str(skipped)
    starred = typed("1. Which?\nA. x\n*B. y\n2. What?\nA. x*\nB. y\n")
    assert [key(item) for item in docx.read(starred).items] == [[False, True], [True, False]]
    bullets = document(
        p("1. Which?"), p("x", numbered=(2, 0)), p("*y*", numbered=(2, 0)), p("ANSWER: B"),
        p("2. What?"), p("*x*", numbered=(2, 0)), p("y", numbered=(2, 0)),
    )  # fmt: skip
    assert [key(item) for item in docx.read(bullets).items] == [[False, True], [True, False]]


@pytest.mark.parametrize(
    ("last", "count"),
    [(["3. Why?", "A) x", "B) y"], 0), (["3. Why?", "*A) x*", "*B) y*", "C) z"], 2),
     (["3. Why?", "*A) x*", "*B) y*"], 0)],
)  # fmt: skip
def test_marks_that_one_question_lacks_are_no_key(last: list[str], count: int) -> None:
    """Then what is bold may mean something else everywhere."""
    reading = docx.read(document(*map(p, [*BOLD, *last])))
    assert reading.items == ()
    assert [skipped.place for skipped in reading.skipped] == [f"question {n}" for n in (1, 2, 3)]
    assert f"question 3 has {count} choices that are so marked" in reading.skipped[0].reason


def test_a_list_of_answers_at_the_end() -> None:
    """By the numbers of the questions."""
    reading = docx.read(typed("1. Which?\nA) x\nB) y\n2. What?\nA) x\nB) y\nAnswer key\n1. B  2-A"))
    assert [key(item) for item in reading.items] == [[False, True], [True, False]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ANSWER: C",
            "question 1: “Which?”: has the answer “C”, which is no letter of its choices",
        ),
        ("ANSWER: B. x", "has the answer “B. x”, which is no letter"),
        ("ANSWER: because", "has the answer “because”, which is no letter"),
        ("A stray line\nANSWER: B", "has “A stray line” behind its choices"),
    ],
)
def test_an_answer_in_doubt_refuses_its_question(text: str, expected: str) -> None:
    """With what stands there."""
    reading = docx.read(typed(f"1. Which?\nA) x\nB) y\n{text}\n2. What?\nA) x\nB) y\nANSWER: B"))
    assert len(reading.items) == 1
    assert expected in str(reading.skipped[0])


@pytest.mark.parametrize(
    ("written", "taken", "expected"),
    [
        ("1. Which?\nA) O\nB) A\nANSWER: A", 0, "the letter of one choice and the text of another"),
        ("1. Which?\nA) A\nB) O\nANSWER: A", 1, ""),
        ("1. Which?\nA) x\nB) y\nANSWER: A\nANSWER: B", 0, "has two answers, “A” and “B”"),
        (
            "Answer: A\n1. Who?\nA) x\nB) y\nAnswer: B\n2. What?\nA) x\nB) y",
            0,
            "has its answer above it",
        ),
        (
            "1. Who?\nA) x\nB) y\n1. What?\nA) x\nB) y\nAnswer key\n1. B",
            0,
            "has the number 1, which stands more than once",
        ),
        (
            "1. Who?\nA) x\nB) y\n2. What?\nA) x\nB) y\nAnswer key\n1. B 2. A\n1. A",
            1,
            "has the number 1, which stands more than once",
        ),
    ],
)
def test_an_answer_that_may_be_anothers_refuses_its_question(
    written: str, taken: int, expected: str
) -> None:
    """A blood group is a letter; answers may stand above; parts of an exam count anew."""
    reading = docx.read(typed(written))
    assert len(reading.items) == taken
    assert expected in " ".join(said(reading))


def test_an_answer_against_a_mark_refuses_its_question() -> None:
    """One of the two is wrong."""
    reading = docx.read(document(*map(p, ["1. Which?", "A) x", "*B) y*", "ANSWER: A"])))
    assert "another choice than the one that is marked" in str(reading.skipped[0])


def test_numbered_lists_within_questions() -> None:
    """In an explanation they are its own; in a stem they are told apart or refuse the question."""
    tail = "A) x\nB) y\nANSWER: A"
    reading = docx.read(
        typed(
            f"4. Which?\n1. fever\n2. cough\n{tail}\nExplanation: For\n1. this\n2. that\n"
            f"5. Q?\n{tail}"
        )
    )
    assert [item.stem for item in reading.items] == ["Which?\n\n1\\. fever\n\n2\\. cough", "Q?"]
    assert reading.items[0].feedback == "For\n\n1\\. this\n\n2\\. that"
    reading = docx.read(
        typed(f"1. Which?\n1. fever\n2. cough\n{tail}\n2. What?\n{tail}\n3. Q?\n{tail}")
    )
    assert [item.stem for item in reading.items] == ["Q?"]
    assert len(reading.skipped) == 3
    reading = docx.read(typed(f"1. Describe it.\n2. Calcium is\n2.5 mmol/L. Why?\n{tail}"))
    assert [item.stem for item in reading.items] == ["Calcium is\n\n2.5 mmol/L. Why?"]
    assert "has no two choices" in str(reading.skipped[0])


def test_pictures_and_what_else_a_document_holds() -> None:
    """Pictures go with their questions; changes, comments, text boxes and notes are told."""
    reading = docx.read(
        document(
            p("Part one", style="Heading1"),
            p("1. Which?", more=PICTURE),
            p("A) x"),
            p("B) ", more=CHANGED),
            p("ANSWER: B", more='<w:r><w:commentReference w:id="0"/></w:r>'),
            p("2. What?", more=PICTURE.replace("rId7", "rId8").replace("embed", "link")),
            p("A) x\nB) y\nANSWER: A"),
        )
    )  # fmt: skip
    assert [len(item.pictures) for item in reading.items] == [1, 0]
    picture = reading.items[0].pictures[0]
    assert (picture.alt, picture.data) == ("A strip", GREY)
    assert [choice.text for choice in reading.items[0].choices] == ["x", "y"]
    assert said(reading) == [
        "what tracked changes insert is in, what they delete is out",
        "comments were left out",
        "the heading “Part one” was left out",
        "“What?”: its picture '1.png' is not here, or damaged",
    ]


def test_an_article_is_one() -> None:
    """Its text goes the way of any article's, and what cannot go with it is told."""
    data = document(
        p("A swollen toe", style="Heading1"), p("A man of 40 has a |*red*| toe."),
        p("Q: Which test is best?"), p("☐ Joint fluid"), p("☐ Serum urate"), p("☐ Radiography"),
        p("A: Joint fluid is the best test. Crystals show it."), p("", more=PICTURE),
    )  # fmt: skip
    reading = docx.read(data)
    assert (reading.items, reading.skipped) == ((), ())
    assert reading.notes == (
        "its pictures were left out; save them from the document as the draft's figures",
    )
    (made,), told = article_reader()(reading.article.encode(), Known(), Ids())
    assert (made.id, told) == ("a-swollen-toe", ())
    assert "vignette: |\n  A man of 40 has a red toe.\n" in made.text
    assert "# Proposed as right: Joint fluid\n" in made.text


CHANGED = "<w:ins><w:r><w:t>y</w:t></w:r></w:ins><w:del><w:r><w:delText>q</w:delText></w:r></w:del>"
DEEP = "<w:tbl><w:tr><w:tc>" * 3000
HUGE = "<w:p/>" * 310_000


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"PK", "this is not a zip that can be read"),
        (b"\xd0\xcf\x11\xe0", "is an old document (.doc) or a locked one; save it as .docx"),
        (document(parts={"word/document.xml": b"<a"}), "its part word/document.xml cannot be read"),
        (document(parts={"word/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
         "its part word/styles.xml cannot be read"),
        (document(HUGE), "is too large; split it"),
        (document(DEEP + DEEP.replace("<", "</")), "cannot be read"),
        (document(parts={"word/document.xml": b" " * 60_000_000}), "unpacks to 60,000,000"),
        (document(p("Words.")), "the document holds no numbered questions"),
    ],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_list_is_told(data: bytes, expected: str) -> None:
    """In one sentence, soon."""
    reading = docx.read(data)
    assert reading.items == ()
    assert expected in str(reading.skipped[0])


def test_long_documents_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the tags of all parts."""
    monkeypatch.setattr(package, "_MOST_TAGS", 100)
    assert "too large" in str(docx.read(typed(LIST)).skipped[0])


SAMPLE = document(*map(p, LIST.strip().split("\n")), p("4. Q", numbered=(1, 0), more=PICTURE))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_bytes_are_read(data: st.DataObject) -> None:
    """Noise, damaged packages, damaged parts and lines in any order."""
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(files)))
    broken = document(parts=files | {name: data.draw(mangled(files[name]))})
    mixed = document(*map(p, data.draw(st.permutations(LIST.strip().split("\n")))))
    for file in (data.draw(mangled(SAMPLE)), broken, mixed):
        reading = docx.read(file)
        assert reading.items or reading.skipped or reading.article
