"""Cards on which administrators decide on items."""

from collections.abc import Sequence
from pathlib import Path

from storage.facts import PersonForgotten
from storage.flag_facts import FlagClosed
from storage.item_cards import FlaggedItem, card_key
from storage.item_facts import ItemCompared
from storage.outbox import OwedRow
from storage.outcome import OwedCall
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


def owed_card(person_id: int = ADA, words: str = "Look.", *, anew: bool = False) -> OwedCall:
    """The card of an item, in place of an earlier one unless it is shown ``anew``."""
    return text(words, person_id, card=1, edit_key=None if anew else card_key(1, person_id))


async def sent(store: Store, *message_ids: int) -> None:
    """All that is owed was sent, in these messages."""
    await settled(store, await begin_all(store), *message_ids)


async def settled(store: Store, rows: Sequence[OwedRow], *message_ids: int) -> None:
    """These calls were made, in these messages."""
    both = zip(rows, message_ids, strict=True)
    await store.outbox.settle([Sent(row.id, one, card=row.card) for row, one in both])


async def placed(store: Store, *calls: OwedCall) -> list[int | None]:
    """In which messages these stand once they are owed; None: in one of their own."""
    await record(store, owed=calls)
    rows = await begin_all(store)
    assert {row.method for row in rows} <= {"sendMessage", "editMessageText"}
    assert all((row.method == "editMessageText") == ("message_id" in row.params) for row in rows)
    return [row.params.get("message_id") for row in rows]


async def test_a_card_stands_in_one_message(store: Store, path: Path) -> None:
    """The latest that each has; none of it, nor who decided, leads to who was erased."""
    card = item_card()
    await record(store, *posted(), card)
    assert await placed(store, owed_card(), owed_card(BEN), text("Hi.", BEN)) == [None] * 3
    await sent(store, 101, 102, 103)
    assert await placed(store, owed_card(), owed_card(BEN)) == [101, 102]
    await sent(store, 101, 102)
    assert await placed(store, owed_card(anew=True)) == [None]
    await sent(store, 109)
    assert await placed(store, owed_card(), owed_card(BEN)) == [109, 102]
    await record(store, decided(card, ADA), PersonForgotten(BEN))
    await record(store, PersonForgotten(ADA))
    assert await placed(store, owed_card(), owed_card(BEN)) == [None, None]
    await record(store, PersonForgotten(ADA), PersonForgotten(BEN))
    for person in (ADA, BEN):
        assert not {"item_cards", "item_card_messages"} & {*mentions(path, person)}
    kept = await store.item_cards.get(1)
    assert kept is not None
    assert (kept.state, kept.decided_by_name) == ("retired", None)


async def test_a_card_that_was_on_its_way_when_it_was_decided_on_says_so(
    store: Store, path: Path
) -> None:
    """In its own message, though the call that sent it is owed no more. An erased one has none."""
    card = item_card()
    await record(store, *posted(), card, owed=(owed_card(), owed_card(BEN)))
    under_way = await begin_all(store)
    await record(store, decided(card), owed=(owed_card(words="Retired."), owed_card(BEN)))
    await record(store, PersonForgotten(BEN))
    await settled(store, under_way, 101, 102)
    (row,) = await begin_all(store)
    assert (row.method, row.params) == (
        "editMessageText",
        {"text": "Retired.", "message_id": 101},
    )
    assert "item_card_messages" not in mentions(path, BEN)
