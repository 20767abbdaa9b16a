"""A small legal case to build on, and Hypothesis strategies that several tests share."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from content.model import Case, Question


def case_data(**changes: Any) -> dict[str, Any]:
    """A legal case as plain data; ``changes`` replace or add keys of the case."""
    return {
        "id": "hard-lumps",
        "title": "Hard lumps",
        "topics": ["rheumatology"],
        "level": "resident",
        "vignette": "A woman of 64 has hard lumps.",
        "questions": [question_data()],
        "authors": ["The authors"],
        "licence": "CC-BY-4.0",
    } | changes


def question_data(**changes: Any) -> dict[str, Any]:
    """A legal question as plain data, with one right choice of three: the second."""
    return {
        "id": "nature",
        "prompt": "What are they?",
        "choices": [{"text": "Fat"}, {"text": "Calcium", "correct": "true"}, {"text": "Urate"}],
        "key_point": "Hard means calcium.",
    } | changes


def case(**changes: Any) -> Case:
    """A legal case."""
    return Case.model_validate(case_data(**changes))


def question(key: tuple[int, ...], choices: int = 4) -> Question:
    """A question with this many choices, of which those at ``key`` are right."""
    texts = [{"text": f"Choice {n}", "correct": n in key} for n in range(choices)]
    return Question.model_validate(question_data(choices=texts))


def write_case(path: Path, **changes: Any) -> Path:
    """A legal case as a file; JSON is YAML."""
    path.write_text(json.dumps(case_data(**changes)), "utf-8")
    return path


DROPPED = "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u030a\u0333\u033f"
"""What Telegram drops from every text, and no case file may hold: see content/yaml_source.py."""

markdown_texts = st.text(
    st.one_of(
        st.sampled_from("*_[]()`<>&#-+.)1 \n\\!:/\"'~|"),
        st.sampled_from("aZé9\u00a0\u0301\u200d\U0001f9e0\u6c34"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=DROPPED),
    ),
    max_size=200,
)
