"""The formats that are plain text: GIFT, Aiken and tables."""

from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange import aiken, csv_table, gift
from content.exchange.item import TOO_MANY, Item, ItemChoice, Reading
from content.exchange.text_bytes import decode
from tests.content.exchange.items import items, lines
from tests.content.exchange.mangled_files import mangled
from tests.support.growth import grows_as_its_length

SAMPLES = Path(__file__).parent / "samples"
FORMS = pytest.mark.parametrize("form", [gift, aiken, csv_table], ids=["gift", "aiken", "csv"])


def single(stem: str, *choices: ItemChoice, **more: object) -> Item:
    return replace(Item(stem, choices), **more)


def right(text: str, feedback: str = "") -> ItemChoice:
    return ItemChoice(text, True, feedback)


def wrong(text: str, feedback: str = "") -> ItemChoice:
    return ItemChoice(text, False, feedback)


@settings(max_examples=40)
@given(st.lists(items(), max_size=3))
@pytest.mark.parametrize("form", [gift, csv_table], ids=["gift", "csv"])
def test_what_is_written_is_read_back(form: ModuleType, bank: list[Item]) -> None:
    """A bank comes back as it was, whatever its texts hold."""
    reading = form.read(form.write(bank))
    assert (tuple(bank), (), ()) == (reading.items, reading.skipped, reading.notes)


@settings(max_examples=40)
@given(st.lists(items(lines, single=True), max_size=3))
def test_aiken_keeps_stems_choices_and_key(bank: list[Item]) -> None:
    """Aiken has a place for nothing else."""
    expected = tuple(
        Item(item.stem, tuple(replace(choice, feedback="") for choice in item.choices))
        for item in bank
    )
    reading = aiken.read(aiken.write(bank))
    assert (expected, (), ()) == (reading.items, reading.skipped, reading.notes)


def test_each_feature_of_gift_is_read() -> None:
    """Names, comments, tags, categories, feedback, weights, formats, escapes, missing words."""
    reading = gift.read((SAMPLES / "features.gift").read_bytes())
    assert reading.items == (
        single(
            "What comes first?",
            right("The airway", "Right: it comes first."),
            wrong("The pulse"),
            wrong("The pen", "Neither\\\\, but {written} by #1."),
            name="[id] alone gives no name",
            feedback="Remember \\*this\\*\n\nand that.",
            category="Cardiology/Rhythm",
        ),
        single(
            "Two answers\\\nin two lines?",
            right("Left", "Half."),
            right("Right"),
            wrong("Up"),
            multiple=True,
            name="heart]1",
            tags=("a]b",),
            category="Cardiology/Rhythm",
        ),
        single(
            "Grant is \\_\\_\\_\\_\\_ in Grant's tomb.",
            wrong("buried"),
            right("entombed"),
            wrong("living"),
            category="Cardiology/Rhythm",
        ),
        single(
            "Is CO₂ > 5 kPa in **both**?\n\nChoose.",
            right("\\*Yes\\* <b>"),
            wrong("*No*"),
            wrong("*Perhaps*", "Not this.\\\nNor that."),
            name="Formats",
            category="Cardiology/Rhythm",
        ),
        single(
            "a < b is math, and 5\\*3 is 15.\\\nWhich is *true*?",
            right("a=b"),
            wrong("a~b"),
            name="Moodle's own format",
            category="Cardiology/Rhythm",
        ),
        single(
            "Is C:\\\\temp a path?",
            right("Yes"),
            wrong("No"),
            name="Escapes :: in a name",
            category="Cardiology/Rhythm",
        ),
        single("Where is it kept now?", right("Nowhere"), wrong("Somewhere")),
    )
    assert [item.line for item in reading.items] == [9, 18, 25, 27, 33, 36, 39]
    assert list(map(str, reading.skipped)) == [
        "line 7: “Slow pulse”: has no answers: a description"
    ]


def test_what_is_no_multiple_choice_in_gift_is_listed() -> None:
    """Each with its line, its name and the reason."""
    reading = gift.read((SAMPLES / "left-out.gift").read_bytes())
    assert [item.name for item in reading.items] == ["True"]
    assert [str(skipped) for skipped in reading.skipped] == [
        "line 1: “Text”: has no answers: a description",
        "line 3: “Essay”: is an essay question",
        "line 5: “Number”: is a numerical question",
        "line 7: “Match”: is a matching question",
        "line 11: “Short”: is a short-answer question",
        "line 13: “Part”: gives 50% for “Half”; a choice is right or wrong",
        "line 15: “Open”: its braces do not match; an empty line ends a question",
        "line 17: “Two”: has more than one pair of braces; an empty line parts questions",
        "line 19: “Text first”: there is text before its first answer",
    ]


