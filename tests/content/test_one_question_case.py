"""A question by itself, as a review posts it."""

from pathlib import Path

import pytest

from content.model import Case
from content.one_question_case import alone
from content.revision import question_revision, revision_of
from content.snapshot import Snapshot
from tests.content.samples import case, question_data
from tests.content.variants import NAMES, figure, varied_case, varied_library


def shown(told: Case) -> list[str]:
    """The figures of a case, by name."""
    return [each.file.removesuffix(".png") for each in told.shown_figures]


def test_a_later_question_tells_what_came_before_it() -> None:
    """Vignette and reveals are one story; the figure is the question's own, and nothing follows."""
    whole = varied_case()
    told = alone(whole, 1)
    assert told.vignette == "A woman of 64 has hard lumps.\n\nThey hurt.\n\nThey ulcerate."
    (asked,) = told.questions
    assert (asked.id, asked.reveal, asked.variants, asked.figures) == ("then", None, (), ())
    assert (asked.prompt, asked.choices) == (whole.questions[1].prompt, whole.questions[1].choices)
    assert shown(told) == ["ulcer"]
    assert (told.id, told.title, told.licence) == (whole.id, whole.title, whole.licence)


def test_a_question_without_a_figure_shows_the_case_s() -> None:
    """It was in sight when the question was first asked."""
    told = alone(varied_case(), 0)
    assert told.vignette == "A woman of 64 has hard lumps.\n\nThey hurt."
    assert shown(told) == ["lumps"]


def test_another_patient_brings_a_whole_story() -> None:
    """Nothing of the case's own patient is told or shown; what is left out is the question's."""
    whole = varied_case()
    told = alone(whole, 0, "child")
    assert (told.vignette, shown(told)) == ("A boy of 9 has hard lumps.", [])
    (asked,) = told.questions
    assert (asked.id, asked.prompt, asked.key_point) == (
        "nature",
        "What are they?",
        "So in children.",
    )
    assert asked.choices == whole.questions[0].choices
    later = alone(whole, 1, "man")
    assert (later.vignette, shown(later)) == ("A man of 70 has ulcers over hard lumps.", ["man"])
    assert [choice.text for choice in later.questions[0].choices] == ["Cut them out", "Wait"]


def test_another_picture_of_the_same_patient_keeps_the_story() -> None:
    """It takes the place of the case's figure."""
    told = alone(varied_case(), 0, "view")
    assert told.vignette == "A woman of 64 has hard lumps.\n\nThey hurt."
    assert (shown(told), told.questions[0].prompt) == (["view"], "And seen like this?")


def test_what_is_not_there_cannot_be_asked() -> None:
    """A variant that was taken out meanwhile, or a question."""
    with pytest.raises(LookupError):
        alone(varied_case(), 0, "man")
    with pytest.raises(LookupError):
        alone(varied_case(), 2)


def test_the_library_knows_the_figures_of_all_of_them(tmp_path: Path) -> None:
    """A case is posted with its own and its questions'; a variant with its own alone."""
    library = varied_library(tmp_path)
    whole = library.cases["hard-lumps"]
    hashes = library.figure_hashes("hard-lumps")
    assert set(hashes) == {f"{name}.png" for name in NAMES}
    assert len(set(hashes.values())) == len(NAMES)
    posted = library.snapshot(whole)
    assert posted.figures == (hashes["lumps.png"], hashes["ulcer.png"])
    assert posted.figures_with(0) == (hashes["lumps.png"],)
    assert posted.figures_with(1) == (hashes["ulcer.png"],)
    review = library.snapshot(alone(whole, 1, "man"), "man")
    assert (review.figures, review.variant) == ((hashes["man.png"],), "man")
    assert all(library.figure(sha256) for sha256 in hashes.values())


def test_a_first_question_s_figures_follow_the_case_s() -> None:
    """They are shown together."""
    own = question_data(figures=[figure("a"), figure("b")])
    whole = case(figures=[figure("lumps")], questions=[own, question_data(id="then")])
    kept = Snapshot(whole, ("1", "2", "3"))
    assert (kept.figures_with(0), kept.figures_with(1)) == (("1", "2", "3"), ())


def test_what_is_kept_of_a_review_comes_back() -> None:
    """With its variant, of which older snapshots say nothing."""
    review = Snapshot(alone(varied_case(), 1, "man"), ("ab" * 32,), "man")
    assert Snapshot.from_json(review.to_json()) == review
    whole = Snapshot(varied_case(), ("ab" * 32, "cd" * 32))
    assert Snapshot.from_json(whole.to_json()) == whole
    assert "variant" not in Snapshot.from_json(Snapshot(case(), ()).to_json()).to_json()


def test_a_snapshot_says_what_it_has_always_said() -> None:
    """A case without what is new has the digest that it had in the databases that exist."""
    digest = "2f213d923fedf775498e7bbfe132aa65c94ff988122ba9128960485d1a2802e6"
    assert Snapshot(case(), ()).digest == digest


def test_another_patient_or_picture_has_a_revision_of_its_own() -> None:
    """Though the words are the same; a question keeps the one it had, alone or in its case."""
    whole = varied_case()
    asked = question_revision(whole.questions[0])
    assert revision_of(Snapshot(whole, ("1", "2")), 0) == asked
    assert revision_of(Snapshot(alone(whole, 0), ("1",)), 0) == asked
    child = alone(whole, 0, "child")
    older = child.model_copy(update={"vignette": "A girl of 9 has hard lumps."})
    snapshots = [
        Snapshot(child, (), "child"),
        Snapshot(older, (), "child"),
        Snapshot(child, ("1",), "child"),
        Snapshot(child, ("2",), "child"),
    ]
    assert len({asked, *(revision_of(each, 0) for each in snapshots)}) == 1 + len(snapshots)
