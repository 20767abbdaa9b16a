"""Variants are held to the rules that questions are held to."""

from pathlib import Path
from typing import Any

import pytest

from content.check import check_file
from content.lint.registry import RULES
from content.lint.rule import LibraryRule, Rule
from content.lint.subject import Subject
from content.loader import read_case
from content.problems import Problem, Severity
from content.tree import to_plain
from content.yaml_tree import read_tree
from tests.content.lint.reading import QUESTION, TODAY, case_text
from tests.content.test_images import png
from tests.content.variants import figure

OF_VARIANTS = ("vignette", "figures", "questions")
"""The keys whose content a variant can have as well."""


def checked(folder: Path, *variants: dict[str, Any], **changes: Any) -> list[Problem]:
    """All that is found in a case in order whose question has these variants."""
    path = folder / "hard-lumps.yaml"
    questions = [QUESTION | {"variants": variants}]
    path.write_text(case_text(questions=questions, **changes), "utf-8")
    return list(check_file(read_case(path), today=TODAY))


def overlay(rule: Rule) -> dict[str, Any]:
    """A rule's bad example, as plain data."""
    root, _ = read_tree(Path("bad.yaml"), rule.bad.encode())
    plain = to_plain(root) if root else {}
    assert isinstance(plain, dict)
    return plain


def as_variant(bad: dict[str, Any]) -> dict[str, Any]:
    """A variant with the flaw of a case."""
    variant: dict[str, Any] = {"id": "other", "vignette": "A man of 50 has hard lumps on his arms."}
    (question,) = bad.get("questions", [{}])
    variant |= {key: question[key] for key in ("prompt", "choices", "key_point") if key in question}
    return variant | {key: bad[key] for key in ("vignette", "figures") if key in bad}


EACH = [
    pytest.param(rule, id=name)
    for name, rule in RULES.items()
    if isinstance(rule, Rule)
    and set(overlay(rule)) <= set(OF_VARIANTS)
    and len(overlay(rule).get("questions", [{}])) == 1
    and "file: " not in rule.bad
    and not {"reveal", "shuffle"} & set(overlay(rule).get("questions", [{}])[0])
]


@pytest.mark.parametrize("rule", EACH)
def test_what_weakens_a_question_weakens_a_variant(tmp_path: Path, rule: Rule) -> None:
    """It is found in the variant, where it stands there, and the variant is named."""
    found = checked(tmp_path, as_variant(overlay(rule)))
    (first, *_) = [problem for problem in found if problem.code == rule.name]
    assert first.message.startswith("variant other: ")
    assert (
        '"variants"'
        in (tmp_path / "hard-lumps.yaml").read_text("utf-8").splitlines()[first.line - 1]
    )


def test_these_are_most_rules() -> None:
    """The others are about the whole case, about files, or about what a variant cannot have."""
    assert len(EACH) > 20


CHILD = {"id": "child", "vignette": "A boy of 9 has had hard lumps at both elbows for a year."}


def codes(found: list[Problem]) -> list[str]:
    """What was found."""
    return [problem.code for problem in found]


def test_a_variant_in_order_is_in_order(tmp_path: Path) -> None:
    """What it shares with its question is judged with it, and told once."""
    assert checked(tmp_path, CHILD) == []
    lead = checked(tmp_path, CHILD | {"prompt": "What is it not?"})
    assert codes(lead) == ["negative-lead-in"]
    path = tmp_path / "hard-lumps.yaml"
    variants = [CHILD, CHILD | {"id": "girl"}]
    question = QUESTION | {"prompt": "What are these lumps not?", "variants": variants}
    path.write_text(case_text(questions=[question]), "utf-8")
    assert codes(list(check_file(read_case(path), today=TODAY))) == ["negative-lead-in"]


def test_a_variant_is_read_without_the_case_s_own_story(tmp_path: Path) -> None:
    """An echo of its own vignette gives its answer away, though the words are its question's."""
    vignette = "A boy of 9 has hard lumps at both elbows and dystrophic nails."
    (problem,) = checked(tmp_path, CHILD | {"vignette": vignette})
    assert problem.code == "clang-cue"
    assert "variant child: “dystrophic”" in problem.message.lower()


