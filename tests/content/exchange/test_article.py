"""Published one-page cases as text, and the drafts made of them."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.exchange.article.importing import article_drafts
from content.exchange.article.reading import ArticleDraft, draft
from content.exchange.article.writing import case_file
from content.exchange.drafts import Known
from content.exchange.formats import Format, guess
from content.exchange.item import Skipped
from content.exchange.names import Ids
from content.loader import CaseFile, read_case
from content.markup import parse, visible
from content.tree import to_plain
from content.yaml_tree import read_tree
from tests.support.growth import grows_as_its_length

ARTICLES = Path(__file__).parent / "articles"
PRINTED = (ARTICLES / "printed.txt").read_text("utf-8")
WEB = (ARTICLES / "web.txt").read_text("utf-8")
COLUMNS = (ARTICLES / "columns.txt").read_text("utf-8")
LETTERED = (ARTICLES / "lettered.txt").read_text("utf-8")
SMALL = """A {title} title

The story.

Q: Which is it?
{boxes}
A: {answer}
"""
BOXES = "☐ Gout\n☐ Dermatomyositis\n☐ Juvenile dermatomyositis\n☐ Lupus"


def article(text: str) -> ArticleDraft:
    """What a text that holds a question reads as."""
    found = draft(text)
    assert isinstance(found, ArticleDraft)
    return found


def small(answer: str = "It is.", boxes: str = BOXES, title: str = "short") -> ArticleDraft:
    """A short article with this answer and these lines of choices."""
    return article(SMALL.format(title=title, boxes=boxes, answer=answer))


def written(text: str) -> str:
    """The case file that a text becomes."""
    return case_file(article(text))


def saved(folder: Path, source: str) -> CaseFile:
    """A case file of this text, read as `check` reads it."""
    path = folder / "case.yaml"
    path.write_text(source, "utf-8")
    return read_case(path)


def test_a_printed_page_is_read_into_its_parts() -> None:
    """Title, authors, vignette, caption, question, choices, sections, address of a PDF's text."""
    found = article(PRINTED)
    assert found.title == "Multiple skin nodules in a 64-year-old woman"
    assert found.series == "The Clinical Picture"
    assert found.authors == "Sheetal Chhaya, DO"
    assert found.work.endswith("Immunologic Diseases, The Cleveland Clinic Foundation")
    assert [paragraph.text[:33] for paragraph in found.vignette] == [
        "A 64-year-old woman is seen in a ",
        "Most of the nodules lie over bony",
    ]
    assert found.vignette[0].text.count("beneath") == 1
    assert found.vignette[1].text.endswith("She asks about treatments.")
    ((number, caption),) = found.figures
    assert caption
    assert (number, caption.text) == (
        1,
        "Body map drawn from the examination: each filled circle marks a hard subcutaneous nodule.",
    )
    (asked,) = found.questions
    assert asked.prompt.text == (
        "Which of the following is not associated with this woman's clinical presentation?"
    )
    assert [choice.text for choice in asked.choices] == [
        "Rheumatoid arthritis",
        "Juvenile-onset dermatomyositis",
        "Adult-onset dermatomyositis",
        "Systemic sclerosis",
    ]
    assert [(section.heading, len(section.paragraphs)) for section in asked.answer] == [
        ("", 1),
        ("Cause not known", 1),
        ("Complications", 1),
        ("Diagnosis and treatment", 1),
    ]
    assert asked.answer[1].paragraphs[0].text.endswith("TNF has been linked to calcification.4")
    assert found.address.startswith("Sheetal Chhaya, DO, Department of Rheumatologic")


@pytest.mark.parametrize(
    ("printed", "credited"),
    [
        ("Address reprint requests to Dr. Roe at Elm Clinic.", "Dr. Roe at Elm Clinic."),
        ("Address correspondence to Dr. Roe, or at roe@example.org.", "Dr. Roe."),
        ("From the Department of Skin,\nElm Clinic.", "From the Department of Skin, Elm Clinic."),
    ],
)
def test_an_address_is_known_without_a_label(printed: str, credited: str) -> None:
    """As journals print it below the text: it goes into the credit, and is no part of a section."""
    text = written(SMALL.format(title="short", boxes=BOXES, answer=f"Gout. It hurts.\n\n{printed}"))
    assert f"Author's address: {credited}" in " ".join(text.split())
    assert text.count(credited.rstrip(".")) == 1


