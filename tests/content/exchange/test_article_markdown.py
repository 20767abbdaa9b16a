"""Articles that were kept as Markdown: recognised, and read as their text would be."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.exchange.article.lines import Line, read_lines
from content.exchange.article.markdown import take_markdown_off
from content.exchange.article.reading import ArticleDraft, draft
from content.exchange.article.recognition import is_article
from content.exchange.article.writing import case_file
from content.exchange.formats import Format, guess
from tests.support.growth import grows_as_its_length

MARKDOWN = (Path(__file__).parent / "articles" / "markdown.md").read_text("utf-8")
SMALL = """# A title

A man is ill.

{question}

- ☐ Gout
- ☐ Lupus
- ☐ Sarcoid

{answer}
"""


def article(text: str) -> ArticleDraft:
    """What a text that holds a question reads as."""
    found = draft(text)
    assert isinstance(found, ArticleDraft)
    return found


def small(answer: str, question: str = "Which is it?") -> ArticleDraft:
    """A short article with this answer."""
    return article(SMALL.format(question=question, answer=answer))


def sections(found: ArticleDraft) -> dict[str, list[str]]:
    """The texts of the answer under their headings."""
    (asked,) = found.questions
    return {part.heading: [each.text for each in part.paragraphs] for part in asked.answer}


def bare(text: str) -> list[Line]:
    """The lines of a text without its Markdown."""
    return take_markdown_off(read_lines(text))[0]


def test_an_article_in_markdown_is_read_into_its_parts() -> None:
    """Headings, bold and italics, task list, quotation, links, numbers raised in three ways."""
    assert guess("article.md", MARKDOWN.encode()) is Format.ARTICLE
    found = article(MARKDOWN)
    assert (found.series, found.title) == (
        "Dermatology corner",
        "Multiple skin nodules in a 64-year-old woman",
    )
    assert found.authors == "Ana Prueba, DO"
    assert found.work == "Department of Rheumatology, Example Clinic"
    assert [each.text for each in found.vignette] == [
        "A 64-year-old woman is seen in a rheumatology clinic for hard lumps beneath the skin of"
        " much of her body (Figure 1). They began to appear 18 years ago."
    ]
    assert [(number, caption and caption.text) for number, caption in found.figures] == [(1, "")]
    (asked,) = found.questions
    assert asked.prompt.text == (
        "Which of the following is not associated with this clinical presentation?"
    )
    assert [choice.text for choice in asked.choices] == [
        "Rheumatoid arthritis",
        "Juvenile-onset dermatomyositis",
        "Adult-onset dermatomyositis",
        "Systemic sclerosis",
    ]
    assert asked.proposal
    assert (asked.proposal.choice, asked.proposal.line) == (0, 22)
    assert sections(found) == {
        "": [
            "Calcium is deposited in all of the conditions listed except rheumatoid arthritis.¹,²"
            " The rheumatoid nodule is a focus of fibrinoid necrosis.³"
        ],
        "Cause not known": ["Calcium may escape from injured muscle cells.[4]"],
        "Complications": [
            "Skin over a nodule may break down:",
            "- chalky material can drain;",
            "- infection may follow.",
        ],
        "Treatment": [
            "Established deposits seldom disappear."
            " See the guideline (https://www.example.org/guideline)."
        ],
    }
    assert found.address.startswith("Ana Prueba, DO, Department of Rheumatology")


def test_its_references_are_read_into_fields() -> None:
    """Italic journals, bold volumes, and the addresses behind titles and in angle brackets."""
    cited = [each.citation and each.citation.reference for each in article(MARKDOWN).references]
    assert [each and (each.journal, each.volume, each.pages) for each in cited] == [
        ("Lancet", "355", "53-57"),
        ("J Dermatol", "20", "558-560"),
        ("Rheumatology", "39", "333-334"),
        ("Arch Dermatol", "140", "365-366"),
    ]
    assert cited[1]
    assert (cited[1].title, cited[1].doi) == (
        "Calcinosis cutis in juvenile dermatomyositis",
        "10.1000/example.1",
    )
    assert cited[3]
    assert cited[3].pmid == "12345"


def test_what_a_draft_says_is_markdown_of_its_own() -> None:
    """Lists stay lists, raised numbers cite, and no mark of the article's is left over."""
    source = case_file(article(MARKDOWN))
    assert "      - chalky material can drain;\n      - infection may follow.\n" in source
    assert "rheumatoid arthritis [1,2]. The rheumatoid" in source
    assert not re.search(r"\*\*|\\-|##|\[ \]|<sup>", source)
    assert "“images/map.png”: a picture; lay its file beside the draft" in source


