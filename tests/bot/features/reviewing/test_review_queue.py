"""Which cases wait for a reviewer, and in which order."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.reviewing.review_queue import Reviewer, WaitingCase, following, waiting
from content.library import Library, load_library
from content.signed_digest import Signature
from content.signing import digest_of, signing
from tests.content.samples import write_case

ANN, BEN = 1, 2
FIRST, LATER = date(2026, 1, 1), date(2026, 2, 1)
REVIEWER = Reviewer(ANN, "Ann Lee", ("Ann Lee", "Ann"))
CASES = {
    "ecg-1": ("An ECG", "cardiology"),
    "ecg-2": ("Another ECG", "cardiology"),
    "lumps-1": ("Bumps", "rheumatology"),
    "lumps-2": ("Lumps", "rheumatology"),
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Two cases of each of two specialties."""
    for case_id, (title, topic) in CASES.items():
        write_case(tmp_path / f"{case_id}.yaml", id=case_id, title=title, topics=[topic])
    return load_library(tmp_path)


def signed(library: Library, case_id: str, by: int = BEN, **changes: object) -> Signature:
    """A signature on a case as it is, unless the digest is another."""
    digest = digest_of(library, library.cases[case_id])
    return replace(Signature(case_id, digest, by, "Ben Ali, MD", FIRST), **changes)


def ids(queue: list[WaitingCase]) -> list[str]:
    """Which cases wait."""
    return [one.case.id for one in queue]


def test_all_cases_wait_by_specialty_and_title(library: Library) -> None:
    """Nobody has signed any."""
    queue = waiting(library, REVIEWER)
    assert ids(queue) == ["ecg-1", "ecg-2", "lumps-1", "lumps-2"]
    assert [one.specialty for one in queue] == ["cardiology"] * 2 + ["rheumatology"] * 2
    assert [one.signed_on for one in queue] == [None] * 4


@pytest.mark.parametrize("by", [ANN, BEN])
def test_what_is_signed_as_it_is_waits_for_nobody(library: Library, by: int) -> None:
    """By whomever."""
    library = signing(library, (signed(library, "ecg-1", by),))
    assert ids(waiting(library, REVIEWER)) == ["ecg-2", "lumps-1", "lumps-2"]


def test_what_changed_since_it_was_signed_comes_first_in_its_specialty(library: Library) -> None:
    """With the day of the last signature that was on it."""
    before = [signed(library, "lumps-2", digest="other", on=on) for on in (LATER, FIRST)]
    library = signing(library, before)
    queue = waiting(library, REVIEWER)
    assert ids(queue) == ["ecg-1", "ecg-2", "lumps-2", "lumps-1"]
    assert queue[2].signed_on == LATER


@pytest.mark.parametrize(
    "reviewer",
    [
        replace(REVIEWER, published=frozenset({"ecg-1"})),
        replace(REVIEWER, names=("The authors",)),
        REVIEWER.renamed("The authors"),
    ],
    ids=["published in the chat", "by name", "by a new name"],
)
def test_nobody_reviews_their_own(library: Library, reviewer: Reviewer) -> None:
    """However it is known to be theirs."""
    assert reviewer.wrote(library.cases["ecg-1"])
    assert "ecg-1" not in ids(waiting(library, reviewer))


def test_a_new_name_takes_no_case_off_the_old_one(library: Library) -> None:
    """Who wrote under the old name wrote still."""
    renamed = replace(REVIEWER, names=("The authors",)).renamed("Ann Byron")
    assert renamed.public_name == "Ann Byron"
    assert renamed.wrote(library.cases["ecg-1"])


@pytest.mark.parametrize(("unchanged", "waits"), [(True, False), (False, True)])
def test_what_one_sent_back_waits_again_once_it_changed(
    library: Library, unchanged: bool, waits: bool
) -> None:
    """For them; for others all along."""
    digest = digest_of(library, library.cases["ecg-1"]) if unchanged else "before"
    reviewer = replace(REVIEWER, sent_back={"ecg-1": digest})
    assert ("ecg-1" in ids(waiting(library, reviewer))) is waits
    assert "ecg-1" in ids(waiting(library, REVIEWER))


@pytest.mark.parametrize(
    ("after", "left", "then"),
    [
        ("ecg-1", ["ecg-1", "ecg-2", "lumps-1"], "ecg-2"),
        ("ecg-2", ["ecg-1", "ecg-2", "lumps-1"], "ecg-1"),
        ("ecg-2", ["ecg-2", "lumps-1"], "lumps-1"),
        ("ecg-2", ["lumps-1", "lumps-2"], "lumps-1"),
        ("ecg-2", ["ecg-2"], None),
        ("ecg-2", [], None),
    ],
)
def test_the_next_one(library: Library, after: str, left: list[str], then: str | None) -> None:
    """By title in its specialty, from its beginning at the end; then of any; never the same."""
    queue = [one for one in waiting(library, REVIEWER) if one.case.id in left]
    found = following(queue, library.cases[after])
    assert (found and found.case.id) == then


def test_the_next_one_amid_a_specialty(tmp_path: Path) -> None:
    """The one behind it, though one before it waits too."""
    for name in ("a", "b", "c"):
        write_case(tmp_path / f"ecg-{name}.yaml", id=f"ecg-{name}", title=f"ECG {name}")
    library = load_library(tmp_path)
    found = following(waiting(library, REVIEWER), library.cases["ecg-b"])
    assert found is not None
    assert found.case.id == "ecg-c"