def test_what_is_left_out_is_listed_with_its_line() -> None:
    """Running heads, notices, tables and e-mail addresses, and words whose hyphen is in doubt."""
    lines = PRINTED.splitlines()
    told = [str(each) for each in article(PRINTED).left_out]
    expected = {
        "hard lumps be-": "was split at the line's end",
        "about treat-": "was split at the line's end",
        "linked to calcifi-": "was split at the line's end",
        "CLEVELAND CLINIC JOURNAL OF MEDICINE  ": "a running head",
        "Downloaded from": "a notice of the page",
        "TABLE 1": "a table, down to line",
        "ADDRESS": "an e-mail address",
    }
    places = {next(n for n, line in enumerate(lines, 1) if part in line): part for part in expected}
    places[1 + max(n for n, line in enumerate(lines) if line == "THE CLINICAL PICTURE")] = ""
    assert [int(each.split(":")[0].removeprefix("line ")) for each in told] == sorted(places)
    for each in told:
        part = places[int(each.split(":")[0].removeprefix("line "))]
        assert expected.get(part, "a running head") in each


def test_a_web_page_is_read_into_its_parts() -> None:
    """Each paragraph a line, ticked boxes, raised numbers, and the debris of buttons."""
    found = article(WEB)
    assert (found.title, found.authors) == (
        "A 23-year-old man with ringing in both ears",
        "Ana Prueba, MD and John Sample, MD, PhD",
    )
    assert "67 (1) 12-13; DOI:" in found.source
    assert [number for number, _ in found.figures] == [1, 2]
    (asked,) = found.questions
    assert len(asked.choices) == 4
    assert asked.proposal
    assert asked.choices[asked.proposal.choice].text == "Salicylate poisoning"
    assert asked.proposal.sentence == "Salicylate poisoning is the correct answer."
    assert [section.heading for section in asked.answer] == [
        "",
        "The Acid-Base Disturbance",
        "Treatment",
        "Disclosures",
    ]
    assert [each.citation is not None for each in found.references] == [True, False, True]
    source = written(WEB)
    assert "a respiratory alkalosis [1]. The others cause one of them only [2-3]." in source
    assert "how many\\*." in source


@pytest.mark.parametrize("text", [PRINTED, WEB])
def test_check_refuses_a_draft_for_what_the_text_does_not_say(tmp_path: Path, text: str) -> None:
    """What must be filled in is refused, and nothing else; no choice is marked as right."""
    source = written(text)
    assert "correct: true" not in re.sub("#.*", "", source)
    file = saved(tmp_path, source)
    assert file.case is None
    assert {problem.code for problem in file.problems} == {
        "missing",
        "correct-missing",
        "key-point-missing",
        *(["reference-source"] if text == WEB else []),
    }


def test_a_draft_passes_once_it_is_filled_in(tmp_path: Path) -> None:
    """The author fills what is empty, and the case says what the article said."""
    source = written(PRINTED)
    for key, value in (
        ("id", "hard-lumps"),
        ("topics", "[rheumatology]"),
        ("level", "resident"),
        ("authors", "[A Clinician]"),
        ("licence", "CC-BY-4.0"),
        ("    key_point", "Hard lumps are calcium."),
        ("        correct", "true"),
        ("  - id", "association"),
    ):
        source = re.sub(rf"^{key}:.*$", f"{key}: {value}", source, count=1, flags=re.MULTILINE)
    source = re.sub(r"^figures:\n(?:  .*\n)+", "", source, flags=re.MULTILINE)
    file = saved(tmp_path, source)
    assert [str(problem) for problem in file.problems] == []
    assert file.case
    assert file.case.questions[0].correct == (0,)
    assert [reference.pages for reference in file.case.references] == [
        "53-57",
        "558-560",
        "333-334",
        "365-366",
    ]
    assert file.case.based_on
    assert "e-mail" not in file.case.based_on


@pytest.mark.parametrize("text", [PRINTED, WEB])
def test_a_draft_says_whose_the_rights_are(text: str) -> None:
    """At its head, whatever the article."""
    head = written(text).split("\nid:")[0].replace("\n# ", " ")
    assert "The rights in a published text" in head
    assert "Importing a text does not settle them." in head