@pytest.mark.parametrize(
    ("printed", "captions", "headed"),
    [
        ("FIGURE 1.\n\nCause\n\nCrystals form.", [""], "Cause"),
        ("**FIGURE 1.**\n\n## Cause\n\nCrystals form.", [""], "Cause"),
        ("FIGURE 1.\n## Cause\nCrystals form.", [""], "Cause"),
        ("FIGURE 1.\n\nA red toe.\n\nCause\n\nCrystals form.", ["A red toe."], "Cause"),
        ("FIGURE 1. A red toe.\n\n**Cause**\n\nCrystals form.", ["A red toe."], "Cause"),
        (
            "![Figure 1. A toe.](a.png)\n\n**FIGURE 1.** A toe.\n\n**Cause**\nCrystals form.",
            ["A toe."],
            "Cause",
        ),
    ],
)
def test_a_heading_below_a_figure_is_no_caption(
    printed: str, captions: list[str], headed: str
) -> None:
    """Whether Markdown marks it or it only stands alone; a caption is still one."""
    found = small(f"Gout. It hurts.\n\n{printed}")
    assert [caption and caption.text for _, caption in found.figures] == captions
    assert sections(found) == {"": ["Gout. It hurts."], headed: ["Crystals form."]}


@pytest.mark.parametrize(
    "question",
    [
        "**Which is it?**",
        "## Which is it?",
        "## Question\n\nWhich is it?",
        "**Question:** Which is it?",
        "**Q: Which\nis it?**",
    ],
)
def test_a_question_is_found_however_it_is_set(question: str) -> None:
    """In bold, as a heading, or below one."""
    found = small("## Answer\n\nGout.", question)
    assert found.questions[0].prompt.text == "Which is it?"
    assert [each.text for each in found.vignette] == ["A man is ill."]
    assert found.questions[0].proposal


def test_labels_of_parts_are_no_text_of_theirs() -> None:
    """`Case` heads the vignette, a bold line below `Answer` answers, a heading may head another."""
    found = article(
        "# A swollen toe\n\n*By Jane Roe, MD*\n\n## Case\n\nA man is ill.\n\n## Question\n\n"
        "**Which is it?**\n\n- [ ] Gout\n- [ ] Lupus\n\n## Answer\n\n**Gout**\n\n"
        "## Discussion\n\n### Cause\n\nCrystals form.\n"
    )
    assert (found.title, found.series, found.authors) == ("A swollen toe", "", "Jane Roe, MD")
    assert [each.text for each in found.vignette] == ["A man is ill."]
    assert found.questions[0].prompt.text == "Which is it?"
    assert found.questions[0].proposal
    assert sections(found) == {"": ["Gout"], "Discussion: Cause": ["Crystals form."]}


@pytest.mark.parametrize(
    "choices",
    [
        "- ☐ Gout\n- ☐ Lupus\n- ☐ Sarcoid",
        "* [ ] Gout\n* [ ] Lupus\n* [ ] Sarcoid",
        "1. ☐ **Gout**\n2. ☐ Lupus\n3. ☐ Sarcoid",
        "- A. Gout\n- B. Lupus\n- C. Sarcoid",
        "- Gout\n- *Lupus*\n- Sarcoid",
        "☐ Gout  \n☐ Lupus  \n☐ Sarcoid",
        "1. Gout\n2. Lupus\n3. Sarcoid",
    ],
)
def test_choices_lose_the_marks_of_their_list(choices: str) -> None:
    """Bullets, numbers and tick boxes, alone or one behind the other."""
    found = article(
        f"# A title\n\nA man is ill.\n\n**Q: Which is it?**\n\n{choices}\n\n**A:** Gout."
    )
    assert [choice.text for choice in found.questions[0].choices] == ["Gout", "Lupus", "Sarcoid"]


