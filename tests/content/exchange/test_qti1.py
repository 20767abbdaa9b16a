"""QTI 1.2 as Canvas, Blackboard and Respondus export it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange.formats import Format, guess
from content.exchange.html_text import to_html
from content.exchange.item import Item, ItemChoice, Picture, Reading
from content.exchange.qti import read
from content.exchange.qti1.scoring import score
from content.exchange.xml_tree import Node, read_xml, without_forbidden
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled
from tests.content.exchange.pictures import GREY
from tests.content.exchange.round_trips import stands_behind_other_formats
from tests.content.exchange.test_qti import choice_item, packed

SAMPLES = Path(__file__).parent / "samples" / "qti1"
RESPONDUS = (SAMPLES / "respondus.xml").read_bytes()
QUIZ = "g7f1/g7f1.xml"


def sample(name: str, **more: bytes) -> dict[str, bytes]:
    """A sample package's files by their paths in it, and others."""
    folder = SAMPLES / name
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    } | more


CANVAS = sample("canvas") | {"web_resources/Uploaded Media/my strip.png": GREY}
BLACKBOARD = sample("blackboard") | {
    "csfiles/home_dir/glass__xid-41_1.png": GREY,
    "csfiles/home_dir/glass__xid-41_1.png.xml": b"<lom/>",
    "csfiles/home_dir/other__xid-411_1.png": b"other",
}


def bank(*questions: str) -> bytes:
    """A file of these items."""
    section = f'<section title="Main">{"".join(questions)}</section>'
    return f"<questestinterop>{section}</questestinterop>".encode()


def item(conditions: str, **changes: str) -> str:
    """An item of the choices A to D whose responses are judged by ``conditions``."""
    parts = {
        "kind": "",
        "cardinality": "Single",
        "material": '<material><mattext texttype="text/plain">Q</mattext></material>',
        "response": "response_lid",
        "choices": "".join(
            f'<response_label ident="{name}"><material><mattext>{name.lower()}</mattext></material>'
            "</response_label>"
            for name in "ABCD"
        ),
        "render": "render_choice",
        "fields": "",
        "feedback": "",
    } | changes
    return (
        '<item ident="i" title="t"><itemmetadata>{fields}<qtimetadata><qtimetadatafield>'
        "<fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry></qtimetadatafield>"
        "</qtimetadata></itemmetadata><presentation>{material}"
        '<{response} ident="R" rcardinality="{cardinality}"><{render}>{choices}</{render}>'
        "</{response}></presentation><resprocessing>{conditions}</resprocessing>{feedback}</item>"
    ).format(**parts, conditions=conditions)  # fmt: skip


def when(
    test: str, marks: object = None, action: str = "Set", *, further: str = "", shows: str = ""
) -> str:
    """A condition, the marks it gives, whether others follow, and the feedback it shows."""
    given = f'<setvar varname="SCORE" action="{action}">{marks}</setvar>'
    says = f' continue="{further}"' if further else ""
    shown = f'<displayfeedback linkrefid="{shows}"/>' if shows else ""
    return (
        f"<respcondition{says}><conditionvar>{test}</conditionvar>"
        f"{'' if marks is None else given}{shown}</respcondition>"
    )


def chose(*names: str) -> str:
    """Tests for these choices; one whose name begins with a minus must not be there."""
    return "".join(
        f"<not>{chose(name[1:])}</not>"
        if name.startswith("-")
        else f'<varequal respident="R">{name}</varequal>'
        for name in names
    )


def said(ident: str, text: str) -> str:
    """A feedback."""
    return (
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext texttype="text/plain">{text}'
        "</mattext></material></flow_mat></itemfeedback>"
    )


ALL = f"<and>{chose('A', '-B', 'C', '-D')}</and>"
MULTIPLE = {"cardinality": "Multiple"}


def right(reading: Reading) -> str:
    """The right choices of the one item of a reading."""
    (found,) = reading.items
    return "".join(choice.text for choice in found.choices if choice.correct)