def key(reading: Reading) -> list[bool]:
    """Of the only question that was read, which choices are right."""
    (item,) = reading.items
    return [choice.correct for choice in item.choices]


def test_true_and_false_are_two_choices_in_gift() -> None:
    """In this order; what is said to a wrong answer stands first, as Moodle has it."""
    (item,) = gift.read(b"The sky is blue. {F#Not at night.#Right.}").items
    assert item.choices == (wrong("True", "Not at night."), right("False", "Right."))
    assert not item.shuffle
    assert not item.multiple


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("~a ~=b ~c", [False, True, False]),
        ("~= b ~c", [True, False]),
        ("~%50%a ~%50%b ~%-100%c", [True, True, False]),
        ("~%33%a ~%33%b ~%33%c ~d", [True, True, True, False]),
        ("~%100%a ~b", [True, False]),
    ],
)
def test_right_answers_of_gift_are_found(answers: str, expected: list[bool]) -> None:
    """A mark of each kind before them, or weights that are the whole together."""
    assert key(gift.read(f"What? {{{answers}}}".encode())) == expected


@pytest.mark.parametrize(
    "answers", ["=pH 7.2 ~pH=7.1 ~pH=7.4", "~4 #BMI=30 is obese. ~5\n=6", "~a=b =c"]
)
def test_an_equals_sign_within_a_choice_of_gift_refuses_the_question(answers: str) -> None:
    """By the grammar it begins a right answer, and its author seldom meant that."""
    reading = gift.read(f"What is it? {{{answers}}}".encode())
    assert reading.items == ()
    assert "write \\= if it does not" in reading.skipped[0].reason


@pytest.mark.parametrize("answers", ["~no=yes", "=yes~no", "~no ~= yes", "~Au~=Hg", "=a =b ~c"])
def test_answers_of_gift_may_stand_close(answers: str) -> None:
    """What begins no answer within a text is read as it always was."""
    reading = gift.read(f"What is it? {{{answers}}}".encode())
    assert len(reading.items) == 1


@pytest.mark.parametrize(
    "answers", ["~%100%a ~%25%b ~%-100%c", "~%50%a ~b", "~%100%a ~%100%b ~c", "~%10%a ~%20%b"]
)
def test_weights_of_gift_that_are_not_the_whole_refuse_the_question(answers: str) -> None:
    """A small part of the marks must not make an answer right."""
    (skipped,) = gift.read(f"::W::What? {{{answers}}}".encode()).skipped
    assert str(skipped).startswith("line 1: “W”: its answers give ")
    assert "which are right is in doubt" in skipped.reason


EXPLAINED = """Which?
A. One
B. Two
ANSWER: A

Rationale: One is first,
and the only one.
More of the next stem?
A. Three
B. Four
ANSWER: B
FEEDBACK: Four.

Third?
A. Five
B. Six
ANSWER: A
Explanation:
"""


def test_explanations_of_aiken_belong_to_the_question_above() -> None:
    """Below its answer, over several lines up to an empty one or the next question."""
    expected = [
        ("Which?", "One is first, and the only one."),
        ("More of the next stem?", "Four."),
        ("Third?", ""),
    ]
    for source in (EXPLAINED, EXPLAINED.replace("only one.\n", "only one.\n\n")):
        items = aiken.read(source.encode()).items
        assert [(item.stem, item.feedback) for item in items] == expected


def test_an_explanation_that_speaks_of_each_choice() -> None:
    """Is one explanation, its lines no choices; the next question begins with its number."""
    source = """1. Which?
A. One
B. Two
ANSWER: A
Explanation: Mind:
A. is first
B. is not
2. A man fell.
Which next?
A. Three
B. Four
ANSWER: B
Explanation: So.

And so on, in a second paragraph.

3. Third?
A. Five
B. Six
ANSWER: A
"""
    assert [
        (item.stem, item.feedback, item.line) for item in aiken.read(source.encode()).items
    ] == [
        ("1\\. Which?", "Mind: A. is first B. is not", 1),
        ("2\\. A man fell.\\\nWhich next?", "So. And so on, in a second paragraph.", 8),
        ("3\\. Third?", "", 17),
    ]


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("ANSWER: (b)", 1),
        ("Answer: B.", 1),
        ("Correct answer: B) two", 1),
        ("ANSWER: A. One.", 0),
        ("ANSWER: A. Two", None),
        ("ANSWER: A and B", None),
        ("ANSWER: 2", None),
        ("ANSWER: AB", None),
    ],
)
def test_how_aiken_files_write_their_answers(line: str, right: int | None) -> None:
    """The letter, and perhaps the text of its choice; where the two differ there is no key."""
    reading = aiken.read(f"Which?\nA. One\nB. Two\n{line}\n".encode())
    found = [choice.correct for item in reading.items for choice in item.choices]
    assert found == ([] if right is None else [place == right for place in range(2)])


