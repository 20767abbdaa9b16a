"""What a signature covers: everything but review, lint, topics and difficulty."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.drafting.writing import from_case, to_yaml
from content.library import SHIPPED, case_paths
from content.loader import read_case
from content.model import Case, Review
from content.signed_digest import NOT_COVERED, signed_digest
from tests.content.samples import case_data

FIGURE = {
    "file": "lumps.png",
    "caption": "Seen.",
    "alt": "Lumps.",
    "creator": "Ann Lee",
    "licence": "CC0-1.0",
    "consent": "not-required",
}
VARIANT = {
    "id": "man",
    "vignette": "A man.",
    "prompt": "And his?",
    "choices": [{"text": "Fat"}, {"text": "Lead", "correct": True, "why": "It is heavy."}],
    "key_point": "Lead is heavy.",
    "figures": [FIGURE | {"file": "man.png"}],
}
WHOLE = case_data(
    formerly=["lumps"],
    series="Ward round",
    language="en",
    topics=["rheumatology"],
    difficulty=0.5,
    figures=[FIGURE],
    questions=[
        {
            "id": "nature",
            "reveal": "They are hard.",
            "prompt": "What are they?",
            "objective": "calcinosis",
            "choices": [
                {"id": "fat", "text": "Fat", "why": "It is soft."},
                {"text": "Calcium", "correct": True},
            ],
            "shuffle": False,
            "key_point": "Hard means calcium.",
            "figures": [FIGURE | {"file": "question.png"}],
            "variants": [VARIANT],
        }
    ],
    discussion=[{"heading": "Cause", "text": "Unknown [1]."}],
    references=[
        {"authors": ["Lee A"], "title": "Lumps", "journal": "J Lumps", "year": 2000, "pmid": "1"}
    ],
    based_on="An article.",
    review={"status": "unreviewed", "confirm": ["Is it?"]},
    lint={"ignore": {"longest-correct": "as it is"}},
)
HASHES = {"lumps.png": "a", "question.png": "b", "man.png": "c"}
Place = tuple[int | str, ...]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Where a text, a number or a truth stands."""
    below = value.items() if isinstance(value, dict) else enumerate(value)
    for step, each in below:
        if isinstance(each, dict | list):
            yield from places(each, (*at, step))
        elif step != "correct":  # of which a test of its own tells
            yield (*at, step)


def changed(at: Place) -> dict[str, Any]:
    """The whole case with another value there."""
    data = json.loads(json.dumps(WHOLE))
    *way, last = at
    part = data
    for step in way:
        part = part[step]
    value = part[last]
    part[last] = not value if isinstance(value, bool) else _other(value)
    return dict(data)


def _other(value: Any) -> Any:
    return (
        value + 1
        if isinstance(value, int)
        else value / 2
        if isinstance(value, float)
        else {
            "en": "es",
            "CC0-1.0": "MIT",
            "CC-BY-4.0": "MIT",
            "resident": "fellow",
            "not-required": "obtained",
            "unreviewed": "unreviewed",
            "1": "2",
        }.get(value, f"{value}x")
    )


def digest(data: Mapping[str, Any], hashes: Mapping[str, str] = HASHES) -> str:
    """That of a case as plain data."""
    return signed_digest(Case.model_validate(data), hashes)


@pytest.mark.parametrize("at", list(places(WHOLE)), ids=lambda at: ".".join(map(str, at)))
def test_a_change_of_any_value_counts_where_it_is_covered(at: Place) -> None:
    """Of every field that a case may have, down to each choice of each variant."""
    before, data = digest(WHOLE), changed(at)
    assert (digest(data) != before) == (at[0] not in NOT_COVERED)


def test_the_sample_names_every_field_that_there_is() -> None:
    """A field that cases get one day must join it, so that somebody decides whether it counts."""
    assert set(WHOLE) == set(Case.model_fields)
    (question,) = WHOLE["questions"]
    kinds = Case.model_validate(WHOLE).questions[0]
    assert set(question) == set(type(kinds).model_fields)
    assert set(VARIANT) == set(type(kinds.variants[0]).model_fields)


def test_another_key_counts() -> None:
    """Though the words stay."""
    data = json.loads(json.dumps(WHOLE))
    first, second = data["questions"][0]["choices"]
    first["correct"], second["correct"] = True, False
    assert digest(data) != digest(WHOLE)


@pytest.mark.parametrize("name", sorted(HASHES))
def test_another_picture_counts(name: str) -> None:
    """The case's, a question's or a variant's, though the file's name stays."""
    assert digest(WHOLE, HASHES | {name: "other"}) != digest(WHOLE)


@pytest.mark.parametrize("field", sorted(NOT_COVERED))
def test_what_is_not_covered_may_go_altogether(field: str) -> None:
    """And the case of a file that never said it is the same."""
    data = {key: value for key, value in WHOLE.items() if key != field}
    if field == "topics":
        data["topics"] = ["oncology", "surgery"]
    assert digest(data) == digest(WHOLE)


def test_what_is_signed_today_is_signed_for_good() -> None:
    """The digest is kept: another version of the program must come to the same."""
    assert digest(WHOLE) == "dd1c6a50a81028b1b56728dfae02086f8cb3829cf6aa62c9d5662a72badc9928"


@pytest.mark.parametrize("path", case_paths(SHIPPED)[0][::6], ids=lambda path: path.stem)
def test_how_a_file_is_written_does_not_matter(path: Path, tmp_path: Path) -> None:
    """As JSON, without comments, in another order, with other line ends, with a review."""
    file = read_case(path)
    assert file.case
    hashes = {name: figure.sha256 for name, figure in file.figures.items()}
    before = signed_digest(file.case, hashes)
    data = file.case.model_dump(mode="json", exclude_none=True)
    reversed_ = {key: data[key] for key in reversed(data)}
    (tmp_path / "figures").mkdir()
    for name, figure in file.figures.items():
        (tmp_path / name).write_bytes(figure.data)
    source = path.read_text("utf-8")
    other = tmp_path / path.name
    for text in (
        json.dumps(reversed_),
        to_yaml(from_case(file.case)),
        source.replace("\n", "\r\n"),
        f"# By hand.\n{source}\n\n# End.\n",
        source.replace("status: unreviewed", "status: reviewed\n  by: Ann\n  on: 2026-01-01"),
    ):
        other.write_text(text, "utf-8", newline="")
        back = read_case(other)
        assert back.case, back.problems
        again = {name: figure.sha256 for name, figure in back.figures.items()}
        assert signed_digest(back.case, again) == before


@settings(max_examples=50, deadline=None)
@given(
    topics=st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True),
    difficulty=st.none() | st.floats(0, 1),
    confirm=st.lists(st.sampled_from(["Is it?", "Why?"]), max_size=2),
)
def test_whatever_is_said_of_a_case_it_is_the_same(
    topics: list[str], difficulty: float | None, confirm: list[str]
) -> None:
    """Where it is found, how hard it is thought to be, what its author asks."""
    update = {
        "topics": tuple(topics),
        "difficulty": difficulty,
        "review": Review(confirm=tuple(confirm)),
    }
    case = Case.model_validate(WHOLE)
    assert signed_digest(case.model_copy(update=update), HASHES) == signed_digest(case, HASHES)