def test_a_package_of_canvas_is_read_whole() -> None:
    """Kinds, keys, feedback, pictures by Canvas' own addresses, and the order of choices."""
    reading = read(packed(CANVAS))
    assert reading.items == (
        Item(
            stem="A woman of **81** fainted.\n\nWhat does the strip show?",
            choices=(
                ItemChoice("Sinus bradycardia, 34/min", False, "P waves would be conducted."),
                ItemChoice("Complete *heart* block", True, "No P wave is conducted."),
                ItemChoice("pH < 7.2", False),
            ),
            feedback="P waves and QRS complexes go their own ways.",
            category="Slow hearts",
            pictures=(Picture("my-strip.png", GREY, "A rhythm strip"),),
        ),
        Item(
            stem="Which slow the node?",
            choices=(
                ItemChoice("Verapamil", True),
                ItemChoice("Atropine", False),
                ItemChoice("Digoxin", True),
            ),
            name="Node",
            multiple=True,
            feedback="Two of the three.",
            category="Slow hearts/Drugs",
        ),
        Item(
            stem="Atropine slows the node.",
            choices=(ItemChoice("True", False), ItemChoice("False", True)),
            name="Truth",
            shuffle=False,
            category="Slow hearts",
        ),
    )
    assert [str(skipped) for skipped in reading.skipped] == [
        "gone/gone.xml: is not in the package",
        f"{QUIZ}, line 113: “Pairs”: is a matching question",
        f"{QUIZ}, line 121: “Write”: is an essay question",
    ]
    assert list(reading.notes) == [
        f"{QUIZ}, line 55: what is said to right answers is told to all",
        f"{QUIZ}, line 8: what is said to wrong answers in 2 questions has no place in a case:"
        " “Sorry.”",
    ]


def test_a_package_of_blackboard_is_read_whole() -> None:
    """Its own fields, marks by SCORE.max, pictures under numbers, and solutions of choices."""
    reading = read(packed(BLACKBOARD))
    assert reading.items == (
        Item(
            stem="What is in the glass?",
            choices=(
                ItemChoice("Water, H₂O", True, "It is clear."),
                ItemChoice("Oil & fat", False, "Oil is yellow."),
                ItemChoice("Sand", False),
            ),
            name="Water",
            feedback="Only water is clear.",
            category="Glass and water",
            pictures=(Picture("xid-41_1", GREY, "A glass"),),
        ),
        Item(
            stem="Think.\\\nWhich are liquid?",
            choices=(
                ItemChoice("Water", True),
                ItemChoice("Oil", True),
                ItemChoice("Sand", False),
            ),
            multiple=True,
            shuffle=False,
            category="Glass and water",
        ),
        Item(
            stem="Sand is dry.",
            choices=(ItemChoice("True", True), ItemChoice("False", False, "Wet sand is mud.")),
            name="Dry",
            shuffle=False,
            category="Glass and water",
        ),
    )
    assert [str(skipped) for skipped in reading.skipped] == [
        "res00001.dat, line 118: “Sure?”: asks for an opinion: no answer is right"
    ]
    assert list(reading.notes) == [
        "res00001.dat, line 11: a text before the questions was left out: “Take your time.”",
        "res00001.dat, line 15: marks for a part of the answer were left out",
        "res00001.dat, line 15: what is said to wrong answers is told to all",
    ]


def test_a_file_of_respondus_is_read_whole() -> None:
    """Feedback goes by who is shown it, and a picture may stand in the file."""
    reading = read(RESPONDUS)
    assert reading.items == (
        Item(
            stem="Which lung has three lobes?",
            choices=(
                ItemChoice("The left", False, "It has two."),
                ItemChoice("The right", True),
                ItemChoice("Neither", False),
            ),
            name="Lungs 1",
            shuffle=False,
            feedback="The heart lies to the left.\n\nCount the fissures.",
            category="Lungs",
            pictures=(Picture("picture.png", b"\x89PNG\r\n\x1a\n", "Lobes"),),
        ),
    )
    assert reading.skipped == ()
    assert reading.notes == ("line 5: what is said to wrong answers is told to all",)


