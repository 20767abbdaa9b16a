"""Gives rules something to read: a small case in order, with some keys of it said otherwise."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from content.lint.registry import RULES
from content.lint.rule import Rule
from content.lint.subject import Subject
from content.loader import CaseFile, read_case
from content.yaml_tree import read_tree
from tests.content.samples import case_data

TODAY = date(2026, 3, 1)

QUESTION: dict[str, Any] = {
    "id": "nature",
    "prompt": "What are these lumps most likely to be?",
    "choices": [
        {
            "text": "Dystrophic calcification",
            "correct": "true",
            "why": "Stone-hard lumps are calcium.",
        },
        {"text": "Gouty tophi", "why": "Tophi follow years of gout, which she lacks."},
        {"text": "Rheumatoid nodules", "why": "She has no arthritis."},
    ],
    "key_point": "Stone-hard lumps are calcium.",
}
"""A question with which no rule finds fault."""

CASE = case_data(
    title="Hard lumps, years after a rash",
    vignette="A 64-year-old woman has had hard lumps beneath the skin of both arms for a year.",
    questions=[QUESTION],
)
"""A case with which no rule finds fault."""


def case_text(overlay: str = "", **changes: Any) -> str:
    """The case as a file, with ``overlay`` (YAML, keys of a case) word for word at its end.

    ``changes`` replace or add keys too, as plain data.
    """
    root, problems = read_tree(Path("overlay.yaml"), overlay.encode())
    assert root or not overlay.strip(), problems
    said = root.entries if root else {}
    kept = {key: value for key, value in (CASE | changes).items() if key not in said}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in kept.items()) + overlay


def subject(overlay: str = "", **changes: Any) -> Subject:
    """The case as rules see it, without a file: its figures and its model are not there."""
    path = Path("hard-lumps.yaml")
    root, problems = read_tree(path, case_text(overlay, **changes).encode())
    assert root, problems
    return Subject(CaseFile(path, None, {}, problems, root), TODAY)


def read_subject(folder: Path, overlay: str = "", **changes: Any) -> Subject:
    """The case as rules see it once the loader has read it from a file in ``folder``."""
    path = folder / "hard-lumps.yaml"
    path.write_text(case_text(overlay, **changes), "utf-8")
    return Subject(read_case(path), TODAY)


def asking(
    prompt: str = "",
    *choices: str,
    key: tuple[int, ...] = (0,),
    case: dict[str, Any] | None = None,
    **changes: Any,
) -> Subject:
    """The case with another question; what is left empty stays as it is in the case in order.

    The choices at ``key`` are right. ``changes`` are keys of the question, ``case`` of the case.
    """
    question = QUESTION | ({"prompt": prompt} if prompt else {}) | changes
    if choices:
        question["choices"] = [
            {"text": choice} | ({"correct": "true"} if place in key else {})
            for place, choice in enumerate(choices)
        ]
    return subject(questions=[question], **(case or {}))


def messages(name: str, read: Subject) -> list[str]:
    """What the rule of this name says about a case."""
    rule = RULES[name]
    assert isinstance(rule, Rule)
    return [str(finding.phrase) for finding in rule.find(read)]


def found(read: Subject) -> set[str]:
    """The names of all rules that find something in a case."""
    rules = [rule for rule in RULES.values() if isinstance(rule, Rule)]
    return {rule.name for rule in rules if any(True for _ in rule.find(read))}
