"""What people do beside writing: press buttons, block the bot."""

import asyncio
import re
import time

from bot.sandbox.access import person_inside
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Chat, Message, Person, words_of
from bot.sandbox.wire import Json
from bot.sandbox.world import ANSWER_WITHIN_S, Callback, World, new_id


def member(world: World, chat: Chat, person_id: int) -> Person:
    """The person, if in the chat. Raises ApiError."""
    person = world.person(person_id)
    person_inside(chat, person_id)
    return person


def set_blocked(world: World, person: Person, *, blocked: bool) -> None:
    """Block the bot or let it write again; the bot hears of a change."""
    chat = world.chats[person.id]
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    bot = world.json.bot()
    free: Json = {"status": "member", "user": bot}
    banned: Json = {"status": "kicked", "user": bot, "until_date": 0}
    change = {
        "chat": world.json.chat(chat),
        "from": world.json.user(person.id),
        "date": world.now(),
        "old_chat_member": free if blocked else banned,
        "new_chat_member": banned if blocked else free,
    }
    world.updates.push("my_chat_member", change)
    world.live.tell("person", chat.id, person_id=person.id)


async def press(
    world: World, chat: Chat, message: Message, person: Person, data: str
) -> Json | None:
    """Press a button that the message has, or had: an old keyboard may still be on a screen.

    Returns the bot's answer, or None when none came in 15 s. Raises ApiError.
    """
    if data not in world.histories[chat.id].buttons.get(message.id, ()):
        raise bad_request("the message has no button with this data")
    _forget_old(world)
    answered = asyncio.get_running_loop().create_future()
    callback = Callback(new_id(), person.id, chat.id, time.monotonic(), answered)
    world.callbacks[callback.id] = callback
    query = {
        "id": callback.id,
        "from": world.json.user(person.id),
        "message": world.json.message(message),
        "chat_instance": str(chat.id * 1_000_003),
        "data": data,
    }
    world.updates.push("callback_query", query)
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            answer = await callback.answer
    except TimeoutError:
        return None
    world.live.tell("callback", chat.id, message.id, person_id=person.id)
    return answer


def keys(world: World, message: Message, person_id: int) -> Json | None:
    """The reply markup of a message that changes what this person can press below the chat.

    A selective one is for those whom the message mentions or answers.
    """
    if message.keys is None or not message.keys.get("selective"):
        return message.keys
    answered = world.histories[message.chat_id].messages.get(message.reply_to or 0)
    meant = answered is not None and answered.sender_id == person_id
    return message.keys if meant or _mentions(message, world.person(person_id)) else None


def _mentions(message: Message, person: Person) -> bool:
    body = words_of(message.content)
    named = rf"(?i)@{person.username}\b" if person.username else r"(?!)"
    by_id = any(entity.user_id == person.id for entity in body.entities)
    return by_id or re.search(named, body.text) is not None


def _forget_old(world: World) -> None:
    horizon = time.monotonic() - 2 * ANSWER_WITHIN_S
    for callback in [old for old in world.callbacks.values() if old.at_s < horizon]:
        del world.callbacks[callback.id]