def test_it_is_known_without_being_told() -> None:
    """By the names in a package, whatever its own, or by what the file begins with."""
    assert guess("course.imscc", packed(CANVAS)) is Format.QTI
    assert guess("export", packed(BLACKBOARD)) is Format.QTI
    assert guess("lungs.xml", RESPONDUS) is Format.QTI
    assert guess("res00001.dat", BLACKBOARD["res00001.dat"]) is Format.QTI


@pytest.mark.parametrize(
    "address",
    [
        "$IMS-CC-FILEBASE$/a%20b.png",
        "%24IMS_CC_FILEBASE%24/a%20b.png?x=1",
        "$IMS-CC-FILEBASE$../web_resources/a b.png",
        "../web_resources/a%20b.png",
        "@X@EmbeddedFile.location@X@own.png",
    ],
)
def test_pictures_are_found_by_the_addresses_that_platforms_write(address: str) -> None:
    """In the package's folder, wherever in the zip that lies."""
    material = f'<material><mattext texttype="text/html">&lt;img src="{address}"&gt;</mattext>'
    question = item(when(chose("A"), 1), material=f"{material}</material>")
    files = {
        "in/quiz/q.xml": bank(question),
        "in/web_resources/a b.png": GREY,
        "in/quiz/q/own.png": GREY,
    }
    (found,) = read(packed(files)).items
    assert [picture.data for picture in found.pictures] == [GREY]


@pytest.mark.parametrize("address", ["$IMS-CC-FILEBASE$/../../../etc/passwd", "/etc/passwd"])
def test_no_address_leads_out_of_the_package(address: str) -> None:
    """Nor does one of a file that lies elsewhere."""
    material = f'<material><matimage uri="{address}"/></material>'
    reading = read(packed({"q.xml": bank(item(when(chose("A"), 1), material=material))}))
    assert reading.items[0].pictures == ()
    assert "is not here, or damaged" in reading.notes[0]


def test_a_cartridge_says_each_quiz_once() -> None:
    """Canvas writes it twice, and a question of a bank in each quiz that draws it."""
    quiz = CANVAS[QUIZ]
    files = {
        "g7f1/assessment_qti.xml": quiz,
        "g7f1/assessment_meta.xml": CANVAS["g7f1/assessment_meta.xml"],
        "non_cc_assessments/g7f1.xml.qti": quiz,
        "non_cc_assessments/bank.xml.qti": quiz.replace(b"Which slow", b"Which ones slow"),
    }
    reading = read(packed(files))
    assert [each.stem[:11] for each in reading.items] == [
        "A woman of ",
        "Which slow ",
        "Atropine sl",
        "Which ones ",
    ]
    assert reading.items[0].shuffle
    taken = "non_cc_assessments/g7f1.xml.qti"
    assert f"g7f1/assessment_qti.xml: the same quiz stands in {taken}, which was read" in (
        reading.notes
    )
    assert f"non_cc_assessments/bank.xml.qti, line 8: stands in {taken} too, and is taken once" in (
        reading.notes
    )