ASKED = {
    "cp1251": "Больной жалуется на боль в груди. Какой диагноз наиболее вероятен?",
    "koi8_r": "Больной жалуется на боль в груди. Какой диагноз наиболее вероятен?",
    "cp866": "Больной жалуется на боль в груди. Какой диагноз наиболее вероятен?",
    "cp1253": "Ασθενής με πόνο στο στήθος. Ποια είναι η πιθανότερη διάγνωση;",
    "cp1256": "مريض يشكو من ألم في الصدر. ما هو التشخيص الأكثر احتمالا؟",
    "cp1255": "אישה עם כאב בחזה. מהי האבחנה הסבירה ביותר?",
}


@pytest.mark.parametrize(("page", "asked"), ASKED.items())
def test_code_pages_of_other_scripts_are_known(page: str, asked: str) -> None:
    """With a note to look; what is short, or in Latin letters, stays Windows-1252."""
    source = f"{asked}\nA. x\nB. y\nANSWER: B\n\n" * 3
    reading = aiken.read(source.encode(page))
    assert [item.stem for item in reading.items] == [asked] * 3
    (note,) = reading.notes
    assert "line 1: not UTF-8, so the file was read as " in note
    assert "; look at its letters" in note
    for kept in ("Où naît l’œdème à l’été ? " * 9, "Ñandú\n"):
        assert decode(kept.encode("cp1252")).text == kept


def test_a_category_needs_no_empty_line_around_it() -> None:
    """Close to a question it is no part of that question's text."""
    reading = gift.read(b"Why? {=a ~b}\n$CATEGORY: heart\nHow? {=a ~b}\n")
    assert [(item.stem, item.category) for item in reading.items] == [
        ("Why?", ""),
        ("How?", "heart"),
    ]
    assert reading.skipped == ()


def test_a_question_of_too_many_answers_is_not_read() -> None:
    """It is refused by their number, before each of them is read."""
    (skipped,) = gift.read(b"::List::What?{=a" + b"~b" * 500_000 + b"}").skipped
    assert str(skipped) == "line 1: “List”: has 500,001 answers"


def test_what_html_in_gift_cannot_say_is_told() -> None:
    """A picture that the file does not hold is noted, not forgotten."""
    reading = gift.read(b'[html]See <img src="ecg.png" alt="x">. What is it?{=A~B}')
    assert reading.notes == ("line 1: the picture ecg.png was left out",)


def test_each_feature_of_aiken_is_read() -> None:
    """Points and brackets, with and without a space, texts over several lines."""
    source = """
What is it?
A. An apple
B) A pear
ANSWER: B

A. begins this stem, which goes on
and asks: what else?
A)One
b.two,
and a half
C. Three
answer : a

3) Numbered?
a) One
b) Two
ANS: B
"""
    assert aiken.read(source.encode()).items == (
        single("What is it?", wrong("An apple"), right("A pear")),
        single(
            "A. begins this stem, which goes on\\\nand asks: what else?",
            right("One"),
            wrong("two, and a half"),
            wrong("Three"),
        ),
        single("3\\) Numbered?", wrong("One"), right("Two")),
    )