def test_a_reveal_is_not_told_with_another_patient(tmp_path: Path) -> None:
    """So it echoes in the question alone, though the variant writes the same choices again."""
    path = tmp_path / "hard-lumps.yaml"
    again = CHILD | {"choices": [dict(choice) for choice in QUESTION["choices"]]}
    question = QUESTION | {"reveal": "Her nails are dystrophic.", "variants": [again]}
    path.write_text(case_text(questions=[question]), "utf-8")
    (problem,) = check_file(read_case(path), today=TODAY)
    assert problem.code == "clang-cue"
    assert not problem.message.startswith("variant")


def test_what_a_variant_cites_is_cited(tmp_path: Path) -> None:
    """A reference may be there for a variant alone, and must be there."""
    work = {"title": "T", "journal": "J", "year": "2020", "volume": "1"}
    cites = CHILD | {"key_point": "Hard means calcium [1]."}
    assert checked(tmp_path, cites, references=[work]) == []
    assert codes(checked(tmp_path, CHILD, references=[work])) == ["reference-unused"]
    assert codes(checked(tmp_path, cites)) == ["reference-missing"]


def test_an_ignore_holds_for_the_variants_too(tmp_path: Path) -> None:
    """It is the case's."""
    lint = {"ignore": {"negative-lead-in": "kept as published"}}
    assert checked(tmp_path, CHILD | {"prompt": "What is it not?"}, lint=lint) == []


def test_an_objective_without_a_variant_is_noted_where_others_have_one(tmp_path: Path) -> None:
    """A case of none is left alone, and so is an objective that others may share."""
    path = tmp_path / "hard-lumps.yaml"
    for first, second, expected in (
        ({}, {}, []),
        ({"variants": [CHILD]}, {}, ["no-variant"]),
        ({"variants": [CHILD]}, {"objective": "calcinosis"}, []),
    ):
        questions = [QUESTION | first, QUESTION | {"id": "then"} | second]
        path.write_text(case_text(questions=questions), "utf-8")
        found = list(check_file(read_case(path), today=TODAY))
        assert codes(found) == expected
        assert {problem.severity for problem in found} <= {Severity.NOTE}


def test_a_later_question_s_picture_may_name_what_was_asked_before(tmp_path: Path) -> None:
    """It is in sight only after that; its own answer it must not tell."""
    (tmp_path / "scan.png").write_bytes(png(40, 30))
    path = tmp_path / "hard-lumps.yaml"
    then = QUESTION | {
        "id": "then",
        "prompt": "Where else do these lumps lie most likely?",
        "choices": [
            {"text": "Muscle", "correct": "true", "why": "So it is."},
            {"text": "Bowel", "why": "It is not."},
            {"text": "Brain", "why": "It is not."},
        ],
    }
    for caption, expected in (
        ("Dystrophic calcification of the arm.", []),
        ("Sheets in the muscle.", ["caption-gives-answer"]),
    ):
        shown = figure("scan") | {"caption": caption}
        questions = [QUESTION, then | {"figures": [shown]}]
        path.write_text(case_text(questions=questions), "utf-8")
        assert codes(list(check_file(read_case(path), today=TODAY))) == expected


def test_a_variant_s_own_picture_is_looked_at(tmp_path: Path) -> None:
    """To the last pixel, where it is named, and its caption must not tell the answer."""
    (tmp_path / "view.png").write_bytes(png(40, 30)[:-20])
    shown = figure("view") | {"caption": "Calcification of the arm."}
    found = checked(tmp_path, {"id": "view", "figures": [shown]})
    assert codes(found) == ["figure-damaged", "caption-gives-answer"]
    assert all(problem.message.startswith("variant view: ") for problem in found)


def test_keys_in_order_are_counted_once(tmp_path: Path) -> None:
    """A variant with the choices of its question says nothing more of where keys stand."""
    path = tmp_path / "hard-lumps.yaml"
    own = [{"text": "1 mg"}, {"text": "2 mg", "correct": "true"}]
    variants = [CHILD, CHILD | {"id": "girl", "choices": own}]
    question = QUESTION | {"shuffle": "false", "variants": variants}
    path.write_text(case_text(questions=[question]), "utf-8")
    rule = RULES["key-position-bias"]
    assert isinstance(rule, LibraryRule)
    places = rule.note(Subject(read_case(path), TODAY))
    assert places is not None
    assert [(place.key, place.choices) for place in places] == [(0, 3), (1, 2)]
