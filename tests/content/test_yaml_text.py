"""Writing case files."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from content.fields import has_visible_character
from content.library import SHIPPED
from content.markup import parse, visible
from content.model import Case
from content.tree import to_plain
from content.validation import validate
from content.yaml_text import Value, case_text, writable
from content.yaml_tree import read_tree
from tests.content.samples import case_data, markdown_texts, question_data

HEAD = "# yaml-language-server: $schema=case.schema.json\n"


def read_back(text: str) -> Any:
    root, problems = read_tree(Path("case.yaml"), text.encode())
    assert problems == ()
    assert root is not None
    return to_plain(root)


def as_read(value: Any) -> Any:
    """What the reader makes of plain data: texts as ``writable`` gives them, no empty keys."""
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, list):
        return [as_read(item) for item in value]
    assert isinstance(value, dict)
    return {key: read for key, item in value.items() if (read := as_read(item))}


texts = st.one_of(
    markdown_texts,
    st.text("ab:-[]{}#&*!|>'\"%@`,?\n \t~<\\0=.\u00a0\ufeff\u0338", max_size=40),
    st.lists(st.text("abc.,: #", min_size=1, max_size=12), min_size=15, max_size=60).map(" ".join),
    st.sampled_from(
        ["null", "~", "true", "007", "1e3", "30:2", "<<", "---", "...", "0x1F", "=", "- "]
    ),
)
parts = st.fixed_dictionaries(
    {"text": texts.filter(writable)},
    optional={"why": texts, "year": st.sampled_from(["1999", "x"])},
)


@settings(max_examples=80)
@example({"title": "t", "topics": ["0?"]}, "")
@given(
    st.fixed_dictionaries(
        {"title": texts},
        optional={
            "vignette": texts,
            "topics": st.lists(texts.filter(writable), min_size=1, max_size=4),
            "choices": st.lists(parts, min_size=1, max_size=3),
            "review": st.dictionaries(
                st.sampled_from(["a", "b", "yes", "null"]), texts.filter(writable)
            ),
        },
    ).filter(as_read),
    texts,
)
@pytest.mark.parametrize("fast", [True, False])
def test_what_is_written_is_read_back(fast: bool, data: dict[str, Value], comment: str) -> None:
    """Whatever the texts and comments are, the strict reader gets the texts back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml, "__with_libyaml__", fast and yaml.__with_libyaml__)
        assert as_read(data) == read_back(case_text(data, dict.fromkeys([(), ("title",)], comment)))


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_case_keeps_what_it_says(path: Path) -> None:
    """A case that was read and is written again is the same to a reader."""
    data = read_back(path.read_text("utf-8"))
    assert data == read_back(case_text(data))


def _visible(text: str) -> bool:
    return has_visible_character(visible(parse(writable(text))))


prose = markdown_texts.map(writable).filter(_visible)
lines = st.text("aé: #-\"'\\ 0,[]{}", min_size=1, max_size=30).filter(str.strip)
whole_cases = st.builds(
    case_data,
    title=lines,
    vignette=prose,
    difficulty=st.sampled_from(["0.5", "0.000001", "1"]),
    questions=st.lists(
        st.builds(question_data, prompt=lines, reveal=prose, shuffle=st.booleans()),
        min_size=1,
        max_size=1,
    ),
    discussion=st.lists(st.fixed_dictionaries({"heading": lines, "text": prose}), max_size=2),
    references=st.lists(
        st.fixed_dictionaries(
            {
                "title": lines,
                "journal": lines,
                "volume": st.sampled_from(["12", "007", "1e3", "A"]),
            },
            optional={"year": st.integers(1500, 2200), "pmid": st.just("123")},
        ),
        max_size=2,
    ),
    based_on=prose,
    review=st.sampled_from(
        [{"status": "unreviewed"}, {"status": "reviewed", "by": "A: B", "on": "2026-03-01"}]
    ),
    lint=st.just({"ignore": {"negative-lead-in": "kept as published"}}),
)


@settings(max_examples=60)
@given(whole_cases)
def test_a_case_is_read_back_as_it_was(data: dict[str, Any]) -> None:
    """Any case, written from its model and read again, is the same case."""
    case = Case.model_validate(data)
    text = case_text(case.model_dump(mode="json", exclude_none=True, exclude_defaults=True))
    root, problems = read_tree(Path("case.yaml"), text.encode())
    assert root is not None
    assert ((case, []), ()) == (validate(Path("case.yaml"), root), problems)


def test_a_draft_looks_as_an_author_would_write_it() -> None:
    """Short lists in a line, prose in blocks, comments where they belong, gaps left open."""
    data: dict[str, Value] = {
        "id": "hard-lumps",
        "title": "",
        "topics": ["rheumatology", "yes, no"],
        "level": "",
        "vignette": "A woman of 64.\n\nShe has lumps.",
        "questions": [
            {
                "id": "nature",
                "prompt": "What: these?",
                "choices": [
                    {"text": "12", "correct": True, "why": " ".join(["because"] * 20)},
                    {"text": "no # fat", "correct": ""},
                ],
                "shuffle": False,
            }
        ],
        "review": {"status": "unreviewed"},
    }
    comments = {
        (): "A draft.\n\nFill it in.",
        ("level",): "student, resident or fellow",
        ("questions", 0, "choices", 0, "text"): "proposed",
        ("questions", 0, "choices", 1, "correct"): "to be confirmed",
    }
    expected = f"""{HEAD}# A draft.
#
# Fill it in.

id: hard-lumps
title:
topics: [rheumatology, "yes, no"]
level:  # student, resident or fellow

vignette: |
  A woman of 64.

  She has lumps.

questions:
  - id: nature
    prompt: "What: these?"
    choices:
      # proposed
      - text: 12
        correct: true
        why: >-
          {" ".join(["because"] * 13)}
          {" ".join(["because"] * 7)}
      - text: "no # fat"
        correct:  # to be confirmed
    shuffle: false

review: {{status: unreviewed}}
"""
    assert expected == case_text(data, comments)


def test_a_comment_has_a_place() -> None:
    """A comment on a place that is not there would be lost, so it is refused."""
    with pytest.raises(ValueError, match="no place"):
        case_text({"topics": ["a"]}, {("topics", 1): "x"})