@pytest.mark.parametrize(
    "boxes",
    [
        "❏ Gout\n❏ Dermatomyositis\n❏ Juvenile dermatomyositis\n❏ Lupus",
        "□ Gout □ Dermatomyositis\n\n□ Juvenile\n dermatomyositis □ Lupus",
        "[ ] Gout\n[ ] Dermatomyositis\n[x] Juvenile dermatomyositis\n[ ] Lupus",
        "■ Gout\n■ Dermatomyositis\n■ Juvenile dermatomyositis\n■ Lupus",
        "\uf06f Gout\n\uf06f Dermatomyositis\n\uf06f Juvenile dermatomyositis\n\uf06f Lupus",
        "A. Gout\nB. Dermatomyositis\nC. Juvenile dermatomyositis\nD. Lupus",
        "a) Gout\nb) Dermatomyositis\nc) Juvenile dermato-\nmyositis\nd) Lupus",
        "□ A. Gout\n□ B. Dermatomyositis\n□ C. Juvenile dermatomyositis\n□ D. Lupus",
        "1. Gout\n2. Dermatomyositis\n3. Juvenile dermatomyositis\n4. Lupus",
        "• Gout\n• Dermatomyositis\n• Juvenile dermatomyositis\n• Lupus",
        "q Gout\nq Dermatomyositis\nq Juvenile dermatomyositis\nq Lupus",
        "Gout\nDermatomyositis\nJuvenile dermatomyositis\nLupus\n",
        "□ Gout\n□ Dermatomyositis\n396\n□ Juvenile dermatomyositis\n\n□ Lupus",
    ],
)
def test_choices_lose_their_marks(boxes: str) -> None:
    """Tick boxes of many fonts, letters, numbers, bullets, or nothing before each choice."""
    (asked,) = small(boxes=boxes).questions
    assert [choice.text for choice in asked.choices] == [
        "Gout",
        "Dermatomyositis",
        "Juvenile dermatomyositis",
        "Lupus",
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("The correct answer is juvenile dermatomyositis.", "Juvenile dermatomyositis"),
        ("Lupus. It is common.", "Lupus"),
        ("Lupus is the correct answer, not gout.", "Lupus"),
        ("Many things do this. The diagnosis was dermatomyositis.", "Dermatomyositis"),
        ("He had juvenile dermatomyositis.", "Juvenile dermatomyositis"),
        ("The diagnosis is not gout.", None),
        ("Gout and lupus may do this.", None),
        ("It is none of these.", None),
    ],
)
def test_the_right_choice_is_proposed_from_a_sentence(answer: str, expected: str | None) -> None:
    """A sentence that names one choice as right; where none does, nothing is proposed."""
    (asked,) = small(answer).questions
    found = asked.proposal and asked.choices[asked.proposal.choice].text
    assert found == expected
    if asked.proposal:
        assert asked.proposal.sentence in answer
        assert asked.proposal.line == 7 + BOXES.count("\n")


@pytest.mark.parametrize(
    ("answer", "letter"), [("B. Lupus", "B"), ("The correct answer is C.", "C"), ("C", "C")]
)
def test_a_lettered_answer_names_its_choice(answer: str, letter: str) -> None:
    """The letter is looked up among the choices."""
    (asked,) = small(answer, "A. Gout\nB. Lupus\nC. Sarcoid").questions
    assert asked.proposal
    assert asked.choices[asked.proposal.choice].letter == letter


def test_two_columns_are_read_one_after_the_other() -> None:
    """A page laid out in two columns keeps its sentences whole, and says what was done."""
    left = [
        "A woman of 64 came with lumps",
        "that had grown for years. They",
        "were hard as stone, and lay",
        "over the elbows.",
        "",
        "Q: What are they?",
    ]
    right = ["□ Calcium", "□ Urate", "□ Fat", "", "A: Calcium. It follows", "dermatomyositis."]
    page = [f"{a:<40}{b}".rstrip() for a, b in zip(left, right, strict=True)]
    found = article("\n".join(["Lumps for years", "", *page]))
    assert [each.text for each in found.vignette] == [
        "A woman of 64 came with lumps that had grown for years. They were hard as stone, and lay"
        " over the elbows."
    ]
    assert [choice.text for choice in found.questions[0].choices] == ["Calcium", "Urate", "Fat"]
    assert [str(each) for each in found.left_out] == [
        "line 3: two columns were read one after the other, down to line 8"
    ]


def test_a_page_of_two_columns_is_read_into_its_parts() -> None:
    """Columns of a PDF's layout, with captions in one of them and a list below both."""
    found = article(COLUMNS)
    assert found.title == "A rash on the shins of a 35-year-old runner"
    assert found.authors == "John M. Sample, MD; JANE Q. DOE, MD, PhD"
    assert found.vignette[0].text.startswith("A 35-year-old man presented with a painful rash")
    assert [caption.text for _, caption in found.figures if caption] == [
        "Tender red nodules on the left shin.",
        "The right shin.",
    ]
    (asked,) = found.questions
    assert [choice.text for choice in asked.choices][::3] == [
        "Erythema nodosum",
        "None of the above",
    ]
    assert [section.heading for section in asked.answer] == ["", "Associations"]
    cited = [each.citation.reference for each in found.references if each.citation]
    assert [(each.journal, each.pages) for each in cited] == [
        ("Dermatol Clin", "425-438"),
        ("J Am Acad Dermatol", "163-183"),
        ("Clin Rheumatol", "212-216"),
    ]


