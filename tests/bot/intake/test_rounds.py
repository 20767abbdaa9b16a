"""In which rounds to work on a batch: nobody twice in one, and no chat."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.rounds import chat_of, in_rounds
from bot.telegram.raw_updates import person_of

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


@given(st.dictionaries(st.text(), json_values))
def test_any_json_is_for_some_chat_or_none(raw: dict[str, Any]) -> None:
    """Looking for it raises nothing."""
    chat = chat_of(raw)
    assert chat is None or chat < 0


def test_an_edit_comes_after_what_it_changes() -> None:
    """Both are of one person, and the edit may change what became of the message."""
    sent = {"update_id": 1, "message": {"from": {"id": 7}, "text": "a"}}
    edit = {"update_id": 2, "edited_message": {"from": {"id": 7}, "text": "b"}}
    assert in_rounds([sent, edit]) == [[sent], [edit]]


def pressed(person: int, data: str, chat: int = -5) -> dict[str, Any]:
    """A press of a button in a group."""
    query = {"from": {"id": person}, "data": data, "message": {"chat": {"id": chat}}}
    return {"update_id": person, "callback_query": query}


def written(person: int, text: str, chat: int = 0) -> dict[str, Any]:
    """A text, in private unless a chat is named."""
    said = {"from": {"id": person}, "chat": {"id": chat or person}, "text": text}
    return {"update_id": person, "message": said}


@pytest.mark.parametrize(
    ("update", "chat"),
    [
        ({"update_id": 1, "message": {"chat": {"id": -5}}}, -5),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -5}}}, -5),
        ({"update_id": 1, "message": {"chat": {"id": 7}}}, None),
        ({"update_id": 1, "message": {"chat": {"id": -(2**70)}}}, None),
        ({"update_id": 1, "poll": {"id": "9"}}, None),
        ({"update_id": 1, "message": {"chat": {"id": -(2**63) + 1}}}, -(2**63) + 1),
        ({"update_id": 1, "message": {"chat": {"id": -(2**63)}}}, None),
        ({"update_id": 1, "message": {"chat": {"id": 0}}}, None),
        ({"update_id": 1, "message": {"chat": {"id": True}}}, None),
        ({"update_id": 1, "callback_query": {"data": 7}}, None),
        ({"update_id": 1, "callback_query": "odd"}, None),
        (pressed(7, "board:show"), -5),
        (pressed(7, "s::mem:1"), -5),
        (pressed(7, "s:-6:mem:1", chat=7), -6),
        (pressed(7, "a:1f-0:2"), None),
        (pressed(7, "submit:1f-0"), None),
        (pressed(7, "why:1f-0"), None),
    ],
)
def test_the_chat_is_the_one_that_may_change(update: dict[str, Any], chat: int | None) -> None:
    """A group's or channel's, also where it is set up from elsewhere; for an answer none."""
    assert chat_of(update) == chat


@pytest.mark.parametrize(
    "ending", [{"my_chat_member": {"chat": {"id": -5}}}, pressed(3, "s::close:1f-0")]
)
def test_nothing_done_to_a_chat_overtakes_who_answered_there_earlier(
    ending: dict[str, Any],
) -> None:
    """Whoever marked, marked and submitted before the bot was removed is heard before that."""
    taps = [pressed(7, data) for data in ("a:1f-0:1", "a:1f-0:2", "submit:1f-0")]
    rounds = in_rounds([*taps, ending])
    assert next(n for n, updates in enumerate(rounds) if ending in updates) == 3
    assert [taps[n] in updates for n, updates in enumerate(rounds[:3])] == [True] * 3
    # It goes at once where nobody answered there.
    assert ending in in_rounds([pressed(7, "a:1f-0:1", chat=-6), ending])[0]


def test_what_is_done_to_one_chat_is_done_in_turn() -> None:
    """Two people's presses there see each other's; answers and other chats need not wait."""
    first, second = pressed(1, "s::mem:1"), pressed(2, "s::board:1")
    tap, other = pressed(3, "a:1f-0:2"), pressed(4, "s::mem:1", chat=-6)
    again = pressed(1, "a:1f-0:2")
    assert in_rounds([first, second, tap, other, again]) == [[first, tap, other], [second, again]]


def test_who_joins_a_cohort_joins_in_turn() -> None:
    """The last place and an alias are given once, and a wish is decided once; others go at once."""
    press, alias = pressed(1, "cohort:n/digest/token", chat=1), written(2, "Owl")
    decision = pressed(3, "cohort:approve:7:0", chat=3)
    others = [written(4, "/start co_token"), written(5, "Owl", chat=-5), pressed(6, "next", chat=6)]
    assert in_rounds([press, alias, decision, *others]) == [[press, *others], [alias], [decision]]


def test_items_are_decided_on_in_turn() -> None:
    """Two presses on a card, and the reason that somebody writes meanwhile."""
    retire, keep = pressed(1, "card:retire:7", chat=1), pressed(2, "card:keep:7", chat=2)
    reason = written(3, "It is right.")
    assert in_rounds([retire, keep, reason]) == [[retire], [keep], [reason]]


def test_who_becomes_an_author_does_so_in_turn() -> None:
    """A link lets one person in: the presses under it, and a reviewer's name in words."""
    first, second = pressed(1, "role:y/token", chat=1), pressed(2, "role:y/token", chat=2)
    name = written(3, "Ada Byron, MD")
    assert in_rounds([first, second, name]) == [[first], [second], [name]]
