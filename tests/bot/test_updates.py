"""Raw updates: whose they are, what they are, and in which rounds to work on them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.updates import in_rounds, kind_of, mended, person_of

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def update(number: int, person: int | None) -> dict[str, Any]:
    return {"update_id": number, "message": {} if person is None else {"from": {"id": person}}}


@given(st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=40))
def test_a_round_holds_one_update_per_person_in_order(people: list[int | None]) -> None:
    """Nothing is lost, nobody is twice in a round, and what one did first comes first."""
    batch = [update(number, person) for number, person in enumerate(people)]
    rounds = in_rounds(batch)
    assert sorted(u["update_id"] for r in rounds for u in r) == list(range(len(batch)))
    for updates in rounds:
        present = [person for u in updates if (person := person_of(u)) is not None]
        assert len(present) == len(set(present))
    for person in (1, 2, 3, 4):
        own = [u["update_id"] for r in rounds for u in r if person_of(u) == person]
        assert own == sorted(own)
    assert len(rounds) == max(
        (people.count(p) for p in people if p is not None), default=bool(batch)
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
    mended(raw)


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


def test_an_older_servers_vote_is_mended() -> None:
    """A vote without persistent ids is a vote; the original stays as it was."""
    raw = {"update_id": 1, "poll_answer": {"poll_id": "9", "option_ids": [0]}}
    assert mended(raw)["poll_answer"]["option_persistent_ids"] == []
    assert "option_persistent_ids" not in raw["poll_answer"]