def test_lettered_choices_and_an_answer_by_its_heading_are_read() -> None:
    """No marks but letters and headings: the sentence above the letters is the question."""
    found = article(LETTERED)
    (asked,) = found.questions
    assert asked.prompt.text == "Which of the following is the best next step?"
    assert len(asked.choices) == 4
    assert asked.proposal
    assert (asked.proposal.choice, asked.proposal.line) == (0, 14)
    assert [section.heading for section in asked.answer] == ["", "Discussion"]
    assert found.left_out == ()


MARKED = """CASE REPORT QUIZ

A woman with blue fingers

Maria B. Example, MD1; Tom C. Sample, MBBS, PhD2

1Department of Medicine, Example University Hospital; 2Rheumatology Unit, Sample Institute

A 29-year-old woman had blue fingers in the cold.

Question
Which disease is most likely?
1) Primary Raynaud phenomenon
2) Systemic sclerosis
3) Acrocyanosis

Answer
Systemic sclerosis.

Short explanation
Giant capillaries with antinuclear antibodies point to it.

Correspondence: Maria B. Example, Example University Hospital, Town (m.example@example.org).
"""


def test_signs_and_numbers_of_a_journal_are_no_part_of_the_story() -> None:
    """Authors with signs for where they work, a question below its heading, numbered choices."""
    found = article(MARKED)
    assert (found.series, found.title) == ("Case Report Quiz", "A woman with blue fingers")
    assert [part.text for part in found.vignette] == [
        "A 29-year-old woman had blue fingers in the cold."
    ]
    (asked,) = found.questions
    assert asked.prompt.text == "Which disease is most likely?"
    assert [choice.text for choice in asked.choices] == [
        "Primary Raynaud phenomenon",
        "Systemic sclerosis",
        "Acrocyanosis",
    ]
    assert asked.proposal
    assert asked.proposal.choice == 1
    assert [section.heading for section in asked.answer] == ["", "Short explanation"]
    assert "Example University Hospital, Town.\n" in written(MARKED)


def test_numbered_choices_need_no_mark_before_the_question() -> None:
    """Where what stands above them asks; steps that are listed below a sentence are none."""
    listed = "1. Fever\n2. Rash\n3. Cough\n\nAnswer\nRash.\n"
    (asked,) = article(f"A title\n\nA man is ill.\n\nWhich is first?\n{listed}").questions
    assert [choice.text for choice in asked.choices] == ["Fever", "Rash", "Cough"]
    assert isinstance(draft(f"A title\n\nA man is ill.\n\nHe had three:\n{listed}"), Skipped)


@pytest.mark.parametrize("text", [PRINTED, WEB, COLUMNS, LETTERED, MARKED])
def test_no_word_is_dropped_in_silence(text: str) -> None:
    """Each word of the article stands in the draft, but those of the lines that are told."""
    found = article(text)
    told = {int(re.findall(r"\d+", each.place)[0]) for each in found.left_out}
    tables = next((each for each in found.left_out if "a table" in each.reason), None)
    if tables:
        told |= set(
            range(int(tables.place.split()[1]), int(re.findall(r"\d+", tables.reason)[0]) + 1)
        )
    lines = text.split("\n")
    kept = "\n".join("" if n in told else line for n, line in enumerate(lines, start=1))
    words = set(re.findall(r"[^\W\d_]{3,}", re.sub(r"(?m)\w*-$\n+\s*\w+", "", kept).lower()))
    shown = re.sub(r"\n *#? *", " ", case_file(found)).lower()
    unsaid = {word for word in words if word not in shown}
    assert unsaid <= {"suggested", "reading", "ments", "openurlpubmed", "openurlcrossrefpubmed"} | {
        "lier",
        "org",
        "samplej",
        "someone",
    }


def test_a_question_without_its_mark_is_found_before_the_boxes() -> None:
    """The sentence before the first tick box asks; what precedes it belongs to the vignette."""
    found = article(
        "A title\n\nA man is ill. What does he have?\n[ ] Gout\n[ ] Lupus\n\nGout. It is."
    )
    assert [each.text for each in found.vignette] == ["A man is ill."]
    assert found.questions[0].prompt.text == "What does he have?"
    assert found.questions[0].proposal == found.questions[0].proposal


