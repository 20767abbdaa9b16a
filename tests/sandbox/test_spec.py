"""The checker that every answer in these tests goes through can find what is wrong."""

import pytest

from tests.sandbox.spec import REFERENCE, problems_with, problems_with_result

pytestmark = pytest.mark.skipif(
    not REFERENCE.exists(), reason="the machine-readable Bot API specification is not at hand"
)


def test_missing_wrong_and_unknown_fields_are_found() -> None:
    """Each of the three kinds of mistakes is named with its place."""
    user = {"id": "7", "is_bot": False, "age": 3}
    assert sorted(problems_with("User", user)) == [
        "User.age is unknown in User",
        "User.first_name is missing in User",
        "User.id is no Integer: '7'",
    ]


def test_truth_values_are_no_numbers() -> None:
    """JSON tells true from 1, and so does the checker."""
    assert problems_with_result("getChatMemberCount", True) != []
    assert problems_with_result("getChatMemberCount", 2) == []


def test_alternatives_are_tried() -> None:
    """A union is satisfied by any of its members."""
    member = {"status": "member", "user": {"id": 1, "is_bot": False, "first_name": "A"}}
    assert problems_with("ChatMember", member) == []
