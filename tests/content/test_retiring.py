"""Cases are withdrawn while they hold what was retired."""

from pathlib import Path

from content.candidate import difference
from content.codes import case_code
from content.library import Library, load_library
from content.one_question_case import alone
from content.retiring import retiring
from content.revision import item_revision
from tests.content.samples import question_data, write_case


def one_case(folder: Path, **changes: object) -> Library:
    """A library of two cases, of which one is written with these changes."""
    folder.mkdir()
    write_case(folder / "hard-lumps.yaml", **changes)
    write_case(folder / "other.yaml", id="other", title="Another one")
    return load_library(folder)


def wording(library: Library, case_id: str = "hard-lumps") -> str:
    """The revision of a case's first question."""
    return item_revision(library.snapshot(library.cases[case_id]), 0)


def test_a_case_is_out_of_use_while_it_holds_what_is_retired(tmp_path: Path) -> None:
    """By code, id and topic, and in what can be reviewed; brought back, it is as it was."""
    whole = one_case(tmp_path / "cases")
    item = ("hard-lumps", wording(whole))
    left = retiring(whole, frozenset({item}))
    code = case_code("hard-lumps")
    assert list(left.cases) == ["other"]
    assert (left.find(code), left.find("hard-lumps")) == (None, None)
    for name in (code, "hard-lumps"):
        found = left.find_withdrawn(name)
        assert found is not None
        assert found.id == "hard-lumps"
    assert left.find_withdrawn("other") is None
    assert whole.objectives.names - left.objectives.names == {f"hard-lumps/{_question(whole)}"}
    assert sum(left.topics.values()) < sum(whole.topics.values())
    assert not difference(left, whole)
    assert not difference(whole, left)
    again = retiring(left, frozenset())
    assert dict(again.cases) == dict(whole.cases)
    assert again.objectives.digest == whole.objectives.digest


def _question(library: Library) -> str:
    return library.cases["hard-lumps"].questions[0].id


def test_what_is_worded_or_told_anew_is_back(tmp_path: Path) -> None:
    """What was retired of another case, even in the same words, is not this one's."""
    whole = one_case(tmp_path / "cases")
    retired = frozenset({("hard-lumps", wording(whole))})
    mended = one_case(tmp_path / "mended", questions=[question_data(prompt="Which are they?")])
    told = one_case(tmp_path / "told", vignette="A woman of 64 has lumps as hard as stone.")
    for anew in (mended, told):
        assert list(retiring(anew, retired).cases) == ["hard-lumps", "other"]
    assert list(retiring(whole, frozenset({("none", wording(whole))})).cases) == list(whole.cases)


def test_a_renamed_case_stays_out_of_use(tmp_path: Path) -> None:
    """What was retired under an id that it had before."""
    whole = one_case(tmp_path / "cases")
    retired = frozenset({("hard-lumps", wording(whole))})
    renamed = one_case(tmp_path / "renamed", id="lumps", formerly=["hard-lumps"])
    left = retiring(renamed, retired)
    assert list(left.cases) == ["other"]
    found = left.find_withdrawn(case_code("hard-lumps"))
    assert found is not None
    assert found.id == "lumps"


def test_a_variant_is_retired_with_its_case(tmp_path: Path) -> None:
    """A review's wording that was flagged and retired keeps its case out of use."""
    variant = {"id": "man", "vignette": "A man of 60 has hard lumps."}
    whole = one_case(tmp_path / "cases", questions=[question_data(variants=[variant])])
    snapshot = whole.snapshot(alone(whole.cases["hard-lumps"], 0, "man"), "man")
    retired = frozenset({("hard-lumps", item_revision(snapshot, 0))})
    assert list(retiring(whole, retired).cases) == ["other"]
    other = {"id": "man", "vignette": "A man of 70 has hard lumps."}
    mended = one_case(tmp_path / "mended", questions=[question_data(variants=[other])])
    assert list(retiring(mended, retired).cases) == ["hard-lumps", "other"]
