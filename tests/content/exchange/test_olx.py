"""Problems and courses of Open edX."""

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content.exchange import archive, tar_files
from content.exchange.formats import Format, guess
from content.exchange.html_text import to_html
from content.exchange.item import Item, ItemChoice, Picture, Reading
from content.exchange.olx import read
from content.exchange.xml_tree import without_forbidden
from tests.content.exchange.items import items
from tests.content.exchange.mangled_files import mangled, named
from tests.content.exchange.pictures import GREY
from tests.content.exchange.round_trips import stands_behind_other_formats
from tests.content.exchange.test_qti import packed

SAMPLES = Path(__file__).parent / "samples" / "olx"
COURSE = {
    path.relative_to(SAMPLES).as_posix(): path.read_bytes()
    for path in sorted(SAMPLES.rglob("*.xml"))
} | {"course/static/my_strip.png": GREY}
DEEP = {"longer/" * 30 + path: data for path, data in COURSE.items()}
SINGLE = COURSE["course/problem/single.xml"]


def tarred(
    files: Mapping[str, bytes],
    *more: tarfile.TarInfo,
    mode: str = "w:gz",
    form: int = tarfile.PAX_FORMAT,
) -> bytes:
    """A tar of these files, and of headers without a body."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode, format=form) as package:  # type: ignore[call-overload]
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(content)
            package.addfile(info, io.BytesIO(content))
        for info in more:
            package.addfile(info)
    return data.getvalue()


def problem(
    group: str, response: str = "multiplechoiceresponse", *, more: str = "", stem: str = "<p>Q</p>"
) -> bytes:
    """A problem with these choices in its response."""
    return f"<problem>{stem}<{response}>{group}</{response}>{more}</problem>".encode()


def choices(*right: str, kind: str = "choicegroup", attributes: str = "") -> str:
    """Choices a, b and c, each as right as it is said to be."""
    inside = "".join(
        f'<choice correct="{each}">{name}</choice>'
        for name, each in zip("abc", right, strict=False)
    )
    return f"<{kind} {attributes}>{inside}</{kind}>"


@pytest.mark.parametrize(
    "data",
    [
        packed(COURSE),
        tarred(COURSE),
        tarred(COURSE, mode="w"),
        *(tarred(DEEP, form=form) for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)),
    ],
    ids=["zip", "tar.gz", "tar", "long-names", "long-names-of-gnu"],
)
def test_a_course_is_read_whole(data: bytes) -> None:
    """In the order of its outline, with its chapters, static pictures, hints and solutions."""
    reading = read(data)
    category = "Hearts/Rhythm/Slow - fast"
    assert reading.items == (
        Item(
            stem="A woman of **81** fainted.\n\nWhat does the strip show?\n\nChoose one.",
            choices=(
                ItemChoice("Sinus bradycardia", False, "P waves would be conducted."),
                ItemChoice("Complete *heart* block", True, "Well seen: No P wave is conducted."),
                ItemChoice("Something else", False),
            ),
            name="Slow pulse",
            feedback="P waves and QRS complexes go their own ways.",
            category=category,
            pictures=(Picture("my_strip.png", GREY, "A rhythm strip"),),
        ),
        Item(
            stem="Which slow the node?",
            choices=(
                ItemChoice("Verapamil", True, "It blocks calcium."),
                ItemChoice("Atropine", False, "Right: it quickens it."),
                ItemChoice("Digoxin", True),
            ),
            multiple=True,
            shuffle=False,
            category=category,
        ),
        Item(
            stem="The larger lung is",
            choices=(ItemChoice("the left", False), ItemChoice("the right", True)),
            shuffle=False,
            category=category,
        ),
        Item(
            stem="Is it water?",
            choices=(ItemChoice("Yes", True), ItemChoice("No", False)),
            name="Here",
            shuffle=False,
            category=category,
        ),
    )
    root = next(place.removesuffix("problem/number.xml") for place in
                (skipped.place for skipped in reading.skipped) if "number" in place)  # fmt: skip
    assert [str(skipped).removeprefix(root) for skipped in reading.skipped] == [
        "problem/number.xml: “How many”: is a question with a numerical answer",
        "vertical/v1.xml: “Write”: is an essay question",
        "problem/lost.xml: “Programmed”: its text or key is made by a program",
    ]
    assert [note.removeprefix(root) for note in reading.notes] == [
        "problem/single.xml: choices that keep their place are shuffled with the others",
        "problem/single.xml: its hints were left out",
        "problem/several.xml: a hint to those who did not choose has no place in a case:"
        " “It slows it too.”",
        "problem/several.xml: a hint has no place in a case: “One of the two.”",
        "problem/lost.xml: is in no unit of the course, and was taken all the same",
    ]


def test_it_is_known_without_being_told() -> None:
    """A course by the names in it or by being a tar, a problem by how it begins."""
    assert guess("export.zip", packed(COURSE)) is Format.OLX
    assert guess("course", tarred(COURSE)) is Format.OLX
    assert guess("course", tarred(COURSE, mode="w")) is Format.OLX
    assert guess("p.xml", b"<?xml version='1.0'?>\n<!-- a --><!-- b -->\n" + SINGLE) is Format.OLX
    assert guess("p.txt", b"<!---->" * 5_000 + b"<p>") is None


def test_problems_lie_in_a_zip_without_a_course() -> None:
    """Each is taken, whatever its file is called."""
    reading = read(packed({"a.xml": SINGLE, "b.xml": b"<html/>", "static/my_strip.png": GREY}))
    assert [item.name for item in reading.items] == ["Slow pulse"]
    assert reading.items[0].pictures
    assert reading.skipped == ()


@pytest.mark.parametrize(
    ("data", "right", "multiple"),
    [
        (problem(choices("false", "true", "false")), "b", False),
        (problem(choices("False", "True", "False")), "b", False),
        (problem(choices("true", "partial", "false")), "a", False),
        (problem(choices("true", "true", "false")), "ab", False),
        (problem(choices("true", "false", kind="checkboxgroup"), "choiceresponse"), "a", True),
        (problem(choices("true", "true", kind="checkboxgroup"), "choiceresponse"), "ab", True),
        (problem(choices("false", "true", kind="radiogroup"), "choiceresponse"), "b", False),
        (
            problem('<optioninput><option correct="True">a<optionhint>h</optionhint></option>'
                    "<option>b</option></optioninput>", "optionresponse"),
            "a",
            False,
        ),
    ],
    ids=named,
)  # fmt: skip
def test_the_key_is_what_each_choice_says(data: bytes, right: str, multiple: bool) -> None:
    """Of each kind of response."""
    (item,) = read(data).items
    assert "".join(choice.text for choice in item.choices if choice.correct) == right
    assert item.multiple is multiple


def test_numbers_in_a_drop_down_are_choices() -> None:
    """Written without quotation marks; none is lost."""
    (item,) = read(
        problem("<optioninput options=\"(1, 2, '3')\" correct='2'/>", "optionresponse")
    ).items
    assert [(choice.text, choice.correct) for choice in item.choices] == [
        ("1", False), ("2", True), ("3", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (problem(choices("$x")), "calls a choice “$x”, neither true nor false"),
        (problem(choices("true", attributes='answer-pool="2"')), "draws its choices from a pool"),
        (problem(choices("true") * 2), "asks several questions at once"),
        (problem(choices("true"), more="<stringresponse/>"), "with a written answer"),
        (problem(choices("true"), more="<choiceresponse/>"), "asks several questions at once"),
        (problem(choices("true"), more="<script>x</script>"), "is made by a program"),
        (problem("", "customresponse"), "is marked by a program"),
        (problem("", "newresponse"), "is a question of the kind “newresponse”"),
        (problem(""), "has no choices"),
        (b"<problem><p>Q</p></problem>", "asks nothing"),
        (
            problem("<optioninput options=\"('a','b')\" correct='c'/>", "optionresponse"),
            "its choices, or which of them is right, cannot be told",
        ),
        (problem("<optioninput options='(a, b' correct='a'/>", "optionresponse"), "cannot be told"),
        (
            problem(
                choices("true").replace("</choicegroup>", "<p><choice>c</choice></p></choicegroup>")
            ),
            "has choices that lie in something else",
        ),
        (problem(f"<optioninput options='{'(' * 9_000}{')' * 9_000}'/>", "optionresponse"), "told"),
        (b"<html/>", "holds no problem of Open edX, but <html>"),
        (b"", "no element found"),
        (b"\x1f\x8b nonsense", "this is not a tar that can be read"),
        (gzip.compress(b"x" * 2_000), "this is not a tar that can be read"),
        (tarred(COURSE)[:300], "this is not a tar that can be read"),
        (tarred({"a.xml": SINGLE}, mode="w")[:700], "this tar is cut short"),
        (tarred({}), "the package holds no problem"),
        (packed({"a.txt": b""}), "the package holds no problem"),
        (tarred({"moodle_backup.xml": b"<moodle_backup/>"}), "is a backup of Moodle"),
        (tarred({"../problem/a.xml": SINGLE}), "leads out of the package"),
    ],
    ids=named,
)
def test_what_cannot_be_taken_has_one_reason(data: bytes, reason: str) -> None:
    """Other questions, doubts about the key, and files that are no course."""
    reading = read(data)
    assert reading.items == ()
    (skipped,) = reading.skipped
    assert reason in skipped.reason


def test_links_in_a_tar_are_not_followed() -> None:
    """Neither kind of link, nor a device; none is read."""
    links = []
    for number, kind in enumerate([tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE]):
        link = tarfile.TarInfo(f"problem/{number}.xml")
        link.type, link.linkname = kind, "/etc/passwd"
        links.append(link)
    reading = read(tarred({"problem/a.xml": SINGLE}, *links))
    assert len(reading.items) == 1
    assert [str(skipped) for skipped in reading.skipped] == [
        f"problem/{number}.xml: is a link, which is not followed" for number in (0, 1)
    ]


def test_a_tar_cannot_unpack_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes are counted, those of passed-over files too, and its files and their sizes."""
    monkeypatch.setattr(tar_files, "_MOST_UNPACKED", 50_000)
    big = tarred({"film.mp4": b"\0" * 100_000, "problem/a.xml": SINGLE})
    assert read(big).skipped[0].reason == "the package unpacks to more than is read"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_FILES", 2)
    reading = read(tarred({f"problem/{n}.xml": SINGLE for n in range(3)}))
    assert reading.skipped[0].reason == "the package holds more than 2 files"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_FILE_BYTES", 100)
    reading = read(tarred({"problem/a.xml": SINGLE}))
    assert reading.skipped[0].reason.endswith("which is too much")


