"""Items as drafts of cases, and cases as items."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from content.codes import case_code
from content.exchange.article.importing import article_drafts
from content.exchange.cases import items as case_items
from content.exchange.drafts import HEADING, Draft, Known, drafts
from content.exchange.fill import known
from content.exchange.item import Item, ItemChoice, Picture
from content.exchange.names import Ids, slug
from content.exchange.stems import Stem, one_line, split, unnumbered
from content.library import SHIPPED, case_paths
from content.loader import read_case
from content.model import Case, Level
from content.tree import to_plain
from content.yaml_tree import read_tree
from tests.content.exchange.items import items
from tests.content.samples import case
from tests.content.variants import NAMES, each_alone, varied_case

CHOICES = (ItemChoice("Fat", False), ItemChoice("Calcium", True, "Hard."))
ITEM = Item("A woman has lumps.\n\nWhat are they?", CHOICES, name="Lumps", line=3)
CODE = case_code("hard-lumps")
LABS = "Glucose 90 mg/dL " * 20
KNOWN = Known(topics=("skin",), level=Level.STUDENT, authors=("A B",), licence="CC-BY-4.0")


def picture(form: str = "png") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, form)
    return file.getvalue()


def only(item: Item, known: Known = KNOWN) -> Draft:
    (made,), skipped = drafts([item], "bank.gift", known, Ids())
    assert skipped == ()
    return made


def filled(draft: Draft) -> Case:
    """The draft after its author has filled in what is empty."""
    root, problems = read_tree(Path(draft.id), draft.text.encode())
    assert root is not None
    assert problems == ()
    data: dict[str, Any] = {"title": "T", "vignette": "V", "series": ""} | to_plain(root)  # type: ignore[operator]
    data["questions"][0].setdefault("key_point", "K")
    data["questions"][0]["prompt"] = data["questions"][0].get("prompt") or "P?"
    return Case.model_validate(data | {"series": data["series"] or None})


def test_a_draft_leaves_open_what_its_format_cannot_say() -> None:
    """Every gap is a key without a value and says what belongs there."""
    item = replace(
        ITEM,
        feedback="Read on [1].",
        category="Skin/Lumps",
        tags=("Rheuma 1", "???"),
        pictures=(Picture("lump.png", picture(), "A lump"),),
        shuffle=False,
    )
    head = (
        "Imported from bank.gift, line 3. What is empty is for you to fill in;"
        " morning-report check refuses the case until\n# then."
    )
    title = (
        "shown to learners first, so it must not give the answer away;"
        " in the bank its name was: Lumps"
    )
    expected = f"""\
# yaml-language-server: $schema=case.schema.json
# {head}

id: lumps
title:  # {title}
series: Skin/Lumps

# tags that are no topics here: ???
topics: [rheuma-1]

level:  # student, resident or fellow

vignette: |
  A woman has lumps.

figures:
  - file: figures/lumps.png
    caption:  # what is shown, without the diagnosis
    alt: A lump
    creator:  # who made it
    licence:  # of the picture, such as CC-BY-4.0
    consent:  # the patient's: obtained, or not-required

questions:
  - id: question
    prompt: What are they?
    choices:
      - text: Fat
      - text: Calcium
        correct: true
        why: Hard.
    shuffle: false
    key_point:  # what to remember, in at most 200 characters

discussion:
  - heading: Explanation
    text: |
      Read on [1].

references:  # the texts cite [1]: list them in their order
authors:  # who wrote it
licence:  # of the text, such as CC-BY-4.0, and yours to give
review: {{status: unreviewed}}
"""
    draft = only(item, Known())
    assert draft.text == expected
    assert draft.figures == (("figures/lumps.png", item.pictures[0].data),)


def test_what_holds_for_a_bank_is_filled_in() -> None:
    """Topics, level, authors and licence of all are not asked for again."""
    made = filled(only(ITEM))
    assert (made.topics, made.level) == (("skin",), Level.STUDENT)
    assert (made.authors, made.licence) == (("A B",), "CC-BY-4.0")


ARTICLE = """A toe

