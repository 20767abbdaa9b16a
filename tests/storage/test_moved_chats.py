"""A group that became a supergroup: all that is on record of it goes on under the new id."""

from pathlib import Path

from msgspec.structs import replace

from storage.case_facts import CasePosted
from storage.chat_facts import ChatJoined, ChatMoved, ChatSet, NameShown, QueueSet
from storage.outcome import Quote
from storage.question_facts import QuestionPut
from storage.settlements import Sent, SentPoll
from storage.store import Store
from tests.storage.samples import (
    ADA,
    GROUP,
    NOW,
    answered,
    begin_all,
    mentions,
    on_disk,
    poll,
    posted,
    record,
    text,
)

MOVED = -88
REPLY = {"reply_parameters": {"message_id": 70}}


async def set_up(store: Store, chat_id: int, queue: tuple[str, ...], due: int) -> None:
    """The bot is in a chat, whose administrators have chosen things."""
    await record(
        store,
        ChatJoined(chat_id, "group", "Ward", "{}", ADA, NOW),
        ChatSet(chat_id, f'{{"due": {due}}}', due, due + 1),
        QueueSet(chat_id, queue),
    )


async def test_all_of_a_group_goes_on_under_its_new_id(store: Store, path: Path) -> None:
    """Its case, question, polls, settings and who is named there; only where it stood is known."""
    await set_up(store, GROUP, ("lumps",), NOW + 5)
    snapshot, _ = posted()
    await record(
        store,
        snapshot,
        CasePosted(1, GROUP, None, "lumps", "digest", NOW),
        QuestionPut(1, 0, GROUP, "poll", (1, 0), NOW, NOW + 30),
        answered(),
        NameShown(GROUP, ADA, "Ada"),
        owed=(poll(chat_id=GROUP), text("Ada", GROUP, quotes=(Quote(ADA, "Ada"),))),
    )
    asked, named = await begin_all(store)
    sent = (Sent(asked.id, 70, SentPoll("poll", NOW), sent_at=NOW), Sent(named.id, 71))
    await store.outbox.settle(sent)
    await record(store, ChatMoved(GROUP, MOVED))
    assert mentions(path, -GROUP) == {"questions": 1}
    chat = await store.chats.get(MOVED)
    assert chat is not None
    assert (chat.kind, chat.title, chat.settings) == ("supergroup", "Ward", f'{{"due": {NOW + 5}}}')
    assert (chat.added_by, chat.next_due, chat.queue) == (ADA, NOW + 5, ("lumps",))
    question = await store.questions.question(1, 0)
    assert question is not None
    assert (question.chat_id, question.moved_from, question.message_id) == (MOVED, GROUP, None)
    assert on_disk(path, "SELECT chat_id, person_id FROM shown_names") == [(MOVED, ADA)]
    assert on_disk(path, "SELECT chat_id, id FROM posts") == [(MOVED, 1)]
    assert on_disk(path, "SELECT chat_id, poll_id FROM poll_attempts") == [(MOVED, "poll")]


async def test_what_is_owed_to_it_is_sent_there(store: Store) -> None:
    """But for what belongs to a message of the old group: those are numbered anew."""
    owed = [
        text("A reply", GROUP),
        text("An edit", GROUP),
        text("The end of a poll", GROUP),
        text("Another group's", GROUP - 1),
    ]
    for call, method in zip(owed, ("sendMessage", "editMessageText", "stopPoll"), strict=False):
        more = REPLY if method == "sendMessage" else {"message_id": 70}
        await record(store, owed=(replace(call, method=method, params={**call.params, **more}),))
    await record(store, owed=(owed[3],))
    await record(store, ChatMoved(GROUP, MOVED))
    left = [(row.chat_id, row.method, row.params) for row in await begin_all(store)]
    assert left == [
        (MOVED, "sendMessage", {"text": "A reply"}),
        (GROUP - 1, "sendMessage", {"text": "Another group's"}),
    ]


async def test_what_was_chosen_in_the_old_group_counts(store: Store) -> None:
    """Also where the new id was met first, and had settings of its own by then."""
    await set_up(store, GROUP, ("lumps",), NOW + 5)
    await set_up(store, MOVED, (), NOW + 9)
    await record(store, ChatMoved(GROUP, MOVED))
    chat = await store.chats.get(MOVED)
    assert chat is not None
    assert (chat.settings, chat.next_due, chat.queue) == (
        f'{{"due": {NOW + 5}}}',
        NOW + 5,
        ("lumps",),
    )
    assert await store.chats.get(GROUP) is None
    await record(store, ChatMoved(GROUP, MOVED))
    assert await store.chats.get(MOVED) == chat
