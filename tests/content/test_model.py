"""What cannot be constructed."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from content.model import Case, Figure, Question, Reference, Review, Variant
from content.rules import RULES
from tests.content.samples import case, case_data, question_data
from tests.content.variants import figure

TWICE = [question_data(), question_data()]
CHOICES: list[dict[str, Any]] = [
    {"id": "a", "text": "A", "correct": True},
    {"id": "a", "text": "B"},
]
EQUAL: list[dict[str, Any]] = [{"text": "Gout", "correct": True}, {"text": "Gout"}, {"text": "A"}]
CHILD = {"id": "child", "vignette": "A boy of 9 has hard lumps."}
WORK = {"title": "T", "journal": "J"}
GUARDED: list[tuple[str, type[BaseModel], dict[str, Any]]] = [
    ("duplicate-question-id", Case, case_data(questions=TWICE)),
    ("duplicate-choice-id", Question, question_data(choices=CHOICES)),
    ("duplicate-topic", Case, case_data(topics=["a", "b", "a"])),
    ("correct-missing", Question, question_data(choices=[{"text": "A"}] * 2)),
    ("all-correct", Question, question_data(choices=[{"text": t, "correct": True} for t in "AB"])),
    ("equal-choices", Question, question_data(choices=EQUAL)),
    ("key-point-missing", Case, case_data(questions=[question_data(key_point=None)])),
    ("duplicate-variant-id", Question, question_data(variants=[CHILD, CHILD])),
    ("variant-vignette", Case, case_data(questions=[question_data(variants=[{"id": "a"}])])),
    ("reference-source", Reference, WORK | {"site": "S"}),
    ("pages-and-article", Reference, WORK | {"pages": "1", "article": "2"}),
    ("reference-title", Reference, {"journal": "J", "year": 2000}),
    ("review-incomplete", Review, {"status": "reviewed", "by": "R"}),
]
CHOICES_OF_A_VARIANT = [
    ("correct-missing", [{"text": "A"}, {"text": "B"}]),
    ("all-correct", [{"text": "A", "correct": True}, {"text": "B", "correct": True}]),
    ("equal-choices", EQUAL),
    ("duplicate-choice-id", CHOICES),
]


@pytest.mark.parametrize(("code", "kind", "data"), GUARDED, ids=[code for code, *_ in GUARDED])
def test_an_illegal_case_cannot_be_constructed(
    code: str, kind: type[BaseModel], data: dict[str, Any]
) -> None:
    """Models built in Python keep the rules that files must keep, under the same codes."""
    with pytest.raises(ValidationError) as error:
        kind(**data)
    assert [fault["type"] for fault in error.value.errors()] == [code]


@pytest.mark.parametrize(("code", "choices"), CHOICES_OF_A_VARIANT)
def test_a_variant_keeps_the_rules_of_a_question(code: str, choices: list[dict[str, Any]]) -> None:
    """Its choices are choices like any others."""
    with pytest.raises(ValidationError) as error:
        Variant.model_validate({"id": "a", "choices": choices})
    assert [fault["type"] for fault in error.value.errors()] == [code]


def test_a_variant_explains_itself_and_stands_alone() -> None:
    """It has a key point, its own or its question's, and of a later question its own story."""
    bare = question_data(key_point=None, variants=[CHILD])
    later = question_data(id="then", variants=[{"id": "a", "figures": [figure("a")]}])
    for code, questions in (
        ("key-point-missing", [bare, question_data(id="then")]),
        ("variant-vignette", [question_data(), later]),
    ):
        with pytest.raises(ValidationError) as error:
            case(questions=questions)
        assert [fault["type"] for fault in error.value.errors()] == [code]
    case(questions=[bare | {"variants": [CHILD | {"key_point": "K"}]}, question_data(id="then")])
    case(questions=[later])


def test_every_rule_has_its_guard() -> None:
    """No rule holds for files only."""
    assert {code for code, *_ in GUARDED} == set(RULES)


@pytest.mark.parametrize(
    ("vignette", "shows"),
    [
        ("[\u200b](https://example.org)", False),
        ("\u200b", False),
        ("[a](https://example.org)", True),
        ("[\u200b](https://example.org)!", True),
        ("[\u200b] (https://example.org)", True),
        ("1.", True),
        ("*\u03b1*", True),
    ],
)
def test_prose_shows_something(vignette: str, *, shows: bool) -> None:
    """An address behind a link without a label is nothing that is seen."""
    if shows:
        assert case(vignette=vignette).vignette == vignette
        return
    with pytest.raises(ValidationError, match="no visible character"):
        case(vignette=vignette)


@pytest.mark.parametrize("consent", ["unknown", "", "given"])
def test_a_figure_needs_known_consent(consent: str) -> None:
    """Unknown consent has a word, and is refused all the same."""
    figure = {"file": "a.png", "caption": "C", "alt": "A", "creator": "X", "licence": "MIT"}
    assert Figure.model_validate(figure | {"consent": "obtained"})
    with pytest.raises(ValidationError):
        Figure.model_validate(figure | {"consent": consent})


def test_a_case_cannot_be_changed() -> None:
    """Neither fields nor lists of a case change once it is there."""
    made = case()
    with pytest.raises(ValidationError, match="frozen"):
        made.title = "Other"
    assert isinstance(made.questions, tuple)


@pytest.mark.parametrize("language", ["es", "pt-BR", None])
def test_a_case_says_in_which_language_it_is(language: str | None) -> None:
    """By a language tag; nothing said is English, and changes no snapshot."""
    made = case(language=language)
    assert made.language == language
    assert ("language" in made.model_dump(exclude_none=True)) is (language is not None)


@pytest.mark.parametrize("language", ["Spanish", "ES", "e", "es_MX"])
def test_a_language_s_name_is_no_tag(language: str) -> None:
    """Nor are other ways to write one."""
    with pytest.raises(ValidationError):
        case(language=language)