@pytest.mark.parametrize(
    ("conditions", "changes", "expected"),
    [
        (when(chose("B"), 100), {}, "b"),
        (when(chose("B"), "SCORE.max"), {}, "b"),
        (when(chose("A"), 0) + when(chose("B"), 2) + when("<other/>", 0), {}, "b"),
        (when(chose("A"), 50) + when(chose("B"), 100), {}, "b"),
        (when(chose("A"), -1) + when(chose("B"), 1) + when(chose("C"), -1), {}, "b"),
        (when(chose("B"), 1, further="Yes") + when("<other/>", 0), {}, "b"),
        (when("<other/>", shows="x") + when(chose("B"), 1), {}, "b"),
        (when(f"<or>{chose('A', 'B')}</or>", 100), {}, "ab"),
        (when(ALL, 100), MULTIPLE, "ac"),
        (when(ALL, 100), {"kind": "multiple_answers_question"}, "ac"),
        (when(ALL, 100), {"kind": "cc.multiple_response.v0p1"}, "ac"),
        (when(chose("A", "C", "-B", "-D"), 1, "Add"), MULTIPLE, "ac"),
        (when(f"{chose('A', 'C')}<not>{chose('B', 'D')}</not>", 1, "Add"), MULTIPLE, "ac"),
        (when(f"<and>{chose('A', 'C')}</and>", 1), MULTIPLE, "ac"),
        (
            "".join(when(chose(name), 50, "Add", further="Yes") for name in "AC"),
            MULTIPLE,
            "ac",
        ),
        ("".join(when(chose(name), 33.33, "Add") for name in "ACD"), MULTIPLE, "acd"),
        (
            "".join(
                when(chose(name), int(name in "AC"), "Add", further="Yes")
                + when(f"<not>{chose(name)}</not>", int(name not in "AC"), "Add", further="Yes")
                for name in "ABCD"
            ),
            MULTIPLE,
            "ac",
        ),
        (
            when(chose("A"), 75, "Add", further="Yes") + when(chose("C"), 25, "Add"),
            MULTIPLE,
            "ac",
        ),
        (
            when(chose("B"), 100, "Add", further="Yes")
            + when(chose("C"), 100, "Subtract", further="Yes"),
            MULTIPLE,
            "b",
        ),
    ],
)
def test_the_key_is_what_scores_best(
    conditions: str, changes: Mapping[str, str], expected: str
) -> None:
    """However the marks are given: set, added, by all at once or choice by choice."""
    reading = read(bank(item(conditions, **changes)))
    assert right(reading) == expected
    assert reading.items[0].multiple == bool(changes)


@pytest.mark.parametrize(
    ("conditions", "changes", "reason"),
    [
        ("", {}, "says of no choice that it is right"),
        (when(chose("A"), 0), {}, "gives no marks that tell a right choice from a wrong one"),
        (when(chose("A"), -1), {}, "gives no marks"),
        (when("<other/>", 1), {}, "gives no marks"),
        (when(chose("E"), 1), {}, "names a choice in its key that it does not have"),
        (when(f"<and>{chose('A', '-E')}</and>", 1), MULTIPLE, "names a choice in its key"),
        (when(chose("A"), "much"), {}, "its marks “much” are no number"),
        (when(chose("A"), 2, "Multiply"), {}, "its marks are reckoned by “multiply”"),
        (when('<varsubset respident="R">A,B</varsubset>', 1), MULTIPLE, "hang on <varsubset>"),
        (when(chose("A"), 1) + when(chose("B"), 1), MULTIPLE, "its key is in doubt"),
        (
            when(chose("A"), 100, further="Yes") + when(chose("B"), 25, "Add", further="Yes")
            + when(chose("C"), -100, "Add"),
            MULTIPLE,
            "gives its choices different marks",
        ),
        (
            when(f"<and>{chose('A', 'B')}</and>", 100) + when(chose("C"), 50),
            MULTIPLE,
            "gives marks for a choice that the best answer does without",
        ),
        (when(chose("A"), 1) * 301, {}, "its marks are given in too many steps"),
        (
            "".join(
                when(chose(name), 2**place / 7, "Add", further="Yes")
                for place, name in enumerate("ABCDEFGHI")
            )
            + when(chose("A"), 1),
            MULTIPLE | {"choices": "".join(f'<response_label ident="{n}"/>' for n in "ABCDEFGHI")},
            "its choices give too many different marks together",
        ),
        (
            when(chose("A"), 1),
            {"fields": "<bbmd_all_fullcredit_ind>true</bbmd_all_fullcredit_ind>"},
            "gives everybody full marks",
        ),
        (
            when(chose("A"), 1),
            {"choices": '<response_label ident="A">x</response_label>' * 2},
            "has two choices of one identifier",
        ),
        (
            when(chose("A"), 1),
            {"choices": "".join(f'<response_label ident="{n}"/>' for n in range(101))},
            "has 101 choices, and at most 100 of its kind are read",
        ),
        (
            when(chose("A"), 1),
            MULTIPLE | {"choices": "".join(f'<response_label ident="{n}"/>' for n in range(13))},
            "has 13 choices, and at most 12 of its kind are read",
        ),
        (when(chose("A"), 1), {"kind": "numerical_question"}, "with a numerical answer"),
        (when(chose("A"), 1), {"kind": "calculated_question"}, "is a calculated question"),
        (when(chose("A"), 1), {"kind": "text_only_question"}, "is a text without a question"),
        (when(chose("A"), 1), {"cardinality": "Ordered"}, "is an ordering question"),
        (when(chose("A"), 1), {"response": "response_str"}, "with a written answer"),
        (when(chose("A"), 1), {"render": "render_hotspot"}, "asks to point at a picture"),
        (when(chose("A"), 1), {"response": "p"}, "asks nothing"),
    ],
)  # fmt: skip
def test_a_doubt_refuses_the_question(
    conditions: str, changes: Mapping[str, str], reason: str
) -> None:
    """By its name and line; another kind by what it is."""
    reading = read(bank(item(conditions, **changes), item(when(chose("D"), 1))))
    assert right(reading) == "d"
    (skipped,) = reading.skipped
    assert str(skipped).startswith("line 1: “t”: ")
    assert reason in skipped.reason


