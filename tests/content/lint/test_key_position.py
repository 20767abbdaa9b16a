"""When the places of right choices over a whole library tell something."""

from pathlib import Path
from typing import Any

import pytest

from content.lint.registry import RULES
from content.lint.rule import LibraryRule
from content.problems import Mark
from tests.content.lint.reading import asking


def found(*keys: int, choices: int = 4, **changes: Any) -> list[tuple[str, str]]:
    """What the rule says of cases, each with one question in the file's order, and on which."""
    rule = RULES["key-position-bias"]
    assert isinstance(rule, LibraryRule)
    names = [f"Cause {number}" for number in range(choices)]
    notes = []
    for number, key in enumerate(keys):
        note = rule.note(asking("", *names, key=(key,), **({"shuffle": "false"} | changes)))
        if note is not None:
            notes.append((Path(f"{number:03}.yaml"), note))
    return [(path.name, str(finding.phrase)) for path, finding in rule.find(notes)]


def test_a_place_that_is_too_often_right_is_found_once() -> None:
    """At the first case that has its right choice there."""
    [(name, message)] = found(0, 3, *[1] * 20, 0, 2)
    assert name == "002.yaml"
    assert message.startswith("the right choice stands second in 20 of 24 questions")
    assert "chance would put 6" in message


@pytest.mark.parametrize(
    "keys",
    [
        [0, 1, 2, 3] * 10,
        # Uneven, but not beyond chance: chi-square 6.8 with 3 degrees of freedom.
        [0] * 9 + [1] * 15 + [2] * 11 + [3] * 5,
        # Too few to say anything.
        [1] * 9,
        [],
    ],
)
def test_what_chance_can_do_is_left_alone(keys: list[int]) -> None:
    """One library in a hundred is told though nothing is wrong, and no more."""
    assert found(*keys) == []


def test_the_bound_is_that_of_chi_square() -> None:
    """Of 40 with two places each: 29 to 11 gives 8.1, 28 to 12 gives 6.4; the bound is 6.6."""
    assert len(found(*[0] * 29, *[1] * 11, choices=2)) == 1
    assert found(*[0] * 28, *[1] * 12, choices=2) == []


def test_shuffled_questions_have_no_places() -> None:
    """What learners see in another order tells them nothing."""
    assert found(*[1] * 40, shuffle="true") == []


def test_questions_of_different_length_count_together() -> None:
    """By chance a key stands in each of its own places equally often."""
    rule = RULES["key-position-bias"]
    assert isinstance(rule, LibraryRule)
    path = Path("a.yaml")
    names = [f"Cause {number}" for number in range(5)]
    notes = [
        (path, rule.note(asking("", *names[:count], key=(key,), shuffle="false")))
        for count in (3, 5)
        for key in range(count)
        for _ in range(6)
    ]
    assert list(rule.find(notes)) == []
    assert notes[0][1] is not None
    assert notes[0][1][0].mark > Mark()
