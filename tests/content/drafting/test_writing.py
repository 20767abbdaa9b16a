"""Drafts as case files, and back."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.codes import case_code
from content.drafting import (
    from_case,
    new_id,
    read_file,
    shaped,
    shown_case,
    to_case,
    to_yaml,
    unsigned,
    writing,
)
from content.fields import has_visible_character
from content.library import SHIPPED
from content.loader import read_case
from content.markup import parse, visible
from content.yaml_text import writable
from tests.content.samples import case_data, markdown_texts, question_data

CASES = sorted(SHIPPED.glob("*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_shipped_case_comes_back_from_its_draft(path: Path) -> None:
    """Case, draft, file, case: nothing changes on the way."""
    case = read_case(path).case
    assert case is not None
    draft = from_case(case)
    assert to_case(draft) == case
    (read,) = read_file("x.yaml", to_yaml(draft).encode()).drafts
    assert to_case(read) == case
    assert to_yaml(read) == to_yaml(draft)


lines = st.one_of(markdown_texts, st.sampled_from(["7", "true", "null", "a: b", "- x", "it’s #3"]))
line = lines.map(lambda text: writable(" ".join(text.split()))[:90].strip()).filter(
    has_visible_character
)
prose = markdown_texts.map(writable).filter(
    lambda text: has_visible_character(visible(parse(text)))
)
choices = st.lists(st.tuples(line, st.none() | prose), min_size=2, max_size=5, unique_by=str)
references = st.fixed_dictionaries(
    {"title": line, "journal": line},
    optional={"authors": st.lists(line, min_size=1), "year": st.integers(1500, 2200)}
    | {"volume": st.sampled_from(["7", "12A"]), "pmid": st.just("123")},
)
cases: st.SearchStrategy[dict[str, Any]] = st.builds(
    lambda title, vignette, prompt, texts, sections, listed, shuffle: case_data(
        title=title,
        vignette=vignette,
        questions=[
            question_data(
                prompt=prompt,
                shuffle=shuffle,
                choices=[
                    {"text": f"{n} {text}", "correct": n == 1} | ({"why": why} if why else {})
                    for n, (text, why) in enumerate(texts)
                ],
            )
        ],
        discussion=[{"heading": heading, "text": text} for heading, text in sections],
        references=listed,
    ),
    line,
    prose,
    line,
    choices,
    st.lists(st.tuples(line, prose), max_size=3),
    st.lists(references, max_size=3),
    st.booleans(),
)


@settings(max_examples=120)
@given(cases)
def test_any_case_comes_back_from_its_file(data: dict[str, Any]) -> None:
    """What the file holds is the draft's case, whatever signs its texts have."""
    draft = shaped(data)
    case = to_case(draft)
    if case is None:
        return  # such as a vignette of which Telegram drops all
    assert to_case(from_case(case)) == case
    (read,) = read_file("x.yaml", to_yaml(draft).encode()).drafts
    assert to_case(read) == case


def test_the_file_is_one_that_a_person_could_have_written() -> None:
    """Blocks, folded lines and the usual order; no key that says nothing."""
    long = "Fat is soft. " + "Urate is not. " * 7 + "So they are neither of the two."
    question = question_data(
        choices=[{"text": "Fat", "why": long}, {"text": "Calcium", "correct": True}]
    )
    draft = shaped({"rest": "left over", **case_data(questions=[question])})
    assert to_yaml(draft).split("\n") == [
        "# yaml-language-server: $schema=case.schema.json",
        "# Has found no place yet:",
        "# left over",
        "",
        "id: hard-lumps",
        "title: Hard lumps",
        "topics: [rheumatology]",
        "level: resident",
        "",
        "vignette: |",
        "  A woman of 64 has hard lumps.",
        "",
        "questions:",
        "  - id: nature",
        "    prompt: What are they?",
        "    choices:",
        "      - text: Fat",
        "        why: >-",
        f"          Fat is soft. {' '.join(['Urate is not.'] * 7)}",
        "          So they are neither of the two.",
        "      - text: Calcium",
        "        correct: true",
        "    key_point: Hard means calcium.",
        "",
        "authors: [The authors]",
        "licence: CC-BY-4.0",
        "review: {status: unreviewed}",
        "",
    ]
    assert "left over" not in to_yaml(draft, with_rest=False)


def test_an_incomplete_draft_is_shown_as_far_as_it_goes() -> None:
    """What learners do not see may be missing, or wrong; a question without a key may not."""
    draft = {"vignette": "A man.", "level": "professor", "questions": [question_data()]}
    shown = shown_case(draft)
    assert shown is not None
    assert shown.vignette == "A man."
    assert to_case(draft) is None
    assert shown_case({**draft, "references": [{"pmid": "7"}]}) is not None
    assert shown_case({"vignette": "A man."}) is None
    assert shown_case({"questions": [{"prompt": "Why?", "choices": [{"text": "a"}]}]}) is None


def test_an_unsigned_draft_keeps_what_its_author_asks() -> None:
    """Nobody signs their own; the reviewer still learns what to look at."""
    review = {"status": "reviewed", "by": "Me", "on": "2026-01-01", "confirm": ["the dose"]}
    asked = {"status": "unreviewed", "confirm": ["the dose"]}
    assert unsigned(case_data(review=review))["review"] == asked


def test_an_id_is_of_the_title_and_never_taken() -> None:
    """Kebab-case; an author's own stays where it is free; no two of one code."""
    draft = {"title": "Härte – unter der Haut!"}
    assert new_id(draft, ()) == "harte-unter-der-haut"
    assert new_id(draft, {"harte-unter-der-haut"}) == "harte-unter-der-haut-2"
    assert new_id({**draft, "id": "hard-lumps"}, {"gout"}) == "hard-lumps"
    assert new_id({**draft, "id": "../Hard Lumps"}, ()) == "hardlumps"
    assert new_id({"questions": [{"prompt": "Which toe?"}]}, ()) == "which-toe"
    assert new_id({}, {"case"}) == "case-2"


def test_no_two_cases_share_a_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """By which learners meet them: an id whose code is another case's is not given."""
    alike = {"gout": "same", "hard-lumps": "same"}
    monkeypatch.setattr(writing, "case_code", lambda name: alike.get(name, name))
    assert new_id({"title": "Hard lumps"}, {"gout"}) == "hard-lumps-2"


@settings(max_examples=80)
@given(st.text(max_size=80), st.sets(st.sampled_from(["case", "gout", "gout-2"])))
def test_any_title_gives_an_id(title: str, taken: set[str]) -> None:
    """One that a case can have, whatever the title is."""
    given_id = new_id({"title": title}, taken)
    assert given_id not in taken
    assert case_code(given_id) not in {case_code(each) for each in taken}
    assert to_case(shaped(case_data(id=given_id))) is not None


hostile = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "title", "questions", "choices", "text", "correct", "review"])
            | st.sampled_from(["references", "authors", "lint", "ignore", "figures", "rest", "x"]),
            below,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(["title", "questions", "lint", "review", "y"]), hostile))
def test_any_mapping_gets_a_drafts_shape(found: dict[str, Any]) -> None:
    """Whatever a file or a store holds can be shaped, written, judged and named."""
    draft = shaped(found)
    assert shaped(draft) == draft
    to_yaml(draft)
    to_case(draft)
    shown_case(draft)
    new_id(draft, ())
