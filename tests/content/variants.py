"""A case of two questions with figures and variants, to build on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from content.library import Library, load_library
from content.model import Case
from content.one_question_case import alone
from tests.content.samples import case, question_data, write_case
from tests.content.test_images import png


def figure(name: str) -> dict[str, Any]:
    """A legal figure as plain data."""
    return {
        "file": f"{name}.png",
        "caption": f"Seen: {name}.",
        "alt": f"A drawing of {name}.",
        "creator": "The authors",
        "licence": "CC-BY-4.0",
        "consent": "not-required",
    }


CHILD = {"id": "child", "vignette": "A boy of 9 has hard lumps.", "key_point": "So in children."}
OTHER_VIEW = {"id": "view", "figures": [figure("view")], "prompt": "And seen like this?"}
LATER = {
    "id": "man",
    "vignette": "A man of 70 has ulcers over hard lumps.",
    "figures": [figure("man")],
    "choices": [{"id": "cut", "text": "Cut them out", "correct": "true"}, {"text": "Wait"}],
    "key_point": "Small ones can be cut out.",
}
FIRST = question_data(reveal="They hurt.", variants=[CHILD, OTHER_VIEW])
SECOND = question_data(
    id="then",
    reveal="They ulcerate.",
    prompt="And then?",
    figures=[figure("ulcer")],
    variants=[LATER],
)
CHANGES: dict[str, Any] = {"figures": [figure("lumps")], "questions": [FIRST, SECOND]}
NAMES = ("lumps", "ulcer", "view", "man")


def each_alone(whole: Case) -> Iterator[Case]:
    """Each question of a case by itself, and behind it each of its variants."""
    for position, question in enumerate(whole.questions):
        for variant in (None, *(each.id for each in question.variants)):
            yield alone(whole, position, variant)


def varied_case() -> Case:
    """The case as a model."""
    return case(**CHANGES)


def write_varied(folder: Path, **changes: Any) -> Path:
    """The case as a file, with its figures beside it."""
    for shade, name in enumerate(NAMES):
        (folder / f"{name}.png").write_bytes(png(40 + shade, 30))
    return write_case(folder / "hard-lumps.yaml", **(CHANGES | changes))


def varied_library(folder: Path, **changes: Any) -> Library:
    """A library of that case alone."""
    write_varied(folder, **changes)
    library = load_library(folder)
    assert library.problems == ()
    return library