@pytest.mark.parametrize(
    ("source", "taken", "reason"),
    [
        ("Who?\nA. a\nB. b\nWhat?\nA. c\nB. d\nANSWER: A", 0, "has the choice “B. d” out of order"),
        ("Who?\nA. a\nB. b\nB. c\nC. d\nANSWER: B", 0, "has the choice “B. c” out of order"),
        ("Who?\nA. a\nC. c\nB. b\nANSWER: B", 0, "has the choice “C. c” out of order"),
        ("Who?\nA. a\nB. b\nANSWER: A\nANSWER: B", 0, "has two lines ANSWER:"),
        (
            "ANSWER: A\nWho?\nA. a\nB. b\n\nANSWER: B\nWhat?\nA. c\nB. d",
            0,
            "has the line ANSWER: above it, or that of the next question below it",
        ),
        ("ANSWER: A\nWho?\nA. a\nB. b\nANSWER: B", 1, ""),
        ("Who?\nA. by\nS. aureus\nB. b\nANSWER: B", 1, ""),
    ],
)
def test_a_key_of_aiken_that_may_be_anothers_refuses_the_question(
    source: str, taken: int, reason: str
) -> None:
    """An answer is lacking, a letter stands twice, or answers stand above their questions."""
    reading = aiken.read(source.encode())
    assert len(reading.items) == taken
    assert not reason or reason in {skipped.reason for skipped in reading.skipped}


def test_what_is_no_question_in_aiken_is_listed() -> None:
    """No ANSWER, one that fits no choice, several, too few choices, no stem."""
    source = """Without an answer?
A. One
B. Two

Answer without a choice?
A. One
B. Two
ANSWER: C

Two answers?
A. One
B. Two
ANSWER: A, B

One choice?
A. One
ANSWER: A

ANSWER: B
"""
    reading = aiken.read(source.encode())
    assert reading.items == ()
    assert [str(skipped) for skipped in reading.skipped] == [
        "line 1: has no line ANSWER:",
        "line 5: has the ANSWER C, but no choice with that letter",
        "line 10: has the ANSWER “A, B”; Aiken takes one letter",
        "line 15: has fewer than two choices, A. and B.",
        "line 19: has an ANSWER, but no question",
    ]


TABLE = '''Question;Option 1;option_2;CHOICE3;Answer;why 2;Tags;Year
"What; then?";One;"Two
lines";;B;'-5 is less;"a; ""b;c""";1999

Which?;One;Two;Three;1, 3;;;
'''
TABLE_ITEMS = (
    single("What; then?", wrong("One"), right("Two\nlines", "-5 is less"), tags=("a", "b;c")),
    single("Which?", right("One"), wrong("Two"), right("Three"), multiple=True),
)


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode("utf-8"),
        TABLE.encode("utf-8-sig").replace(b"\n", b"\r\n"),
        ("\ufeff" + TABLE).replace('"a; ""b;c"""', "a§").replace(";", "\t")
        .replace("a§", '"a; ""b;c"""').replace("What\t", "What;").encode("utf-16-le"),
        ("sep=;\n" + TABLE).encode("cp1252"),
    ],
    ids=["plain", "windows", "excel-unicode", "sep"],
)  # fmt: skip
def test_tables_of_every_spreadsheet_are_read(data: bytes) -> None:
    """Column names in any case and form, any delimiter, marks, cells of several lines."""
    reading = csv_table.read(data)
    assert reading.items == TABLE_ITEMS
    assert [note.partition(": ")[2] for note in reading.notes] == [
        "the column “Year” is not known and was left out"
    ]


def test_rows_that_cannot_be_taken_are_listed() -> None:
    """Each with its line, its name and the reason; the others are taken."""
    source = """name,stem,choice 1,choice 2,correct,multiple
a,,One,Two,1
b,What?,One,Two,3
c,What?,One,Two,first
d,What?,One,Two,1,maybe
e,What?,One,Two,1,,more
f,What?,One,Two,2,no
"""
    reading = csv_table.read(source.encode())
    assert [item.name for item in reading.items] == ["f"]
    assert [str(skipped) for skipped in reading.skipped] == [
        "line 2: “a”: has no stem",
        "line 3: “b”: calls choice 3 correct, which is empty",
        "line 4: “c”: has “first” as correct, which is no choice's number, letter or text",
        "line 5: “d”: has “maybe” as multiple, which must be true or false",
        "line 6: has more cells than the header",
    ]
    odd = csv_table.read(b"stem,answer 1,option 2,why 3,answer\nWhat?,A,B,no,B")
    assert [str(skipped) for skipped in odd.skipped] == [
        "line 2: has feedback for choice 3, which is empty"
    ]
    rows = b'What?,"A 5"" needle",B,2\nHow long is a 5" needle?,"A\nB",B,2\n'
    for end in (b'"Why,A,B,1\nWho?,A,B,1\n', b'Why,A,B,"1\n\n'):
        left_open = csv_table.read(b"stem,choice 1,choice 2,correct\n" + rows + end)
        assert len(left_open.items) == 2
        assert [str(skipped) for skipped in left_open.skipped] == [
            "line 5: opens a quotation mark that is never closed, so the rest cannot be read"
        ]
    assert csv_table.read(b"stem,choice 1,choice 2,correct\n" + rows).skipped == ()
    twice = csv_table.read(b"stem,choice 1,choice 2,correct,question\n")
    assert [str(skipped) for skipped in twice.skipped] == [
        "line 1: the column “stem” stands in the header row twice"
    ]
    bare = csv_table.read(b"\nstem,choice 1\nWhat?,One\n")
    assert [str(skipped) for skipped in bare.skipped] == [
        "line 2: the header row lacks correct and choice 2;"
        " needed are stem, correct, choice 1, choice 2"
    ]


