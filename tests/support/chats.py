"""Groups and channels as tests want them: settings made beforehand, and what is seen there."""

from typing import Any

from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.due_times import digest_after
from bot.settings import Settings
from storage.chat_facts import ChatJoined, ChatSet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.support.sandbox import Chat, Message, Person
from tests.support.seeing import says


async def set_up_chats(
    settings: Settings, chats: Chat | list[Chat], choices: ChatSettings, *, due: int | None = None
) -> None:
    """Give chats their settings in a database where no bot is at work yet.

    Their creator counts as who brought the bot; ``due`` is when their schedule wants a case.
    """
    now, document = settings.clock.now(), choices.to_json()
    digests = digest_after(choices, now)
    store = await Store.open(settings.database, now)
    try:
        entries = [
            Entry(Outcome((_joined(chat, document, now), ChatSet(chat.id, document, due, digests))))
            for chat in (chats if isinstance(chats, list) else [chats])
        ]
        await store.ledger.commit(entries, now)
    finally:
        await store.close()


def _joined(chat: Chat, document: str, now: int) -> ChatJoined:
    made = chat.made
    owner = next(iter(made["admins"]), None)
    return ChatJoined(chat.id, made["type"], made["title"], document, owner, now)


async def settings_of(settings: Settings, chat_id: int) -> ChatSettings | None:
    """What a chat's settings are on record; None where it is not known, or lost."""
    store = await Store.open(settings.database, settings.clock.now())
    try:
        chat = await store.chats.get(chat_id)
    finally:
        await store.close()
    if chat is None or chat.gone_at is not None:
        return None
    return ChatSettings.from_json(chat.settings)


def data_of(message: Message, label: str) -> str:
    """What a button sends back, found by the beginning of its label."""
    rows = message["reply_markup"]["inline_keyboard"]
    found = (one for row in rows for one in row if one["text"].startswith(label))
    return str(next(found)["callback_data"])


def tap_data(post: Message, choice: str) -> str:
    """What the button of a choice sends back, whether the choice stands on it or in the text."""
    for line in whole(post).splitlines():
        number, dot, text = line.partition(". ")
        if dot and text == choice:
            return data_of(post, number)
    return data_of(post, choice)


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons, in order."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


def whole(message: Message) -> str:
    """All that a message shows, wherever it stands."""
    poll = message.get("poll", {})
    return "\n".join(
        str(part)
        for part in (
            message.get("text"),
            message.get("caption"),
            poll.get("description"),
            poll.get("question"),
        )
        if part
    )


async def opened(person: Person, answer: dict[str, Any] | None, *wanted: str) -> Message:
    """Follow a deep link into the private chat; the first message it brings with such words."""
    assert answer is not None
    payload = answer["url"].partition("?start=")[2]
    sent = await person.send(f"/start {payload}")
    return await person.wait_for(says(*wanted), after=sent["message_id"])