def test_a_ticked_task_is_the_proposed_answer() -> None:
    """Where no sentence says so."""
    text = "# A title\n\nHe is ill.\n\nWhich is it?\n\n- [ ] Gout\n- [x] Lupus\n- [ ] Fat\n\nIt is."
    proposal = article(text).questions[0].proposal
    assert proposal
    assert (proposal.choice, proposal.line) == (1, 8)


def test_an_answer_in_apposition_is_proposed() -> None:
    """Before a sentence that only names another choice."""
    for answer in ("Gout, the correct answer, hurts.", "It is gout (the right choice)."):
        proposal = small(f"Lupus scars. {answer}").questions[0].proposal
        assert proposal
        assert (proposal.choice, proposal.sentence) == (0, answer)


def test_a_reading_list_may_be_bulleted_or_end_in_another_heading() -> None:
    """Each item one reference; an address under a heading of its own is the address."""
    found = small(
        "Gout.\n\n**Suggested reading**\n\n- Doe J. Gout. *Lancet* 2000; 355:53–57.\n"
        "- Roe R, Doe J. Crystals\n  in joints. *Acta* 2001; 1:2–3.\n\n## Address\n\nJ Doe, Elm."
    )
    titles = [each.citation and each.citation.reference.title for each in found.references]
    assert titles == ["Gout", "Crystals in joints"]
    assert found.address == "J Doe, Elm."


@pytest.mark.parametrize(
    "text",
    [
        "A * b * c",
        "2 * 3 = 6",
        "a_b_c",
        "5 # 3",
        "> 5 mg/dL",
        "- a\n- b",
        "how many*",
        "1. a\n2. b",
    ],
)
def test_a_text_without_signs_of_markdown_stays_as_it_is(text: str) -> None:
    """Stars, dashes and angle brackets are also a printed page's own."""
    assert bare(text) == read_lines(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Which?\n\n- [ ] a\n- [ ] b\n- [ ] c\n", True),
        ("## Question\nWhich?\n\n* a\n* b\n\n## Answer\n\nThe first.", True),
        ("**Question:** Which?\n\n- a\n- b\n\n**Answer:** It is a.", True),
        ("Which is it?\n\n1. a\n2. b\n\n**Answer:** 2. b", True),
        ("Which?\n1. a\n2. b\nAnswer: 2. b\n\nWho?\n1. c\n2. d\nAnswer: 1. c", False),
        ("# Shopping\n\n- [ ] Milk\n- [x] Bread\n", False),
        ("# Notes\n\n**Question:** does it *rain*?\n", False),
    ],
)
def test_an_article_in_markdown_is_known_without_its_name(text: str, known: bool) -> None:
    """By what it holds; a list of things to do and a note are none."""
    assert is_article(text) is known
    assert (guess("page.txt", text.encode()) is Format.ARTICLE) is known


PIECES = st.sampled_from(
    [
        *("**", "*", "_", "# ", "- ", "> ", "1. ", "\n", "\n\n", "---\n", "===\n", "word", "  "),
        *("[", "](http://a.b/c)", "![x](y.png)", "☐ ", "[ ] ", "`", "<b>", "\\", "&lt;", "^1^"),
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_word_goes_with_the_markdown(text: str) -> None:
    """Whatever its marks: each line keeps its number, and each word stays or is a told picture."""
    lines, pictures = take_markdown_off(read_lines(text))
    assert [line.number for line in lines] == [line.number for line in read_lines(text)]
    shown = " ".join([*(line.text for line in lines), *(each.name for each in pictures)])
    assert shown.count("word") == " ".join(line.text for line in read_lines(text)).count("word")


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    [
        "*",
        "**a",
        "[",
        "![",
        "- ",
        "> ",
        "> - ",
        "# a\n",
        "- a\n",
        "](",
        "[a](",
        "*a_",
        "a\n---\n",
        "\n",
    ],
)
def test_the_time_grows_as_the_text_does(unit: str) -> None:
    """Not in the square of its length."""
    assert grows_as_its_length(lambda length: bare(f"**x**\n{(unit * length)[:length]}"), 50_000)
    assert grows_as_its_length(lambda length: is_article("?" + unit * length), 10_000)