@pytest.mark.parametrize(
    ("cell", "choices", "expected"),
    [
        ("B", "ECG,Echo,CT", [False, True, False]),
        ("b)", "ECG,Echo,CT", [False, True, False]),
        ("2", "ECG,Echo,CT", [False, True, False]),
        ("2.0", "ECG,Echo,CT", [False, True, False]),
        ("choice 2", "2,1,3", [False, True, False]),
        (" echo ", "ECG,Echo,CT", [False, True, False]),
        ("ECG; CT", "ECG,Echo,CT", [True, False, True]),
        ("AB", "A,B,AB", [False, False, True]),
        ("A", "A,B,AB", [True, False, False]),
        ("12", "10,11,12", [False, False, True]),
    ],
)
def test_a_key_is_a_number_a_letter_or_a_text(
    cell: str, choices: str, expected: list[bool]
) -> None:
    """Whichever it can be; where two of them say the same there is no doubt."""
    source = f'stem,option 1,option 2,option 3,answer\nWhat?,{choices},"{cell}"\n'
    assert key(csv_table.read(source.encode())) == expected


@pytest.mark.parametrize(
    ("cell", "choices", "said"),
    [
        ("2", "1,3,2", "has “2” as correct, the place of one choice and the text of another"),
        ("2", "1.0,3.0,2.0", "has “2” as correct, the place of one choice and the text of another"),
        ("B", "B,A,O", "has “B” as correct, the place of one choice and the text of another"),
        ("0", "ECG,Echo,CT", "has 0 as correct"),
        ("0", "0,1,2", "has 0 as correct"),
        ("1, 0", "ECG,Echo,CT", "has 0 as correct"),
        ("choice 0", "ECG,Echo,CT", "has 0 as correct"),
    ],
)
def test_a_key_in_doubt_refuses_the_whole_table(cell: str, choices: str, said: str) -> None:
    """Since the other rows mean theirs in the same way; one line says where and why."""
    rows = f'Who?,a,b,c,1\nWhat?,{choices},"{cell}"\nWhy?,d,e,f,2\n'
    reading = csv_table.read(f"stem,option 1,option 2,option 3,answer\n{rows}".encode())
    assert reading.items == ()
    (skipped,) = reading.skipped
    assert str(skipped).startswith(f"line 3: {said}")
    assert "the whole table is refused" in skipped.reason


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        ("Question;A;B;C;D;Correct", "Which?;x;y;z;w;C", [False, False, True, False]),
        (
            "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75"
            " characters,Time limit (sec),Correct answer(s) - choose at least one",
            'Which?,x,y,30,"1,2"',
            [True, True],
        ),
        (
            "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2 (Optional)",
            "Which?,1,2,3",
            [True, False, False],
        ),
        ("question,opa,opb,opc,opd,correct,exp", "Which?,x,y,z,w,4,So.", [False] * 3 + [True]),
    ],
)
def test_templates_of_other_programs_are_read(header: str, row: str, expected: list[bool]) -> None:
    """By their own names of columns; a right answer beside wrong ones is the first choice."""
    assert key(csv_table.read(f"{header}\n{row}\n".encode())) == expected


def test_a_column_of_unknown_base_is_refused() -> None:
    """MedMCQA's key counts from 0 in some copies and from 1 in others."""
    (skipped,) = csv_table.read(b"question,opa,opb,opc,opd,cop\nWhich?,x,y,z,w,1\n").skipped
    assert "counts from 0 in some copies and from 1 in others" in skipped.reason


