"""Reading what authors paste or send."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.drafting import DraftCase, picture_in, read_file, read_text, to_case, to_yaml
from content.drafting.draft_case import REST, texts_of
from content.library import SHIPPED
from tests.content.drafting.pasted import (
    CHOICES,
    EXPLANATION,
    FRENCH,
    POINT,
    QUESTION,
    REFERENCE,
    SPANISH,
    STORY,
    pasted,
)
from tests.content.samples import case_data, markdown_texts
from tests.support.documents import document
from tests.support.pictures import saved, scene


def only(text: str) -> DraftCase:
    (draft,) = read_text(text).drafts
    return draft


def right(draft: DraftCase) -> list[str]:
    return [each["text"] for each in draft["questions"][0]["choices"] if each.get("correct")]


@pytest.mark.parametrize(
    "mark",
    [
        *("{letter}. {text}", "{letter}) {text}", "({letter}) {text}", "{letter}.{text}"),
        *("{number}. {text}", "- {text}", "• {text}", "[ ] {text}", "{text}"),
    ],
)
def test_a_pasted_article_is_a_draft_with_all_its_parts(mark: str) -> None:
    """Story, question, choices, key, key point, discussion, references: each in its place."""
    answer = "Correct answer: Vasospastic angina"
    reading = read_text(pasted(answer, mark))
    (draft,) = reading.drafts
    assert draft["title"] == "Chest pain at night"
    assert " ".join(draft["vignette"].split()) == " ".join(STORY.split())
    (question,) = draft["questions"]
    assert question["prompt"] == QUESTION
    assert tuple(each["text"] for each in question["choices"]) == CHOICES
    assert right(draft) == ["Vasospastic angina"]
    assert question["key_point"] == POINT
    assert draft["discussion"] == [{"heading": "Explanation", "text": EXPLANATION}]
    assert draft["references"][0]["doi"] == "10.1093/eurheartj/ehv351"
    assert REST not in draft
    assert reading.problems == ()


@pytest.mark.parametrize(
    "answer",
    [
        *("Answer: B", "ANSWER: b", "Correct answer: B", "Key: B", "Answer: (B)", "Ans: B."),
        *("The correct answer is: B", "Answer: B. Vasospastic angina", "Answer: 2"),
        *("Answer: Vasospastic angina", "Answer: vasospastic angina."),
    ],
)
def test_a_key_that_the_text_states_is_taken(answer: str) -> None:
    """A letter, a number or a choice's own words behind a label are a key."""
    mark = "{number}. {text}" if "2" in answer else "{letter}. {text}"
    assert right(only(pasted(answer, mark))) == ["Vasospastic angina"]


@pytest.mark.parametrize(
    "answer",
    [
        *("", "Vasospastic angina is common in smokers.", "Answer: E", "Answer: it depends"),
        *("Answer: B or C", "Answer: B. Acute pericarditis", "Answer: see below"),
    ],
)
def test_a_key_is_never_guessed(answer: str) -> None:
    """What the text does not say outright stays open, and the author is told."""
    reading = read_text(pasted(answer))
    assert right(reading.drafts[0]) == []
    assert any("right" in str(problem) for problem in reading.problems)


def test_a_star_marks_the_right_choice_and_goes() -> None:
    """An asterisk behind a choice is a key, unless the answer names another."""
    assert right(only(pasted("", starred=2))) == ["Acute pericarditis"]
    disputed = read_text(pasted("Answer: A", starred=2))
    assert right(disputed.drafts[0]) == []
    assert "more than one choice" in str(disputed.problems[0])


