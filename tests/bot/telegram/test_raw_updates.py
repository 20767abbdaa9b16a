"""Raw updates: whose they are, and what they are."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.raw_updates import kind_of, person_of

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@pytest.mark.parametrize(
    ("body", "person"),
    [
        ({"from": {"id": 7}}, 7),
        ({"user": {"id": 7}}, 7),
        ({"voter_chat": {"id": -7}}, None),
        ({"from": {"id": "7"}}, None),
        ({"from": {"id": 2**70}}, None),
        ({"from": {"id": True}}, None),
        ({"from": "Ada"}, None),
        ("Ada", None),
    ],
)
def test_the_person_is_whoever_caused_it(body: object, person: int | None) -> None:
    """The sender, the presser or the voter; nobody where it does not say."""
    assert person_of({"update_id": 1, "poll_answer": body}) == person


@given(st.dictionaries(st.text(), json_values))
def test_any_json_has_a_kind_that_can_be_shown(raw: dict[str, Any]) -> None:
    """Whatever comes, its kind is a plain word, and looking for its person raises nothing."""
    kind = kind_of(raw)
    assert kind.isascii()
    assert kind.isidentifier()
    assert len(kind) <= 64
    person_of(raw)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"update_id": 1, "poll_answer": {}}, "poll_answer"),
        ({"poll": {}, "update_id": 1}, "poll"),
        ({"update_id": 1}, "empty"),
        ({"update_id": 1, "Ada Lovelace": {}}, "odd"),
        ({"update_id": 1, "\ud800": {}}, "odd"),
    ],
)
def test_the_kind_is_the_name_beside_the_id(raw: dict[str, Any], kind: str) -> None:
    """A name that is no name at all is not repeated."""
    assert kind_of(raw) == kind
