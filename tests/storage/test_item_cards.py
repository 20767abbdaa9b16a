"""Cards on which administrators decide on items."""

from pathlib import Path

from msgspec.structs import replace

from storage.facts import PersonForgotten
from storage.flag_facts import FlagClosed
from storage.item_cards import FlaggedItem
from storage.item_facts import ItemCompared
from storage.settlements import Sent
from storage.store import Store
from tests.storage.samples import (
    ADA,
    BEN,
    NOW,
    begin_all,
    decided,
    flagged,
    item_card,
    mentions,
    posted,
    record,
    text,
)

CLEO = BEN + 1


async def test_an_item_has_one_card_that_stands(store: Store) -> None:
    """While one is open, or the item retired by it, no other is written down; afterwards one is."""
    first = item_card(1)
    await record(store, *posted(), first)
    await record(
        store, item_card(2), item_card(3, case_id="murmur"), item_card(4, revision="other")
    )
    assert [card.id for card in await store.item_cards.of_item("lumps", "revision")] == [1]
    await record(store, decided(first))
    await record(store, item_card(5))
    await record(store, decided(first, was="retired", state="brought_back"), item_card(6))
    cards = await store.item_cards.of_item("lumps", "revision")
    assert [card.id for card in cards] == [1]
    await record(store, item_card(7))
    cards = await store.item_cards.of_item("lumps", "revision")
    assert [(card.id, card.state, card.stands) for card in cards] == [
        (1, "brought_back", False),
        (7, "open", True),
    ]


async def test_a_card_is_decided_once(store: Store) -> None:
    """Whoever decides on a state that it is no longer in changes nothing."""
    card = item_card()
    await record(store, *posted(), card, decided(card, state="kept", why="A trial says so."))
    await record(store, decided(card, BEN))
    kept = await store.item_cards.get(1)
    assert kept is not None
    assert (kept.state, kept.why, kept.decided_by) == ("kept", "A trial says so.", ADA)
    assert kept.content == "a case as JSON"
    assert list(kept.reasons) == ["flags"]
    assert await store.item_cards.get(2) is None


async def test_what_is_retired_is_known(store: Store) -> None:
    """Until it is brought back."""
    card = item_card()
    await record(store, *posted(), card)
    assert await store.item_cards.retired() == frozenset()
    await record(store, decided(card))
    assert await store.item_cards.retired() == {("lumps", "revision")}
    assert [one.id for one in await store.item_cards.retired_in("lumps")] == [1]
    await record(store, decided(card, was="retired", state="brought_back"))
    assert await store.item_cards.retired() == frozenset()


async def test_what_is_decided_is_to_be_compared_once(store: Store) -> None:
    """An open card is not."""
    card = item_card()
    await record(store, *posted(), card, item_card(2, revision="other"))
    assert await store.item_cards.to_compare() == []
    await record(store, decided(card))
    assert [one.id for one in await store.item_cards.to_compare()] == [1]
    await record(store, ItemCompared(1, NOW))
    assert await store.item_cards.to_compare() == []


async def test_two_people_flag_one_wording(store: Store) -> None:
    """Neither one alone, nor two wordings, nor a closed flag; nor while a card stands."""
    await record(store, *posted(), flagged(1, revision="revision"), flagged(2, BEN, revision="new"))
    # By somebody without a revision, as earlier versions wrote; by the first under another id.
    await record(store, flagged(3, CLEO), flagged(4, revision="revision", question_id="renamed"))
    assert await store.item_cards.flagged_by_two(9) == []
    await record(store, flagged(5, CLEO + 1, revision="revision", position=1, flagged_at=NOW + 1))
    (found,) = await store.item_cards.flagged_by_two(9)
    assert found == FlaggedItem("lumps", "nature", "revision", 1, "a case as JSON")
    card = item_card()
    await record(store, card)
    assert await store.item_cards.flagged_by_two(9) == []
    await record(store, decided(card, state="kept"))
    assert len(await store.item_cards.flagged_by_two(9)) == 1
    flags = await store.item_cards.flags("lumps", "revision")
    assert [(flag.id, flag.person_id) for flag in flags] == [(1, ADA), (4, ADA), (5, CLEO + 1)]
    await record(store, FlagClosed(5, NOW + 2))
    assert await store.item_cards.flagged_by_two(9) == []


async def test_who_is_erased_flagged_nothing(store: Store) -> None:
    """Who flags, is erased and flags again is still one person."""
    await record(store, *posted(), flagged(1, revision="revision"))
    await record(store, PersonForgotten(ADA))
    await record(store, flagged(2, revision="revision"))
    assert await store.item_cards.flagged_by_two(9) == []
    assert [one.id for one in await store.item_cards.flags("lumps", "revision")] == [2]


async def test_a_card_is_known_by_its_message(store: Store, path: Path) -> None:
    """The latest that each has; none of it, nor who decided, leads to who was erased."""
    card = item_card()
    await record(store, *posted(), card)
    calls = (text("Look.", ADA, card=1), text("Look.", BEN, card=1), text("Hi.", BEN))
    await record(store, owed=calls)
    rows = await begin_all(store)
    assert [row.params for row in rows] == [{"text": "Look."}, {"text": "Look."}, {"text": "Hi."}]
    await store.outbox.settle([Sent(row.id, 101 + place) for place, row in enumerate(rows)])
    assert await store.item_cards.messages(1) == {ADA: 101, BEN: 102}
    await record(store, owed=(replace(calls[0], card=1),))
    await store.outbox.settle([Sent((await begin_all(store))[0].id, 109)])
    assert await store.item_cards.messages(1) == {ADA: 109, BEN: 102}
    await record(store, decided(card, ADA), PersonForgotten(BEN))
    await record(store, PersonForgotten(ADA))
    assert await store.item_cards.messages(1) == {}
    for person in (ADA, BEN):
        assert "item_cards" not in mentions(path, person)
    kept = await store.item_cards.get(1)
    assert kept is not None
    assert (kept.state, kept.decided_by_name) == ("retired", None)
