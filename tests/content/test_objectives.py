"""What is remembered of a case: by which name, in which wordings, and when it begins anew."""

from pathlib import Path
from typing import Any

import pytest

from content.objectives import Key, Objectives
from tests.content.samples import case, question_data
from tests.content.variants import LATER, varied_case, varied_library
from tests.support.library import shipped_library


def objectives(*cases: dict[str, Any]) -> Objectives:
    """The objectives of these cases."""
    made = [case(**changes) for changes in cases]
    return Objectives.of({each.id: each for each in made})


def asked(told: Objectives, objective: str) -> list[tuple[str, int, str | None]]:
    """The wordings of an objective."""
    return [(each.case.id, each.position, each.variant) for each in told.wordings(objective)]


def key(**changes: Any) -> Key:
    """The key of a question with these changes."""
    return Key.of(case(questions=[question_data(**changes)]).questions[0])


def choices(*texts: str, right: int = 0, ids: str = "") -> list[dict[str, Any]]:
    """Choices, of which one is right, with ids of one letter where they are given."""
    return [
        {"text": text, "correct": place == right} | ({"id": ids[place]} if ids else {})
        for place, text in enumerate(texts)
    ]


def test_a_question_has_an_objective_of_its_own() -> None:
    """It is asked as it stands, and then as each of its variants."""
    told = Objectives.of({"hard-lumps": varied_case()})
    assert told.name("hard-lumps", "nature") == "hard-lumps/nature"
    assert asked(told, "hard-lumps/nature") == [
        ("hard-lumps", 0, None),
        ("hard-lumps", 0, "child"),
        ("hard-lumps", 0, "view"),
    ]
    assert asked(told, "hard-lumps/then") == [("hard-lumps", 1, None), ("hard-lumps", 1, "man")]


def test_questions_share_an_objective_by_its_name() -> None:
    """Of one case or of several; under the default name of one of them there is nothing then."""
    shared = question_data(objective="calcinosis")
    told = objectives(
        {"id": "a", "questions": [question_data(id="x"), shared]},
        {"id": "b", "questions": [shared]},
    )
    assert told.name("a", "nature") == told.name("b", "nature") == "calcinosis"
    assert asked(told, "calcinosis") == [("a", 1, None), ("b", 0, None)]
    assert asked(told, "a/nature") == []


def test_what_left_the_library_sleeps() -> None:
    """A case, a question of a case, an objective that nobody names any more."""
    told = objectives({"id": "a"})
    assert told.name("gone", "nature") is None
    assert told.name("a", "gone") is None
    for objective in ("gone/nature", "a/gone", "gone", "", "/", "a/"):
        assert asked(told, objective) == []
    assert told.key("a", "gone") is told.key("a", "nature", "gone") is None


def test_a_case_keeps_its_state_under_another_id() -> None:
    """An answer under a former id counts for the new one, and a case of that id goes before it."""
    told = objectives({"id": "new", "formerly": ["old", "older"]})
    assert told.name("old", "nature") == told.name("older", "nature") == "new/nature"
    assert told.key("older", "nature") == told.key("new", "nature")
    assert asked(told, "new/nature") == [("new", 0, None)]
    taken = objectives({"id": "new", "formerly": ["old"]}, {"id": "old"})
    assert taken.name("old", "nature") == "old/nature"


def test_new_words_keep_the_key() -> None:
    """What is known by an id may be mended; without ids, what reads alike is the same."""
    before = key(choices=choices("Calcium", "Fat", ids="ab"))
    assert before.matches(key(choices=choices("Fat", "Hydroxyapatite", right=1, ids="ba")))
    assert before.matches(key(choices=choices("calcium.", "Urate")))
    assert key(choices=choices("Calcium", "Fat")).matches(before)


@pytest.mark.parametrize(
    "other",
    [
        choices("Calcium", "Fat", right=1, ids="ab"),
        choices("Urate", "Fat", ids="cb"),
        choices("Urate", "Fat"),
        [*choices("Calcium", "Fat", ids="ab"), {"text": "Hydroxyapatite", "correct": True}],
    ],
)
def test_other_right_choices_are_another_key(other: list[dict[str, Any]]) -> None:
    """Whichever of the two came first."""
    one, changed = key(choices=choices("Calcium", "Fat", ids="ab")), key(choices=other)
    assert not one.matches(changed)
    assert not changed.matches(one)


def test_a_variant_has_its_own_key() -> None:
    """Where it has choices of its own; else it is its question's."""
    told = Objectives.of({"hard-lumps": varied_case()})
    assert told.key("hard-lumps", "nature", "child") == told.key("hard-lumps", "nature")
    later = told.key("hard-lumps", "then", "man")
    assert later == Key((("cut", "Cut them out"),))
    assert [each.key for each in told.wordings("hard-lumps/then")][1] == later


def test_the_digest_changes_with_all_that_is_told() -> None:
    """And with nothing else: of another title or wrong choice nobody has to know."""
    whole = varied_case()
    base = case(questions=[question_data(variants=[LATER])])
    told = [
        base,
        whole,
        base.model_copy(update={"formerly": ("old",)}),
        *(
            case(questions=[question_data(**changes)])
            for changes in (
                {},
                {"objective": "calcinosis"},
                {"id": "other"},
                {"variants": [LATER | {"id": "woman"}]},
                {"variants": [LATER | {"choices": choices("Wait", "Cut")}]},
                {"variants": [LATER], "choices": choices("Chalk", "Fat")},
                {"variants": [LATER], "choices": choices("Calcium", "Fat", ids="ab")},
            )
        ),
    ]
    digests = [Objectives.of({each.id: each}).digest for each in told]
    assert len(set(digests)) == len(digests)
    same = base.model_copy(update={"title": "Lumps"})
    assert Objectives.of({base.id: same}).digest == digests[0]
    assert Objectives.of({}).digest != Objectives.of({"a": case(id="a")}).digest


def test_a_library_makes_its_objectives_once(tmp_path: Path) -> None:
    """When they are first asked for."""
    library = varied_library(tmp_path)
    assert library.objectives is library.objectives
    assert library.objectives.digest == Objectives.of(library.cases).digest


def test_every_shipped_question_has_an_objective() -> None:
    """Which can be asked."""
    library = shipped_library()
    told = library.objectives
    for each in library.cases.values():
        for position, question in enumerate(each.questions):
            objective = told.name(each.id, question.id)
            assert objective is not None
            assert (each.id, position, None) in asked(told, objective)
