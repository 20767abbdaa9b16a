"""Variants are held to the rules that questions are held to."""

from pathlib import Path
from typing import Any

import pytest

from content.check import check_file
from content.lint.registry import RULES
from content.lint.rule import Rule
from content.loader import read_case
from content.problems import Problem
from content.tree import to_plain
from content.yaml_tree import read_tree
from tests.content.lint.reading import QUESTION, TODAY, case_text

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