@pytest.mark.parametrize(
    "said", ["The correct answer is B.", "Answer is (B)", "La respuesta correcta es la B."]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_letter_said_in_a_sentence_is_the_key_alone(said: str, gap: str) -> None:
    """Close below the choices too; learners, who meet them in another order, read no letter."""
    choices = "\n".join(f"{letter}. {text}" for letter, text in zip("ABCD", CHOICES, strict=True))
    text = f"{STORY}\n\n{QUESTION}\n{choices}{gap}{said}\n\nDiscussion\n\n{EXPLANATION}\n"
    draft = only(text)
    assert tuple(each["text"] for each in draft["questions"][0]["choices"]) == CHOICES
    assert right(draft) == ["Vasospastic angina"]
    assert draft["discussion"] == [{"heading": "Discussion", "text": EXPLANATION}]
    assert REST not in draft


@pytest.mark.parametrize("first", ["PMID: 16634744", "DOI 10.1182/B.1", "10.1182/B.1"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_references_by_a_number_alone_are_read(first: str, gap: str) -> None:
    """A list may begin with one: it is no heading, and no field is made up for it."""
    text = pasted().replace(
        f"References\n{REFERENCE}", f"References{gap}1. {first}\n2{REFERENCE[1:]}"
    )
    draft = only(text)
    number, citation = draft["references"]
    assert number in ({"pmid": "16634744"}, {"doi": "10.1182/B.1"})
    assert citation["doi"] == "10.1093/eurheartj/ehv351"
    assert draft["discussion"] == [{"heading": "Explanation", "text": EXPLANATION}]
    assert REST not in draft


@pytest.mark.parametrize("raised", ["1.73 m²", "28 kg/m²", "χ²", "Ca²⁺", "3 cm³"])
def test_powers_and_charges_are_no_citations(raised: str) -> None:
    """However many references there are; behind a word a raised number still is one."""
    listed = "\n".join(f"{n}{REFERENCE[1:]}" for n in (1, 2, 3))
    draft = only(
        pasted().replace(REFERENCE, listed).replace(STORY, f"It is {raised} here, as told².")
    )
    assert draft["vignette"] == f"It is {raised} here, as told [2]."


def test_several_right_answers_are_all_taken() -> None:
    """“A and C” names two."""
    draft = only(pasted("Answer: A and C"))
    assert right(draft) == ["Unstable angina", "Acute pericarditis"]


def test_next_and_done_are_words_of_a_draft() -> None:
    """No word of a text is taken for a command."""
    story = "Next, he was given nitrates. Done. Skip the details. /cancel"
    draft = only(f"{story}\n\n{QUESTION}\nA. Gout\nB. Flu\n")
    assert draft["vignette"] == story


def test_a_text_without_a_question_is_a_story() -> None:
    """All of it stands in the vignette, and that no question was found is told."""
    reading = read_text("A man has gout.\n\nHe is well.")
    assert reading.drafts == ({"vignette": "A man has gout.\n\nHe is well."},)
    assert "no question" in str(reading.problems[0]).lower()


def test_what_finds_no_place_is_the_rest() -> None:
    """A line that the article's reader leaves out is kept, word by word."""
    draft = only(pasted().replace("Answer: B", "Downloaded from example.org today\n\nAnswer: B"))
    said = " ".join(texts_of(draft))
    assert "Downloaded from example.org today" in said


words = st.lists(st.from_regex(r"[A-Za-z0-9é]{1,9}[.,?]?", fullmatch=True), min_size=1, max_size=9)
lines = st.one_of(
    words.map(" ".join),
    st.sampled_from(["", "", QUESTION, "A. Gout", "B. Flu", "C. Pox", "Answer: B", "References"])
    | st.sampled_from(["1. Roe R. Gout. Lancet. 2001;3:1-2.", "Q: Which?", "[ ] Gout", "- Flu"])
    | st.sampled_from(["Key point: rest", "DIAGNOSIS", "Title: x", "FIGURE 1. A foot", "* C. Oh"]),
)
_WORD = re.compile(r"[^\W_]{4,}")
_LABELS = frozenset({"answer", "references", "point", "title", "diagnosis"})


@settings(max_examples=300)
@given(st.lists(lines, max_size=20).map("\n".join))
def test_no_word_is_lost(text: str) -> None:
    """Every word of a pasted text stands in its draft."""
    drafts = read_text(text).drafts
    said = " ".join(" ".join(texts_of(draft)) for draft in drafts).casefold()
    for word in _WORD.findall(text.casefold()):
        assert word in said or word in _LABELS, word


@settings(max_examples=150)
@example("\ud800 title: x")
@given(st.one_of(markdown_texts, st.text(max_size=400)))
def test_any_text_gives_a_reading_that_json_holds(text: str) -> None:
    """Nothing that is pasted raises; its drafts can be kept as JSON and written as files."""
    for draft in read_text(text).drafts:
        assert json.loads(json.dumps(draft)) == draft
        to_yaml(draft)
        to_case(draft)


@settings(max_examples=60)
@given(
    st.sampled_from(["a.docx", "a.xlsx", "a.yaml", "a.gift", "a.csv", "a", "a.pdf"]), st.binary()
)
def test_any_file_gives_a_reading(name: str, data: bytes) -> None:
    """Nor does any file."""
    read_file(name, data)


@pytest.mark.parametrize("name", ["bank.gift", "bank.txt"])
def test_a_bank_without_end_is_refused(name: str) -> None:
    """It is not read to its end, nor taken for the text of one case."""
    reading = read_file(name, b"Which? {=a ~b}\n\n" * 60_000)
    assert reading.drafts == ()
    assert list(map(str, reading.problems)) == [
        "Not taken: holds more than 50,000 questions; split it"
    ]


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "A. ",
        "Answer: B\n",
        "Q: ",
        "- a\n",
        "what? ",
        "(",
        "[ ] x\n",
        "title: ",
        "1. Which?\nA. x\nB. y\n",
    ],
)
def test_a_long_text_is_read_in_bounded_time(piece: str) -> None:
    """The largest text takes a moment, whatever it repeats."""
    begun = time.monotonic()
    read_text(piece * (150_000 // len(piece)))
    assert time.monotonic() - begun < 30


def test_a_case_file_comes_back_as_it_is() -> None:
    """All that a case file says stands in its draft, also one with faults."""
    for path in sorted(SHIPPED.glob("*.yaml"))[:5]:
        reading = read_file(path.name, path.read_bytes())
        assert reading.problems == ()
        assert reading.drafts[0]["id"] == path.stem


def test_an_incomplete_case_file_is_kept_as_far_as_it_goes() -> None:
    """Keys may be missing; what a case has no key for goes to the rest."""
    text = "title: Lumps\nvignette: A man has lumps.\ncolour: red\nlevel: [student]\n"
    reading = read_file("x.yaml", text.encode())
    assert reading.drafts[0] == {
        "title": "Lumps",
        "vignette": "A man has lumps.",
        "level": "student",
        "rest": "colour: red",
        "review": {"status": "unreviewed"},
    }


def test_a_broken_case_file_is_told_by_its_line() -> None:
    """YAML that cannot be read gives no draft, and its author learns where."""
    reading = read_file("x.yaml", b"title: a\nvignette: [\n")
    assert reading.drafts == ()
    assert str(reading.problems[0]).startswith("Line ")


def test_nobody_brings_a_signature_along() -> None:
    """A review that a file claims is taken out, and that is said."""
    signed = case_data(review={"status": "reviewed", "by": "Dr Who", "on": "2026-01-01"})
    reading = read_file("x.yaml", json.dumps(signed).encode())
    assert reading.drafts[0]["review"] == {"status": "unreviewed"}
    assert "Dr Who" in str(reading.problems[0])


def test_banks_of_questions_give_a_draft_each() -> None:
    """GIFT and Aiken as `import` reads them; what has no key is told, not guessed."""
    gift = "::Feet::Which joint? {=Toe#Yes ~Knee ~Hip}\n\nA man limps. Why? {=Gout ~Flu}\n"
    reading = read_text(gift)
    assert [right(draft) for draft in reading.drafts] == [["Toe"], ["Gout"]]
    assert any("Feet" in str(problem) for problem in reading.problems)
    aiken = "Which joint?\nA. Toe\nB. Knee\nANSWER: A\n\nWhy?\nA. Gout\nB. Flu\nANSWER: B\n"
    assert [right(draft) for draft in read_text(aiken).drafts] == [["Toe"], ["Flu"]]


@pytest.mark.parametrize("answer", ["Answer: B", ""])
def test_a_word_document_is_read_as_its_text_is(answer: str) -> None:
    """Also one without a key, of which `import` makes no draft."""
    paragraphs = [each for each in pasted(answer).split("\n") if each]
    (draft,) = read_file("case.docx", document(*paragraphs)).drafts
    said: dict[str, Any] = draft["questions"][0]
    assert said["prompt"] == QUESTION
    assert tuple(each["text"] for each in said["choices"]) == CHOICES
    assert right(draft) == (["Vasospastic angina"] if answer else [])


@pytest.mark.parametrize("mark", ["?", "\u061f", "\uff1f"])
@pytest.mark.parametrize("before", ["A. ", "- ", ""])
def test_a_question_is_one_in_any_script(mark: str, before: str) -> None:
    """Arabic and Chinese script have question marks of their own."""
    choices = "".join(f"{before}{choice}\n" for choice in ("شحم", "كلس", "يورات"))
    choices = choices.replace("A. كلس", "B. كلس").replace("A. يورات", "C. يورات")
    draft = only(f"مريضة لديها كتل صلبة تحت الجلد.\n\nكيف تسمى{mark}\n{choices}")
    assert draft["vignette"] == "مريضة لديها كتل صلبة تحت الجلد."
    (asked,) = draft["questions"]
    assert asked["prompt"] == f"كيف تسمى{mark}"
    assert [each["text"] for each in asked["choices"]] == ["شحم", "كلس", "يورات"]


PICTURES = [saved(scene(size=size), "PNG") for size in ((900, 600), (800, 700))]


def test_the_pictures_of_a_document_are_its_authors_to_give() -> None:
    """Each once, in their order, and told where there are such as no case can show."""
    drawing = b"\x01\x00\x00\x00 a drawing of Windows"
    first, second = PICTURES
    file = document(*pasted("Answer: B").split("\n"), pictures=[first, drawing, second, first])
    reading = read_file("case.docx", file)
    assert reading.pictures == 2
    assert [picture_in(file, n) for n in (0, 1, 2, 3)] == [b"", first, second, b""]
    assert [str(one) for one in reading.problems if "picture" in str(one)] == [
        "a picture of the document cannot be taken: send PNG or JPEG"
    ]
    assert picture_in(b"PK damaged", 1) == b""


def test_a_document_that_is_a_story_alone_is_read() -> None:
    """Though it has no question, and its pictures come with it."""
    reading = read_file("case.docx", document("A woman of 64 has lumps.", pictures=PICTURES))
    assert reading.drafts[0]["vignette"] == "A woman of 64 has lumps."
    assert reading.pictures == 2


def test_the_text_that_authors_are_shown_is_understood() -> None:
    """docs/writing.md's own example: every part in its place, nothing left to ask about it."""
    page = (Path(__file__).parents[3] / "docs" / "writing.md").read_text("utf-8")
    reading = read_text(page.split("```text\n")[1].split("```")[0])
    (draft,) = reading.drafts
    assert reading.problems == ()
    assert draft["title"] == "Stone-hard lumps under the skin, 18 years on"
    assert right(draft) == ["Deposits of calcium"]
    assert draft["questions"][0]["key_point"].startswith("Stone-hard nodules")
    assert [each["heading"] for each in draft["discussion"]] == ["Explanation"]
    assert draft["references"][0]["journal"] == "Lancet"
    assert REST not in draft


@pytest.mark.parametrize(
    ("text", "title", "key", "heading"),
    [
        (SPANISH, "Dolor torácico nocturno", "Angina vasoespástica", "Explicación"),
        (FRENCH, "Douleur thoracique nocturne", "Angor spastique", "Explication"),
    ],
)
def test_labels_are_known_in_the_bots_languages(
    text: str, title: str, key: str, heading: str
) -> None:
    """As those who speak them write a case down."""
    reading = read_text(text)
    (draft,) = reading.drafts
    assert reading.problems == ()
    assert (draft["title"], right(draft)) == (title, [key])
    assert draft["vignette"].startswith("Un hom")
    assert draft["questions"][0]["key_point"].endswith(("vasoespasmo.", "spasme."))
    assert [each["heading"] for each in draft["discussion"]] == [heading]
    assert draft["references"][0]["journal"] == "Lancet"
    assert REST not in draft


def test_choices_on_one_line_are_parted() -> None:
    """As mail programs leave them, with the question or below it; a dose is no choice."""
    for joint in (" ", "\n"):
        draft = only(f"He limps.\n\nWhat is it?{joint}A. Gout B. Flu (type B) C. Pox\n\nAnswer: C")
        choices = [each["text"] for each in draft["questions"][0]["choices"]]
        assert choices == ["Gout", "Flu (type B)", "Pox"]
        assert right(draft) == ["Pox"]
        assert draft["questions"][0]["prompt"] == "What is it?"


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("Authors: Ann Lee, MD; Ben Ali", ["Ann Lee, MD", "Ben Ali"]),
        ("Autor: José Ortega y Gasset", ["José Ortega y Gasset"]),
    ],
)
def test_nobody_is_two_authors(said: str, authors: list[str]) -> None:
    """Neither a comma nor an “and” in a name parts it; a semicolon stands between people."""
    (draft,) = read_text(f"{said}\n\nA man of 50 has a cough.").drafts
    assert [*draft["authors"]] == authors
