"""Which signatures hold for a case in use and for what was posted of it; who reviewed it."""

from datetime import date
from pathlib import Path

import pytest

from content.library import Library, load_library
from content.model import Review
from content.one_question_case import alone
from content.signed_digest import Signature
from content.signing import Reviewed, digest_of, holding, reviews, signing
from content.snapshot import Snapshot
from tests.content.samples import question_data, write_case

CASE = "hard-lumps"
ON = date(2026, 3, 1)
VARIANT = {"id": "man", "vignette": "A man of 70 has lumps."}
QUESTIONS = [question_data(variants=[VARIANT]), question_data(id="next", reveal="She returns.")]


def library_of(folder: Path, **changes: object) -> Library:
    """A case of two questions, the first with a variant."""
    folder.mkdir(exist_ok=True)
    write_case(folder / "hard-lumps.yaml", **({"questions": QUESTIONS} | changes))
    return load_library(folder)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """The case, signed by Ann as it is."""
    library = library_of(tmp_path / "cases")
    digest = digest_of(library, library.cases[CASE])
    return signing(library, [Signature(CASE, digest, 1, "Ann Lee", ON)])


def posts(library: Library) -> dict[str, Snapshot]:
    """All that can be posted of the case, as it is read back."""
    case = library.cases[CASE]
    made = {
        "whole": library.snapshot(case),
        "first": library.snapshot(alone(case, 0)),
        "variant": library.snapshot(alone(case, 0, "man"), "man"),
        "second": library.snapshot(alone(case, 1)),
    }
    return {name: Snapshot.from_json(each.to_json()) for name, each in made.items()}


def test_it_holds_for_all_that_is_posted_of_the_case(library: Library) -> None:
    """In whole, a question by itself, and in other words."""
    held = {name: [s.name for s in holding(library, post)] for name, post in posts(library).items()}
    assert held == {name: ["Ann Lee"] for name in held}


def test_what_was_posted_before_an_edit_is_signed_by_nobody(
    library: Library, tmp_path: Path
) -> None:
    """Though somebody signed what it is now; and another question by itself is as it was."""
    changed = [QUESTIONS[0], QUESTIONS[1] | {"reveal": "He returns."}]
    other = library_of(tmp_path / "cases", questions=changed)
    assert signing(other, library.signatures).signed == {}
    digest = digest_of(other, other.cases[CASE])
    now = signing(other, [*library.signatures, Signature(CASE, digest, 2, "Ben Ali", ON)])
    held = {name: [s.name for s in holding(now, post)] for name, post in posts(library).items()}
    assert held == {"whole": [], "first": ["Ben Ali"], "variant": ["Ben Ali"], "second": []}


def test_a_case_that_is_gone_is_signed_by_nobody(library: Library, tmp_path: Path) -> None:
    """Its posts stay; its signature is kept, should it return."""
    gone = signing(load_library(tmp_path), library.signatures)
    assert gone.signatures == library.signatures
    assert [holding(gone, post) for post in posts(library).values()] == [()] * 4


def test_the_file_s_own_review_comes_first_and_nobody_is_named_twice(library: Library) -> None:
    """What was exported and brought into the repository is in both."""
    case, ann = library.cases[CASE], library.signatures[0]
    ben = Signature(CASE, ann.digest, 2, "Ben Ali", date(2026, 2, 1))
    assert reviews(case, []) == ()
    assert reviews(case, [ann, ben]) == (
        Reviewed("Ben Ali", ben.on, 2),
        Reviewed("Ann Lee", ON, 1),
    )
    own = Review.model_validate({"status": "reviewed", "by": "Cleo; Ann Lee", "on": "2026-01-01"})
    reviewed = case.model_copy(update={"review": own})
    assert [one.name for one in reviews(reviewed, [ann, ben])] == ["Cleo; Ann Lee", "Ben Ali"]