def test_feedback_goes_to_whom_it_is_shown() -> None:
    """To one choice, to some, to all; what is shown for a set of choices has no place."""
    conditions = (
        when("<other/>", shows="x1", further="Yes")
        + when(chose("A"), shows="x2", further="Yes")
        + when(f"<or>{chose('B', 'C')}</or>", shows="x3", further="Yes")
        + when(chose("D"), 1)
    )
    texts = said("x1", "all") + said("x2", "one") + said("x3", "two") + said("x4", "nobody")
    reading = read(bank(item(conditions, feedback=texts + said("solution", "why"))))
    assert [choice.feedback for choice in reading.items[0].choices] == ["one", "two", "two", ""]
    assert reading.items[0].feedback == "all\n\nwhy"
    assert reading.notes == ("line 1: the feedback “x4” has no place in a case: “nobody”",)
    pair = when(ALL, 1, shows="y") + when(f"<and>{chose('A', 'B')}</and>", shows="z")
    reading = read(bank(item(pair, **MULTIPLE, feedback=said("y", "yes") + said("z", "no"))))
    assert reading.items[0].feedback == "yes"
    assert reading.notes[0] == "line 1: the feedback “z” has no place in a case: “no”"


def test_feedback_to_one_of_several_choices_is_that_choices() -> None:
    """Shown whenever it was chosen, whatever else was."""
    conditions = when(chose("C"), shows="x", further="Yes") + when(ALL, 1)
    reading = read(bank(item(conditions, **MULTIPLE, feedback=said("x", "of c"))))
    assert [choice.feedback for choice in reading.items[0].choices] == ["", "", "of c", ""]


def test_what_is_said_to_right_and_wrong_alike_is_said_once() -> None:
    """As platforms have it that know no other place for an explanation."""
    texts = said("correct", "Because.") + said("incorrect", "Because.")
    reading = read(bank(item(when(chose("A"), 1), feedback=texts)))
    assert reading.items[0].feedback == "Because."
    assert reading.notes == ()


@pytest.mark.parametrize(
    ("material", "stem"),
    [
        ("<mattext>a &lt;b and c</mattext>", "a <b and c"),
        ("<mattext>a &lt;b&gt;b&lt;/b&gt;</mattext>", "a **b**"),
        ('<mattext texttype="text/plain">a &lt;b&gt;b&lt;/b&gt;</mattext>', "a <b>b</b>"),
        ('<mattext texttype="text/html"><p xmlns="x">a <i>b</i></p></mattext>', "a *b*"),
        ("<mattext>a</mattext><matemtext>b</matemtext>", "a\n\n*b*"),
        ('<mat_extension><mat_formattedtext type="SMART_TEXT">a\nb</mat_formattedtext>'
         "</mat_extension>", "a\\\nb"),
    ],
)  # fmt: skip
def test_texts_are_read_in_each_style(material: str, stem: str) -> None:
    """HTML escaped, in CDATA or as elements; plain text; and what says neither."""
    (found,) = read(
        bank(item(when(chose("A"), 1), material=f"<material>{material}</material>"))
    ).items
    assert found.stem == stem


