"""Parts of a draft as they are typed."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drafting import PARTS, PlacingError, placed, shaped
from tests.content.samples import case_data, markdown_texts


def typed(**parts: str) -> dict[str, object]:
    """An empty draft after these parts were typed, one after the other."""
    draft = shaped({})
    for part, text in parts.items():
        draft = placed(draft, part, text)
    return dict(draft)


def test_a_case_can_be_typed_part_by_part() -> None:
    """Each part finds its place, as people write it."""
    draft = typed(
        title=" Hard  lumps ",
        vignette="A woman of 64.\n\nShe has lumps.",
        prompt="What are\nthey?",
        choices="A. Fat\nB. Calcium *\nC. Urate",
        whys="A. Fat is soft.\nB. It is hard\nand white.",
        key_point="Hard means calcium.",
        discussion="Cause:\nA rash.\n\nMore of it.\n\nTreatment\nNone.",
        topics="Rheumatology, chest pain",
        level="Residents",
        authors="Ana Prueba; Jo Doe",
        references=(
            "1. Callen JP. Dermatomyositis. Lancet. 2000;355:53-57.\n2. Roe R. Gout. BMJ. 2001;1:2."
        ),
    )
    assert draft == {
        "title": "Hard lumps",
        "vignette": "A woman of 64.\n\nShe has lumps.",
        "questions": [
            {
                "prompt": "What are they?",
                "choices": [
                    {"text": "Fat", "why": "Fat is soft."},
                    {"text": "Calcium", "correct": True, "why": "It is hard and white."},
                    {"text": "Urate"},
                ],
                "key_point": "Hard means calcium.",
            }
        ],
        "discussion": [
            {"heading": "Cause", "text": "A rash.\n\nMore of it."},
            {"heading": "Treatment", "text": "None."},
        ],
        "topics": ["rheumatology", "chest-pain"],
        "level": "resident",
        "authors": ["Ana Prueba", "Jo Doe"],
        "references": draft["references"],
    }
    assert [each["journal"] for each in draft["references"]] == ["Lancet", "BMJ"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["B", "b.", "2", "calcium", "(B)"])
def test_the_right_choice_is_named_in_any_way(said: str) -> None:
    """By letter, number or words; the others are wrong from then on."""
    draft = placed(shaped({}), "choices", "Fat *\nCalcium\nUrate")
    (question,) = placed(draft, "correct", said)["questions"]
    assert [each.get("correct") for each in question["choices"]] == [None, True, None]


@pytest.mark.parametrize("said", ["", "E", "9", "gold", "A, E"])
def test_a_key_that_names_no_choice_is_refused(said: str) -> None:
    """With a sentence for its author, and the draft stays as it was."""
    draft = placed(shaped({}), "choices", "Fat\nCalcium")
    with pytest.raises(PlacingError, match=r"letter"):
        placed(draft, "correct", said)


def test_choices_whose_words_stay_keep_what_was_said_of_them() -> None:
    """Replacing the list loses no reason and no key; marking anew moves the key."""
    draft = typed(choices="Fat\nCalcium *", whys="A. Soft.\nB. Hard.")
    (question,) = placed(draft, "choices", "A) Calcium\nB) Urate\nC) Fat")["questions"]
    assert question["choices"] == [
        {"text": "Calcium", "correct": True, "why": "Hard."},
        {"text": "Urate"},
        {"text": "Fat", "why": "Soft."},
    ]
    (question,) = placed(draft, "choices", "Calcium\nUrate *")["questions"]
    assert [each.get("correct") for each in question["choices"]] == [None, True]


def test_links_a_line_each_are_references_each() -> None:
    """DOIs and PubMed numbers, one below the other."""
    draft = typed(references="10.1000/182\nPMID: 123")
    assert draft["references"] == [{"doi": "10.1000/182"}, {"pmid": "123"}]


@settings(max_examples=150)
@given(st.sampled_from([*PARTS, "colour"]), st.one_of(markdown_texts, st.text(max_size=99)))
def test_any_text_is_placed_or_refused(part: str, text: str) -> None:
    """Whatever is typed for a part: a draft that JSON holds, or a sentence."""
    try:
        draft = placed(shaped(case_data()), part, text)
    except PlacingError:
        return
    assert json.loads(json.dumps(draft)) == draft
    assert shaped(draft) == draft
