"""Messages in groups that name people, for as long as a name may have to be taken out of them."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.chat_facts import ChatJoined, ChatLeft, ChatMoved, NameHidden, NameTakenOut
from storage.facts import PersonForgotten, PersonMet
from storage.namings import KEPT, NamingMessage
from storage.outcome import OwedCall, Quote
from storage.retention import Retention
from storage.settlements import Sent
from storage.store import Store
from storage.time_units import DAY_MS
from tests.storage.samples import ADA, BEN, GROUP, NOW, begin_all, on_disk, record, text

ADA_SAID, BEN_SAID = '1. Ada "the\\one" 🦉 · 2', "2. Ben · 1"
BOTH = (Quote(ADA, ADA_SAID), Quote(BEN, BEN_SAID))
BOARD = text(f"Best:\n{ADA_SAID}\n{BEN_SAID}", GROUP, quotes=BOTH)


async def sent(store: Store, call: OwedCall = BOARD, message_id: int | None = 5) -> None:
    """Owe a call and make it."""
    await record(store, owed=(call,))
    (row,) = await begin_all(store)
    await store.outbox.settle([Sent(row.id, message_id)])


def edit(call: OwedCall, message_id: int = 5) -> OwedCall:
    """The same in the place of a message."""
    params = {**call.params, "message_id": message_id}
    return replace(call, method="editMessageText", params=params)


def gone(hidden: bool) -> NameHidden | PersonForgotten:
    """What takes Ada's name out of a group."""
    return NameHidden(GROUP, ADA) if hidden else PersonForgotten(ADA)


@pytest.mark.parametrize("hidden", [False, True], ids=["forgotten", "hidden"])
async def test_what_was_posted_is_edited_without_the_name(store: Store, hidden: bool) -> None:
    """What it says of others stays, and is known for the day when they want to be gone."""
    where = {"reply_parameters": {"message_id": 1}, "message_thread_id": 9, "parse_mode": "HTML"}
    await sent(store, replace(BOARD, params={**BOARD.params, **where}))
    assert await store.namings.due() == []
    await record(store, gone(hidden))
    params = {"text": f"Best:\n…\n{BEN_SAID}", "parse_mode": "HTML"}
    due = NamingMessage(GROUP, 5, params, (Quote(BEN, BEN_SAID),))
    assert await store.namings.due() == [due]
    again = replace(BOARD, params=due.params, quotes=due.quotes)
    await record(store, NameTakenOut(GROUP, 5), owed=(edit(again),))
    assert await store.namings.due() == []
    (row,) = await begin_all(store)
    await store.outbox.settle([Sent(row.id)])  # Telegram's "message is not modified" tells no id
    await record(store, PersonForgotten(BEN))
    (due,) = await store.namings.due()
    assert (due.params["text"], due.quotes) == ("Best:\n…\n…", ())


async def test_a_name_in_a_caption_is_taken_out_of_it(store: Store) -> None:
    """A post with its picture carries its results below it."""
    params = {"message_id": 5, "caption": f"First: {ADA_SAID}", "reply_markup": {}}
    await sent(store, OwedCall(GROUP, "editMessageCaption", params, quotes=BOTH[:1]))
    await record(store, PersonForgotten(ADA))
    (due,) = await store.namings.due()
    assert due.params == {"caption": "First: …", "reply_markup": {}}


@pytest.mark.parametrize("hidden", [False, True], ids=["forgotten", "hidden"])
async def test_a_message_under_way_is_edited_too(store: Store, hidden: bool) -> None:
    """Erased while Telegram was being told: the message may stand there with the name."""
    await record(store, owed=(BOARD,))
    (row,) = await begin_all(store)
    await record(store, gone(hidden))
    await store.outbox.settle([Sent(row.id, 5)])
    (due,) = await store.namings.due()
    assert due.params == {"text": f"Best:\n…\n{BEN_SAID}"}
    assert due.quotes == (Quote(BEN, BEN_SAID),)


async def test_hiding_a_name_is_for_one_chat_and_not_for_what_is_shown_anew(store: Store) -> None:
    """The leaderboard under which it was pressed names nobody until its own edit was made."""
    for message_id in (5, 6):
        await sent(store, message_id=message_id)
    await sent(store, replace(BOARD, chat_id=GROUP - 1), 5)
    await record(store, NameHidden(GROUP, ADA, 6))
    assert [(one.chat_id, one.message_id) for one in await store.namings.due()] == [(GROUP, 5)]


async def test_an_edit_takes_the_place_of_what_was_there(store: Store) -> None:
    """Who is named no longer has nothing taken out; buttons alone change no names."""
    await sent(store)
    buttons = OwedCall(GROUP, "editMessageReplyMarkup", {"message_id": 5, "reply_markup": {}})
    await sent(store, buttons)
    await record(store, NameHidden(GROUP, ADA))
    assert len(await store.namings.due()) == 1
    await sent(store, edit(text("Nobody yet", GROUP)))
    await record(store, PersonForgotten(BEN))
    assert await store.namings.due() == []


async def test_only_messages_that_name_people_in_groups_are_kept(store: Store, path: Path) -> None:
    """Not those of nobody, not what somebody reads in private."""
    await sent(store, text("Nobody yet", GROUP))
    await sent(store, replace(BOARD, chat_id=BEN))
    assert on_disk(path, "SELECT count(*) FROM naming_messages") == [(0,)]


async def test_the_latest_of_each_chat_are_kept(store: Store, path: Path) -> None:
    """The oldest go with whom they name, unless their edit is due."""
    other = replace(BOARD, chat_id=GROUP - 1)
    await sent(store, other, 1)
    for message_id in range(1, KEPT + 3):
        await sent(store, message_id=message_id)
        if message_id == 1:
            await record(store, NameHidden(GROUP, ADA))
    kept = on_disk(path, "SELECT chat_id, message_id FROM naming_messages")
    ours = [message_id for chat_id, message_id in kept if chat_id == GROUP]
    assert ours == [1, *range(3, KEPT + 3)]
    assert len(kept) == len(ours) + 1


async def test_where_the_bot_is_no_more_nothing_is_edited(store: Store, path: Path) -> None:
    """Nor where a group has moved, whose messages are numbered anew; in the end they go."""
    await record(store, ChatJoined(GROUP, "group", "Ward", "{}", None, NOW))
    await sent(store)
    await record(store, ChatLeft(GROUP, NOW))
    await record(store, PersonForgotten(ADA))
    assert await store.namings.due() == []
    assert await store.chats.next_due(0) is None
    await record(store, ChatJoined(GROUP, "group", "Ward", "{}", None, NOW))
    assert len(await store.namings.due()) == 1
    assert await store.chats.next_due(0) == 0
    await record(store, ChatMoved(GROUP, GROUP - 5))
    assert on_disk(path, "SELECT count(*) FROM naming_messages") == [(0,)]
    await sent(store, replace(BOARD, chat_id=GROUP - 5, quotes=BOTH[1:]))
    await record(store, ChatLeft(GROUP - 5, NOW))
    await store.tidy(NOW + 2 * DAY_MS, Retention(chats=DAY_MS))
    assert on_disk(path, "SELECT count(*) FROM named_people") == [(0,)]


async def test_whom_retention_erases_is_named_no_longer(store: Store) -> None:
    """As by /forget: messages in groups are edited."""
    await sent(store)
    await record(store, PersonMet(ADA, "en", NOW))
    await store.tidy(NOW + 2 * DAY_MS, Retention(people=DAY_MS))
    (due,) = await store.namings.due()
    assert due.params == {"text": f"Best:\n…\n{BEN_SAID}"}