def test_files_that_name_each_other_come_to_an_end() -> None:
    """In a ring, or one after the other without end."""
    ring = {
        "course.xml": b'<course url_name="a"/>',
        "course/a.xml": b'<course><chapter url_name="b"/></course>',
        "chapter/b.xml": b'<chapter><chapter url_name="b"/><problem url_name="p"/></chapter>',
        "problem/p.xml": SINGLE,
    }
    assert len(read(packed(ring)).items) == 1
    row = {f"vertical/{n}.xml": f'<vertical url_name="{n + 1}"/>'.encode() for n in range(2_000)}
    assert read(packed({"course.xml": b'<vertical url_name="0"/>'} | row)).items == ()


@pytest.mark.parametrize(
    ("label", "stem"),
    [("Q", "Q"), ("q?", "Q\n\nq?"), ("", "Q")],
)
def test_a_label_is_told_where_it_says_more(label: str, stem: str) -> None:
    """As a rule it says the question again."""
    (item,) = read(problem(choices("true", "false", attributes=f'label="{label}"'))).items
    assert item.stem == stem


def test_feedback_for_a_choice_stands_at_the_choice() -> None:
    """Wherever the problem has it."""
    group = (
        '<choicegroup><choice correct="true" explanation-id="e">a</choice>'
        '<choice correct="false">b</choice></choicegroup>'
    )
    more = (
        '<targetedfeedbackset><targetedfeedback explanation-id="e"><p>Targeted Feedback</p>'
        "<p>Yes.</p></targetedfeedback></targetedfeedbackset>"
    )
    (item,) = read(problem(group, more=more)).items
    assert [choice.feedback for choice in item.choices] == ["Yes.", ""]
    assert item.stem == "Q"


