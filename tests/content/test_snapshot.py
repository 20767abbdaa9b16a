"""Cases kept as they were when they were posted."""

import json
from datetime import date
from typing import Any

import pytest

from content.model import Consent, Level, ReviewStatus
from content.revision import question_revision
from content.snapshot import Snapshot
from tests.content.samples import case, case_data, question, question_data
from tests.support.library import shipped_library

FULL = case(
    series="S",
    difficulty="0.5",
    figures=[
        {"file": "a.png", "caption": "C", "alt": "A", "creator": "X", "licence": "MIT"}
        | {"consent": "obtained"}
    ],
    references=[{"title": "T", "journal": "J", "year": "2000", "authors": ["A B"]}],
    review={"status": "reviewed", "by": "R", "on": "2026-03-01"},
    lint={"ignore": {"file-name": "because"}},
)


@pytest.mark.parametrize(
    "kept",
    [
        Snapshot(case(), ()),
        Snapshot(FULL, ("ab" * 32,)),
        *(Snapshot(each, ()) for each in shipped_library().cases.values()),
    ],
    ids=lambda kept: kept.case.id,
)
def test_a_snapshot_comes_back_as_it_was(kept: Snapshot) -> None:
    """Every field comes back with its type, and writing again gives the same text."""
    read = Snapshot.from_json(kept.to_json())
    assert read == kept
    assert read.to_json() == kept.to_json()
    assert read.digest == kept.digest


def test_types_come_back_too() -> None:
    """Enumerations, dates and tuples are themselves again, not their JSON forms."""
    read = Snapshot.from_json(Snapshot(FULL, ()).to_json()).case
    assert read.level is Level.RESIDENT
    assert read.figures[0].consent is Consent.OBTAINED
    assert read.review.status is ReviewStatus.REVIEWED
    assert read.review.on == date(2026, 3, 1)
    assert isinstance(read.questions[0].choices, tuple)


def test_equal_cases_have_one_digest() -> None:
    """The digest depends on what a case says, not on how its data was ordered."""
    turned = dict(reversed(case_data().items()))
    assert Snapshot(case(**turned), ()).digest == Snapshot(case(), ()).digest
    assert Snapshot(case(title="Other"), ()).digest != Snapshot(case(), ()).digest
    assert Snapshot(case(), ("a",)).digest != Snapshot(case(), ()).digest


def old(**changes: Any) -> str:
    document = json.loads(Snapshot(case(), ()).to_json())
    document["case"] |= changes
    return json.dumps(document)


def test_an_old_snapshot_outlives_stricter_rules() -> None:
    """What was legal once is read for ever: lengths, vocabularies, rules and unknown keys."""
    long = question_data(prompt="x" * 400, key_point=None)
    read = Snapshot.from_json(old(questions=[long], level="attending", title="", extinct=1)).case
    assert read.questions[0].prompt == "x" * 400
    assert read.questions[0].key_point is None
    assert read.level == "attending"


@pytest.mark.parametrize(
    "document",
    ["", "[]", "{}", '{"format": 2, "case": {}, "figures": []}', '{"format": 1, "case": {}}',
     '{"format": 1, "case": [], "figures": []}', old(questions=5), old(questions=[{}])],
)  # fmt: skip
def test_what_is_no_snapshot_is_refused(document: str) -> None:
    """Another format, or a text that is no snapshot at all, is a ValueError."""
    with pytest.raises(ValueError, match=r"snapshot|Expecting"):
        Snapshot.from_json(document)


def test_a_revision_changes_with_what_was_asked() -> None:
    """Prompt, wording, order and key decide which answers count together; the rest does not."""
    asked = case().questions[0]
    same = case(questions=[question_data(key_point="Other.", id="other", shuffle="false")])
    assert question_revision(same.questions[0]) == question_revision(asked)
    others = [
        case(questions=[question_data(prompt="Other?")]).questions[0],
        case(questions=[question_data(choices=question_data()["choices"][::-1])]).questions[0],
        question((0,)),
        question((1,)),
        question((0, 1)),
    ]
    assert len({question_revision(each) for each in [asked, *others]}) == 1 + len(others)


def test_a_revision_is_stable() -> None:
    """Stored answers carry it, so the same question has the same revision in every version."""
    assert question_revision(case().questions[0]) == "2761d5c557d1ad8c"