A man has pain (Figure 1).

Figure 1. The toe.

Q: What is it?
☐ Gout
☐ Fat

A: Gout.
"""


def test_what_a_file_says_itself_wins() -> None:
    """Over what is filled in for all; topics are added to its own. Figures are filled in too."""
    filling = known(
        [
            *("series=All", "topic=skin", "topic=heart", "language=es", "based_on=After X."),
            *("figure.creator=C D", "figure.licence=CC0-1.0", "figure.consent=not-required"),
        ]
    )
    seen = Picture("a.png", picture(), "Black dots")
    item = replace(ITEM, tags=("Heart",), category="Own", pictures=(seen,))
    root, _ = read_tree(Path("x"), only(item, filling).text.encode())
    assert root
    told: Any = to_plain(root)
    assert (told["series"], told["topics"]) == ("Own", ["heart", "skin"])
    assert (told["language"], told["based_on"].strip()) == ("es", "After X.")
    (figure,) = told["figures"]
    assert [figure[key] for key in ("creator", "licence", "consent")] == [
        *("C D", "CC0-1.0", "not-required"),
    ]
    assert "series: All\n" in only(replace(item, category=""), filling).text
    (article,), _ = article_drafts(ARTICLE.encode(), filling, Ids())
    assert "series: All\nlanguage: es\n" in article.text
    assert "topics: [skin, heart]" in article.text
    assert "creator: C D" in article.text


@pytest.mark.parametrize(
    ("text", "is_latex"),
    [
        ("$$x$$", True),
        ("as $x^2$ says", True),
        (r"\\(H_2O\\)", True),
        (r"\\frac{1}{2}", True),
        ("costs $5 or $6", False),
        ("US$ 3_000 and b", False),
    ],
)
def test_latex_is_noted(text: str, is_latex: bool) -> None:
    """Wherever it stands; it stays as it is, since nobody sees formulas in Telegram."""
    for item in (replace(ITEM, stem=f"{text}\n\nWhy?"), replace(ITEM, feedback=text)):
        draft = only(item)
        assert ("formulas in LaTeX, such as" in draft.text) is is_latex
        assert any("in LaTeX" in lack for lack in draft.lacks) is is_latex


def test_a_draft_says_what_it_lacks() -> None:
    """What `check` will refuse it for; nothing of it that is filled in."""
    assert only(ITEM).lacks == (
        "`title` is missing from the case",
        "the last question needs a `key_point`",
    )


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (
            replace(ITEM, choices=CHOICES[1:]),
            "the number of its choices is 1; a poll takes 2 to 12",
        ),
        (
            replace(ITEM, choices=CHOICES * 14, multiple=True),
            "its choices is 28; a poll takes 2 to 12",
        ),
        (replace(ITEM, choices=CHOICES[:1] * 2), "says of no choice that it is right"),
        (replace(ITEM, choices=CHOICES * 2), "takes any one of 2 choices for right"),
        (replace(ITEM, choices=(*CHOICES, ItemChoice("x" * 20_001, False))), "of 20,001 charac"),
        (replace(ITEM, choices=(*CHOICES, ItemChoice(" ", False))), "has a choice without text"),
        (replace(ITEM, stem="x " * 10_001), "its stem is longer than 20,000 characters"),
        (
            replace(ITEM, pictures=(Picture("a.png", picture()),) * 31),
            "has 31 pictures; at most",
        ),
    ],
)
def test_what_breaks_a_limit_is_listed(item: Item, reason: str) -> None:
    """Its place, its name and the reason; nothing is cut to fit."""
    made, (skipped,) = drafts([item], "bank.gift", KNOWN, Ids())
    assert made == ()
    assert (skipped.place, skipped.name) == ("line 3", "Lumps")
    assert reason in skipped.reason


@pytest.mark.parametrize(
    ("item", "kept"),
    [
        (replace(ITEM, choices=(*CHOICES, ItemChoice("x" * 101, False))), "- text: " + "x" * 101),
        (replace(ITEM, stem="A. " + "x" * 301), "A. " + "x" * 301),
        (replace(ITEM, feedback="x" * 20_001), "x" * 20_001),
    ],
)
def test_what_is_too_long_is_drafted_and_refused_by_check(
    tmp_path: Path, item: Item, kept: str
) -> None:
    """The question is not lost for it: all is in the draft, and `check` names the place."""
    made, skipped = drafts([item], "bank.gift", KNOWN, Ids())
    assert skipped == ()
    assert kept in made[0].text
    path = tmp_path / "case.yaml"
    path.write_text(made[0].text, "utf-8")
    codes = {problem.code for problem in read_case(path).problems}
    assert codes & {"too-long"} or "no question of at most 300 characters" in made[0].text


@pytest.mark.parametrize(
    ("change", "file", "lacks"),
    [
        (
            {"pictures": (Picture("a.svg", b"<?xml version='1.0'?><svg/>"),)},
            "figures/lumps.svg",
            "figure 1: a.svg is neither PNG nor JPEG",
        ),
        (
            {"pictures": (Picture("a.sh", b"#!"),)},
            "figures/lumps.img",
            "figure 1: a.sh is neither PNG nor JPEG",
        ),
        (
            {"pictures": (Picture("a.png", picture()[:20]),)},
            "figures/lumps.png",
            "figure 1: a.png is damaged",
        ),
        (
            {"pictures": (Picture("a.png", picture()),) * 11},
            "figures/lumps-11.png",
            "`caption` is missing from figure 11",
        ),
        (
            {"choices": (*CHOICES, *(ItemChoice(f"c{n}", False) for n in range(11)))},
            "lumps.yaml",
            "choices has 13 items; the limit is 12",
        ),
    ],
)
def test_what_a_case_cannot_hold_is_drafted_for_its_author(
    tmp_path: Path, change: dict[str, Any], file: str, lacks: str
) -> None:
    """With the picture as it is, under an ending that no program runs; `check` names it."""
    draft = only(replace(ITEM, **change))
    assert [lack for lack in draft.lacks if lacks in lack]
    assert file in draft.files
    for name, data in draft.files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    codes = {problem.code for problem in read_case(tmp_path / "lumps.yaml").problems}
    assert codes & {"figure-format", "figure-damaged", "too-many"} or "figure 11" in lacks


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("3. Which?", "Which?"),
        ("Q2. Which?", "Which?"),
        ("Question 4: Which?", "Which?"),
        ("12- Which?", "Which?"),
        ("64-year-old twins?", "64-year-old twins?"),
        ("Q. fever is what?", "Q. fever is what?"),
        ("3\\. Which?", "Which?"),
        ("12) Which?", "Which?"),
        ("1. a\n2. b\n\nWhich?", "1. a\n2. b\n\nWhich?"),
        ("5.2 mmol/L is high. Why?", "5.2 mmol/L is high. Why?"),
        ("2. 5 is what?", "2. 5 is what?"),
    ],
)
def test_a_number_before_a_question_goes(stem: str, expected: str) -> None:
    """It counted in the bank; lists and measurements keep theirs."""
    assert unnumbered(stem) == expected


def test_ids_are_distinct() -> None:
    """Two questions of one name, or one that an earlier file had, get numbers."""
    made, _ = drafts([ITEM, ITEM, replace(ITEM, name="?")], "x", KNOWN, Ids(["lumps"]))
    assert [draft.id for draft in made] == ["lumps-2", "lumps-3", "a-woman-has-lumps-what-are"]
    assert slug("Инфаркт миокарда") == "infarkt-miokarda"
    assert slug("Sjögren’s straße") == "sjogrens-strasse"
    assert slug("心肌梗死") == "xinjigengsi"
    assert Ids(["a" * 50]).new("a" * 50) == "a" * 48 + "-2"
    assert (
        slug("Über Ärzte: the 1st, " + "long " * 20)
        == "uber-arzte-the-1st-long-long-long-long-long-long"
    )


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("What is it?", Stem("", "What is it?")),
        ("A man fell. What is it?", Stem("A man fell.", "What is it?")),
        ("A man.\n\nHe fell. What is it?", Stem("A man.", "He fell. What is it?")),
        ("A man.\n\nWhat is it?\n\nChoose one.", Stem("A man.", "What is it? Choose one.")),
        ("Is it?\n\nThe answer is:", Stem("Is it?", "The answer is:")),
        ("Dr. Smith gives vitamin D. Why?", Stem("Dr. Smith gives vitamin D.", "Why?")),
        ("pH 7.2. 30 min later: 7.1. Why?", Stem("pH 7.2. 30 min later: 7.1.", "Why?")),
        ("A man. What is **most** likely?", Stem("A man.", "What is most likely?", formatted=True)),
        ("Long. " * 60 + "The cause is:", Stem("Long. " * 59 + "Long.", "The cause is:")),
        ("A **man. What** is it?", Stem("", "A man. What is it?", formatted=True)),
        ("He has 38 °C.\\\nWhy?", Stem("He has 38 °C.", "Why?")),
        ("3\\) What next?", Stem("", "3) What next?")),
        ("3\\. A man fell. Why?", Stem("3\\. A man fell.", "Why?")),
        ("3\\. What next?", Stem("", "3. What next?")),
        ("3\\. What comes\\\nnext?", Stem("", "3. What comes next?")),
        (f"Tests: {LABS}Na 139 Which of the following is it?",
         Stem(f"Tests: {LABS}Na 139", "Which of the following is it?")),
        ("Which?\n\n1. a\n2. b", None),
        ("Which?\n\n- a\n- b", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_stem_is_parted_where_it_asks(stem: str, expected: Stem | None) -> None:
    """The story before, the question behind, every word in one of them."""
    assert split(stem) == expected


def said_of(item: Item) -> list[tuple[str, bool, str]]:
    """Choices in no order: what may change places does."""
    return sorted((one_line(c.text), c.correct, one_line(c.feedback)) for c in item.choices)


@settings(max_examples=30)
@given(st.lists(items(), max_size=3))
def test_what_is_imported_and_exported_says_the_same(bank: list[Item]) -> None:
    """Every item becomes a draft or is listed, and each filled draft asks what its item asked."""
    made, skipped = drafts(bank, "bank", KNOWN, Ids())
    assert len(made) + len(skipped) == len(bank)
    places = {place.place for place in skipped}
    kept = [item for n, item in enumerate(bank, start=1) if f"question {n}" not in places]
    for item, draft in zip(kept, made, strict=True):
        (back,) = case_items(filled(draft), {})
        assert one_line(unnumbered(item.stem)) == (
            one_line(back.stem).removeprefix("V ").removesuffix(" P?")
        )
        assert said_of(item) == said_of(back)
        assert one_line(item.feedback) in one_line(back.feedback)
        assert item.category == back.category


anything = st.text(max_size=60) | st.sampled_from(
    ["\x1b[31m", "\n\n", "a\r\n# b", "x: y", "- ", "\u202e"]
)


@settings(max_examples=60)
@given(
    st.builds(
        Item,
        stem=anything,
        choices=st.lists(st.builds(ItemChoice, anything, st.booleans(), anything), max_size=3).map(
            tuple
        ),
        name=anything,
        multiple=st.booleans(),
        feedback=anything,
        tags=st.lists(anything, max_size=2).map(tuple),
        category=anything,
    )
)
def test_any_texts_give_a_file_that_can_be_read(item: Item) -> None:
    """Whatever an item holds, its draft is readable, or the reason why there is none is told."""
    made, skipped = drafts([item], "bank\n.gift", Known(), Ids())
    assert len(made) + len(skipped) == 1
    for draft in made:
        assert read_tree(Path(draft.id), draft.text.encode())[1] == ()


@pytest.mark.parametrize("path", case_paths(SHIPPED)[0], ids=lambda path: path.stem)
def test_a_shipped_case_survives_the_way_out_and_in(path: Path) -> None:
    """Prompt, choices, key and whys of each question and variant are there again."""
    file = read_case(path)
    assert file.case is not None
    figures = {name: figure.data for name, figure in file.figures.items()}
    exported = case_items(file.case, figures)
    made, skipped = drafts(exported, "x", KNOWN, Ids())
    assert skipped == ()
    for told, draft in zip(each_alone(file.case), made, strict=True):
        (question,) = told.questions
        root, _ = read_tree(path, draft.text.encode())
        assert root is not None
        plain: Any = to_plain(root)
        (back,) = plain["questions"]
        assert question.prompt == back["prompt"]
        assert {(c.text, c.correct, c.why) for c in question.choices} == {
            (c["text"], c.get("correct") == "true", c.get("why")) for c in back["choices"]
        }
        assert {figures[each.file] for each in told.figures} <= {data for _, data in draft.figures}


def test_variants_are_items_of_their_own() -> None:
    """Behind their question; each with its own story and pictures, and with the discussion."""
    whole = varied_case()
    exported = case_items(whole, {f"{name}.png": name.encode() for name in NAMES})
    assert [
        (item.name, item.origin, [each.data for each in item.pictures]) for item in exported
    ] == [
        (f"{CODE}-1", "hard-lumps/nature", [b"lumps"]),
        (f"{CODE}-1-1", "hard-lumps/nature/child", []),
        (f"{CODE}-1-2", "hard-lumps/nature/view", [b"view"]),
        (f"{CODE}-2", "hard-lumps/then", [b"lumps", b"ulcer"]),
        (f"{CODE}-2-1", "hard-lumps/then/man", [b"man"]),
    ]
    assert exported[2].stem == (
        "A woman of 64 has hard lumps.\n\nThey hurt.\n\n*Seen: view.*\n\nAnd seen like this?"
    )
    assert exported[3].stem == (
        "A woman of 64 has hard lumps.\n\n*Seen: lumps.*\n\n*Seen: ulcer.*\n\nThey hurt."
        "\n\nThey ulcerate.\n\nAnd then?"
    )
    assert {choice.text for choice in exported[4].choices} == {"Cut them out", "Wait"}
    assert exported[4].feedback.startswith("Small ones can be cut out.\n\nFigure: The authors")


def test_a_case_of_several_questions_is_several_items() -> None:
    """Each has the story so far; the last has the discussion; all credit their authors."""
    first = {
        "id": "one",
        "prompt": "What *now*?",
        "choices": [{"text": "A_b"}, {"text": "B", "correct": True, "why": "So [1]."}],
    }
    last = first | {
        "id": "two",
        "reveal": "Then more.",
        "prompt": "And?",
        "shuffle": False,
        "key_point": "Mind.",
    }
    told = case(
        questions=[first, last],
        series="S",
        discussion=[{"heading": "Cause", "text": "C."}, {"heading": HEADING, "text": "E."}],
        references=[{"title": "T", "site": "S"}, {"title": "U", "site": "S"}],
        based_on="After [X](https://example.org/).",
    )
    one, two = case_items(told, {})
    assert (one.name, two.name) == (f"{CODE}-1", f"{CODE}-2")
    assert [choice.text for choice in two.choices] == ["A_b", "B"]
    assert one.stem == "A woman of 64 has hard lumps.\n\nWhat \\*now\\*?"
    assert two.stem == "A woman of 64 has hard lumps.\n\nThen more.\n\nAnd?"
    credit = (
        "[1] T. *S*.\n\nAfter [X](https://example.org/).\n\nCase: The authors, CC-BY-4.0;"
        " not yet reviewed by a clinician. For teaching only."
    )
    assert one.feedback == credit
    assert two.feedback == f"Mind.\n\n**Cause**\n\nC.\n\nE.\n\n{credit}"
    assert (one.shuffle, two.shuffle, two.tags, two.category) == (
        True,
        False,
        ("rheumatology",),
        "S",
    )