def test_a_problem_of_several_questions_is_parted_where_each_stands_alone() -> None:
    """What stands between two of them may belong to either, or to both."""
    group = choices("true", "false")
    one = f"<multiplechoiceresponse><label>One?</label>{group}</multiplechoiceresponse>"
    two = f"<multiplechoiceresponse><label>Two?</label>{group}</multiplechoiceresponse>"
    three = "<stringresponse answer='x'><label>Three?</label></stringresponse>"
    solution = "<solution><p>So.</p></solution>"
    reading = read(f"<problem display_name='P'>{one}{two}{three}{solution}</problem>".encode())
    assert [(item.stem, item.feedback) for item in reading.items] == [
        ("One?", "So."),
        ("Two?", "So."),
    ]
    assert [str(skipped) for skipped in reading.skipped] == [
        "line 1: “P”: is a question with a written answer"
    ]
    for between in ("<p>Now</p>", "Now"):
        reading = read(f"<problem>{one}{between}{two}</problem>".encode())
        assert [skipped.reason for skipped in reading.skipped] == ["asks several questions at once"]


def written(item: Item) -> bytes:
    """An item as Studio writes a problem."""
    kind, response = ("checkboxgroup", "choiceresponse") if item.multiple else (
        "choicegroup", "multiplechoiceresponse"
    )  # fmt: skip
    inside = "".join(
        f'<choice correct="{str(choice.correct).lower()}">{_html(choice.text)}'
        f'<choicehint selected="true">{_html(choice.feedback)}</choicehint></choice>'
        for choice in item.choices
    )
    group = f'<{kind} shuffle="true">{inside}</{kind}>'
    solution = f"<solution><div>{_html(item.feedback)}</div></solution>"
    return problem(group, response, more=solution, stem=_html(item.stem))


def _html(markdown: str) -> str:
    return without_forbidden(to_html(markdown))


@given(items())
@settings(max_examples=40, deadline=None)
def test_what_is_read_says_the_same_in_other_formats(item: Item) -> None:
    """It is there again, and again behind GIFT and QTI 3."""
    item = replace(item, name="", category="", tags=())
    (back,) = read(written(item)).items
    assert back == item
    stands_behind_other_formats([back])


@given(st.one_of(mangled(SINGLE), mangled(tarred(COURSE)), mangled(tarred(COURSE, mode="w"))))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_taken(data: bytes) -> None:
    """Whatever a file holds, a reading is what comes of it."""
    assert isinstance(read(data), Reading)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_file_in_a_course_is_taken(data: st.DataObject) -> None:
    """Nor does a course whose package is sound, but not what is in it."""
    files = dict(COURSE)
    path = data.draw(st.sampled_from(sorted(files)))
    files[path] = data.draw(mangled(files[path]))
    assert isinstance(read(tarred(files)), Reading)