@pytest.mark.parametrize(
    ("header", "answers", "right"),
    [
        ("choice 0,choice 1,choice 2", "0 2", [0, 2]),
        ("Option 0,Option 1,Option 2", "A c", [0, 2]),
        ("opa,opb,opc", "1 3", [0, 2]),
        ("choice 0,choice 1,choice 2", "1 3", None),
        ("opa,opb,opc", "1 0", None),
    ],
)
def test_a_table_says_by_its_choices_from_where_it_counts(
    header: str, answers: str, right: list[int] | None
) -> None:
    """From 0 where there is a choice 0; an answer beyond them leaves all in doubt."""
    rows = "".join(f"Which?,x,y,z,{answer}\n" for answer in answers.split())
    items = csv_table.read(f"question,{header},correct\n{rows}".encode()).items
    found = [[choice.correct for choice in item.choices].index(True) for item in items]
    assert found == (right or [])


def test_other_types_and_pictures_of_a_template_are_told() -> None:
    """Rows that are no choice of one or several, the template's own row, addresses of pictures."""
    source = (
        b"Question Text,Question Type,Option 1,Option 2,Correct Answer,Image Link\n"
        b"Text (required),Type,Text for option 1,Text for option 2,,\n"
        b"Why?,Open-Ended,a,b,1,\nWhich?,Checkbox,a,b,2,http://x.org/a.png\n"
    )
    reading = csv_table.read(source)
    assert (key(reading), reading.items[0].multiple) == ([False, True], True)
    assert [str(each) for each in reading.skipped] == [
        "line 2: is a template's row that says what each column takes",
        "line 3: is a question of the type “open ended”",
    ]
    assert reading.notes == ("line 4: the picture http://x.org/a.png was left out",)


@given(st.lists(st.sampled_from(["1", "2", "3", "A", "B", "a", "0", "x"]), min_size=2, max_size=4,
                unique_by=str.casefold), st.data())  # fmt: skip
def test_a_key_is_written_so_that_no_text_can_be_taken_for_it(
    texts: list[str], data: st.DataObject
) -> None:
    """Numbers and letters as choices come back with the right ones right."""
    place = data.draw(st.integers(0, len(texts) - 1))
    item = single("Which?", *(ItemChoice(text, n == place) for n, text in enumerate(texts)))
    assert csv_table.read(csv_table.write([item])).items == (item,)


@FORMS
def test_other_encodings_are_told(form: ModuleType) -> None:
    """What is not UTF-8 is read as Windows-1252, and NUL characters go; a note says where."""
    bank = [single("Déjà vu, “again”?", right("Oui"), wrong("Non"))]
    reading = form.read(form.write(bank).decode("utf-8-sig").encode("cp1252"))
    assert tuple(bank) == reading.items
    assert "not UTF-8, so the file was read as Windows-1252" in reading.notes[0]
    damaged = form.write(bank).replace(b"Oui", b"O\0ui")
    assert (tuple(bank), 1) == (form.read(damaged).items, len(form.read(damaged).notes))


@settings(max_examples=60)
@given(st.data())
@FORMS
def test_any_bytes_are_read(form: ModuleType, data: st.DataObject) -> None:
    """Noise and damaged files give items or reasons, never an exception."""
    sample = (SAMPLES / "features.gift").read_bytes() if form is gift else form.write(TABLE_ITEMS)
    noise = data.draw(mangled(sample) | st.text("A.)\n{}~=#:\\,;\"'%1[]").map(str.encode))
    reading = form.read(noise)
    assert all(item.stem is not None and item.line > 0 for item in reading.items)


@pytest.mark.parametrize("piece", ["{", "\\", "::", "~%", "=a~", '"', "A. x\n", "\n", ","])
@FORMS
def test_large_files_take_no_longer_than_their_size(form: ModuleType, piece: str) -> None:
    """Fifty thousand marks are not read in the square of their number."""
    head = "stem,correct,choice 1,choice 2\nWhat? "
    assert grows_as_its_length(lambda times: form.read((head + piece * times).encode()), 50_000)


def test_so_many_questions_are_taken_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that goes on after these is refused unread; a table says where it was left."""
    bank = [single(f"Which {n}?", right("a"), wrong("b")) for n in range(4)]
    for form in (gift, aiken, csv_table):
        monkeypatch.setattr(form, "MOST_ITEMS", 3)
        assert len(form.read(form.write(bank[:3])).items) == 3
        assert form.read(form.write(bank[:3])).skipped == ()
    for form in (gift, aiken):
        assert form.read(form.write(bank)) == TOO_MANY
    reading = csv_table.read(csv_table.write(bank))
    assert len(reading.items) == 3
    assert str(reading.skipped[0]) == "line 5: the rest is too large; split it"