@pytest.mark.parametrize(
    ("kind", "names", "texts"),
    [
        ("True/False", ("true", "false"), ["True", "False"]),
        ("Either/Or", ("yes_no.true", "yes_no.false"), ["Yes", "No"]),
        ("Multiple Choice", ("true", "false"), ["true", "false"]),
    ],
)
def test_the_words_of_a_pair_are_blackboards(
    kind: str, names: tuple[str, str], texts: list[str]
) -> None:
    """Whose identifiers say them; elsewhere words are an author's."""
    choices = "".join(
        f'<response_label ident="{name}"><material><mattext>{name}</mattext></material>'
        "</response_label>"
        for name in names
    )
    fields = f"<bbmd_questiontype>{kind}</bbmd_questiontype>"
    (found,) = read(bank(item(when(chose(names[0]), 1), choices=choices, fields=fields))).items
    assert [choice.text for choice in found.choices] == texts
    assert [choice.correct for choice in found.choices] == [True, False]


def test_what_has_no_place_is_told() -> None:
    """Sounds and files, hints, rubrics, texts before questions, and questions elsewhere."""
    question = item(
        when(chose("A"), 1),
        material="<material><mattext>Q</mattext><mataudio uri='a.mp3'/></material>",
        feedback="<itemfeedback ident='h'><hint><hintmaterial><material><mattext>Look!</mattext>"
        "</material></hintmaterial></hint></itemfeedback>"
        "<rubric><material><mattext>Mark it.</mattext></material></rubric>",
    )
    reading = read(
        bank(
            "<presentation_material><material><mattext>Read.</mattext></material>"
            "</presentation_material><itemref linkrefid='far'/>"
            "<selection_ordering><selection><sourcebank_ref>B</sourcebank_ref></selection>"
            "</selection_ordering>" + question
        )
    )
    assert reading.skipped[0].reason == "refers to questions that stand elsewhere"
    assert reading.notes == (
        "line 1: a text before the questions was left out: “Read.”",
        "line 1: draws questions from the bank “B”, which is no part of it",
        "line 1: a sound was left out",
        "line 1: its hints were left out",
        "line 1: its rubric was left out: “Mark it.”",
    )


def test_items_of_both_kinds_lie_in_one_package() -> None:
    """As in a course that was moved from one platform to another."""
    files = {"old.xml": bank(item(when(chose("A"), 1))), "new.xml": choice_item()}
    assert [each.stem for each in read(packed(files)).items] == ["Q", "Q"]


def canvas(bank: Iterable[Item]) -> bytes:
    """These items, without name and tags, as Canvas writes a quiz with the name of a category."""
    bank = list(bank)
    questions = "".join(map(_written, bank))
    return (
        f"<questestinterop><assessment title={quoteattr(bank[0].category)}>"
        f"<section ident='root_section'>{questions}</section></assessment></questestinterop>"
    ).encode()


def _written(one: Item) -> str:
    names = [str(1000 + place) for place, _ in enumerate(one.choices)]
    choices = list(zip(names, one.choices, strict=True))
    if one.multiple:
        test = chose(*(name if choice.correct else f"-{name}" for name, choice in choices))
    else:
        test = chose(*(name for name, choice in choices if choice.correct))
    labels = "".join(
        f'<response_label ident="{name}"><material>{_html(choice.text)}</material></response_label>'
        for name, choice in choices
    )
    texts = {f"{name}_fb": choice.feedback for name, choice in choices}
    return (
        item(
            when("<other/>", shows="general_fb", further="Yes")
            + when(f"<and>{test}</and>" if one.multiple else test, 100, further="No"),
            cardinality="Multiple" if one.multiple else "Single",
            material=f"<material>{_html(one.stem)}</material>",
            choices=labels,
            feedback="".join(
                f"<itemfeedback ident='{ident}'><material>{_html(text)}</material></itemfeedback>"
                for ident, text in (texts | {"general_fb": one.feedback}).items()
            ),
        )
        .replace("<render_choice>", '<render_choice shuffle="Yes">')
        .replace('title="t"', "")
    )