def test_several_questions_follow_one_another() -> None:
    """Each with its own choices and answer; a key point is asked for."""
    text = (
        SMALL.format(title="x", boxes=BOXES, answer="Gout.")
        + "\nQ: And now?\n□ Rest\n□ Drugs\nA: Rest."
    )
    found = article(text)
    assert [len(question.choices) for question in found.questions] == [4, 2]
    assert [question.answer[0].paragraphs[0].text for question in found.questions] == [
        "Gout.",
        "Rest.",
    ]


@pytest.mark.parametrize(
    "text", ["", "No question here.", "Q", "□", "x" * 200_001, "\x00\x01", "A: Gout."]
)
def test_what_holds_no_case_is_one_listed_problem(text: str) -> None:
    """Nothing to draft from: the place and the reason, and no draft."""
    found = draft(text)
    assert isinstance(found, Skipped)
    assert str(found).startswith("line 1: ")


def test_what_the_author_says_besides_is_filled_in(tmp_path: Path) -> None:
    """Topics, level, author and licence of all; the file is named after the title, each once."""
    known = Known.model_validate(
        {"topics": ["skin"], "level": "fellow", "authors": ["A B"], "licence": "CC0-1.0"}
    )
    ids = Ids()
    (first,), told = article_drafts(PRINTED.encode(), known, ids)
    (second,), _ = article_drafts(PRINTED.encode("utf-16"), Known(), ids)
    assert (first.id, second.id) == (
        "multiple-skin-nodules-in-a-64-year-old-woman",
        "multiple-skin-nodules-in-a-64-year-old-woman-2",
    )
    assert told == article(PRINTED).left_out
    missing = {problem.message.split("`")[1] for problem in saved(tmp_path, first.text).problems}
    assert missing.isdisjoint({"topics", "level", "authors", "licence of the case"})
    assert article_drafts(b"\x00\xff", known, ids)[0] == ()


PIECES = st.sampled_from(
    [
        *("Q: Which is it?", "A: Gout.", "□ Gout", "A. Gout", "B. Lupus", "Figure 1. A caption"),
        *("TABLE 1", "REFERENCES", "1. Callen JP. Gout. Lancet 2000; 355:53-57.", "■ CAUSE"),
        *("ADDRESS: A Person", "THE CLINICAL PICTURE", "Ana Prueba, MD", "a man was ill be-"),
        *("cause of gout.", "A  B    C   D", "397", "Cause", "©", "\u00ad", "10.1000/1 doi:"),
        *("*_[x](http://y.z)", "# a: b", "---", "", " "),
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES | st.text(max_size=20)).map("\n".join)))
@settings(max_examples=150, deadline=None)
@example("Q:\n□\n□\nA:")
@example("Q: \u2028\n[ ] \u030a\n[x] \ud7ff\nA: '")
def test_any_text_gives_a_draft_or_a_listed_problem(text: str) -> None:
    """Never an error; a draft is a case file that reads as YAML, with the title and the prompt."""
    found = draft(text)
    if isinstance(found, Skipped):
        return
    tree, problems = read_tree(Path("case.yaml"), case_file(found).encode())
    assert problems == ()
    assert tree
    plain = to_plain(tree)
    assert isinstance(plain, dict)
    shown = "\n\n".join(each.text for each in found.vignette)
    if not re.search(r"\d|[^\x00-\x7f]", shown):
        vignette = plain.get("vignette", "")
        assert isinstance(vignette, str)
        assert visible(parse(vignette)).split() == shown.split()


@pytest.mark.parametrize(
    "unit",
    [
        *("Q: a ", "a   b\n", "□ ", "a-\nb", "Figure 1\n", "A. b\n", "1;2:3-", "(", "Smith A, "),
        *("doi:10.1000/", "■ A\n", "¹", "A1 ", "T   a\n\n", "http://a/\n"),
    ],
)
def test_the_time_of_reading_grows_as_the_text_does(unit: str) -> None:
    """Not in the square of its length, wherever a hostile text stands."""

    def read(length: int) -> None:
        body = (unit * length)[:length]
        draft(f"{body}\nQ: a?\n□ a\n□ b\nA: a")
        draft(f"Q: a?\n□ a\n□ b\nA: a\nREFERENCES\n{body}")

    assert grows_as_its_length(read, 12_000)


def test_an_article_is_known_when_it_is_met() -> None:
    """By `Q:` with `A:` or tick boxes, or by three boxes; other formats' questions stay theirs."""
    for text in (PRINTED, WEB, COLUMNS):
        assert guess("page.txt", text.encode()) is Format.ARTICLE
    assert guess("bank.txt", b"Q: What?\nA. Gout\nB. Lupus\nANSWER: A\n") is Format.AIKEN
    assert guess("note.txt", b"Q: What?\nNobody knows.\n") is None