def _html(markdown: str) -> str:
    return f'<mattext texttype="text/html">{escape(without_forbidden(to_html(markdown)))}</mattext>'


one_right = items().map(
    lambda one: replace(one, multiple=sum(choice.correct for choice in one.choices) > 1)
)


@given(st.lists(one_right, min_size=1, max_size=2))
@settings(max_examples=40, deadline=None)
def test_what_is_read_says_the_same_in_other_formats(written: list[Item]) -> None:
    """Each item is there again, and again behind GIFT and QTI 3."""
    written = [replace(one, category="Lungs", tags=(), name="") for one in written]
    reading = read(canvas(written))
    assert reading.items == tuple(written)
    assert reading.skipped == ()
    stands_behind_other_formats(reading.items)


tests = st.recursive(
    st.sampled_from([chose(name) for name in "ABC"] + ["<other/>", "<unanswered/>"]),
    lambda inner: st.tuples(
        st.sampled_from(["and", "or", "not"]), st.lists(inner, min_size=1, max_size=3)
    ).map(lambda parts: f"<{parts[0]}>{''.join(parts[1])}</{parts[0]}>"),
    max_leaves=5,
)
steps = st.tuples(
    tests,
    st.sampled_from([None, 1, 0, -1, 2.5]),
    st.sampled_from(["Set", "Add", "Subtract"]),
    st.sampled_from(["Yes", "No"]),
)


@given(st.lists(steps, max_size=4), st.booleans())
def test_all_responses_at_once_are_scored_as_each_by_itself(
    given_steps: list[tuple[str, float | None, str, str]], several: bool
) -> None:
    """The marks of each response are those that going through the conditions with it gives."""
    source = "".join(
        when(test, marks, action, further=further) for test, marks, action, further in given_steps
    )
    root, _ = read_xml(bank(item(source)))
    node = next(each for each in root.walk() if each.name == "item")
    scoring = score(node, "ABC", multiple=several)
    for response in range(8 if several else 3):
        chosen = {
            name
            for place, name in enumerate("ABC")
            if (response >> place & 1 if several else response == place)
        }
        assert scoring.score(response) == pytest.approx(_scored(node, chosen))


def _scored(node: Node, chosen: set[str]) -> float:
    marks, was_scored = 0.0, False
    for condition in (each for each in node.walk() if each.name == "respcondition"):
        test, setvar = condition.first("conditionvar"), condition.first("setvar")
        if test is None or not _holds(test, chosen, was_scored) or setvar is None:
            continue
        value, was_scored = float(setvar.text), True
        match setvar.attributes["action"]:
            case "Set":
                marks = value
            case "Add":
                marks += value
            case _:
                marks -= value
        if condition.attributes["continue"] == "No":
            break
    return marks


def _holds(test: Node, chosen: set[str], was_scored: bool) -> bool:
    match test.name:
        case "varequal":
            return test.text in chosen
        case "other":
            return not was_scored
        case "unanswered":
            return not chosen
    held = [_holds(each, chosen, was_scored) for each in test.elements()]
    return any(held) if test.name == "or" else not any(held) if test.name == "not" else all(held)


@given(st.one_of(mangled(RESPONDUS), mangled(CANVAS[QUIZ]), mangled(BLACKBOARD["res00001.dat"])))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_taken(data: bytes) -> None:
    """Whatever a file holds, a reading is what comes of it."""
    assert isinstance(read(data), Reading)


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_file_in_a_package_is_taken(data: st.DataObject) -> None:
    """Nor does a package whose zip is sound, but not what is in it."""
    files = dict(data.draw(st.sampled_from([CANVAS, BLACKBOARD])))
    path = data.draw(st.sampled_from(sorted(files)))
    files[path] = data.draw(mangled(files[path]))
    assert isinstance(read(packed(files)), Reading)
