"""What people do: write, edit, delete, press buttons, block the bot."""

import asyncio
import base64
import binascii
import re
from typing import Final

from msgspec.structs import replace

from bot.sandbox.access import allow_person, person_inside
from bot.sandbox.bodies import NewMessage
from bot.sandbox.entities.formatted import MAX_CAPTION, MAX_TEXT, formatted
from bot.sandbox.errors import bad_request
from bot.sandbox.forum_topics import placed
from bot.sandbox.model import (
    NOTHING,
    Chat,
    Content,
    Document,
    Draft,
    Message,
    Person,
    Photo,
    Text,
)
from bot.sandbox.params import Upload
from bot.sandbox.posting import publish, republish, tell_bot
from bot.sandbox.wire import Json
from bot.sandbox.world import Callback, World, new_id

ANSWER_WITHIN: Final = 15.0
"""Clock seconds for which a press waits for the bot's answer."""


def member(world: World, chat: Chat, person_id: int) -> Person:
    """The person, if in the chat. Raises ApiError."""
    person = world.person(person_id)
    person_inside(chat, person_id)
    return person


async def write(world: World, chat: Chat, body: NewMessage) -> Message:
    """Send a text or a photo. Raises ApiError."""
    person = member(world, chat, body.sender)
    content = await _content(world, body)
    allow_person(chat, person.id, content)
    if not chat.shared and not chat.started:
        chat.started = True
        world.live.tell("person", chat.id, person_id=person.id)
    return publish(world, chat, person.id, _draft(world, chat, body, content))


def _draft(world: World, chat: Chat, body: NewMessage, content: Content) -> Draft:
    """The message in its place: thread, reply, and in whose name."""
    author = chat.members.get(body.sender)
    # Beside forums, a thread is the comments on a message, and writing there replies to it.
    reply_to = body.reply_to or (None if chat.is_forum else body.thread)
    replied = None
    if reply_to is not None:
        replied = world.message(chat, reply_to, "message to be replied not found")
    draft = Draft(
        content,
        reply_to=reply_to,
        thread_id=body.thread,
        sender_chat_id=chat.id if author is not None and author.anonymous else None,
    )
    return placed(chat, body.sender, author, draft, replied)


async def _content(world: World, body: NewMessage) -> Content:
    if body.photo:
        caption = formatted(body.caption, "", None) if body.caption else NOTHING
        if len(caption.text) > MAX_CAPTION:
            raise bad_request("message caption is too long")
        return Photo(await world.files.picture(_picture_source(world, body.photo)), caption)
    text = formatted(body.text or "", "", None)
    if not text.text:
        raise bad_request("message text is empty")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return Text(text)


def _picture_source(world: World, photo: str) -> Upload | str:
    if world.files.find(photo) is not None:
        return photo
    try:
        data = base64.b64decode(photo.partition(";base64,")[2] or photo, validate=True)
    except (binascii.Error, ValueError):
        raise bad_request("photo must be a file_id or an image in base64") from None
    return Upload("photo", "image/*", data)


def edit(world: World, message: Message, person_id: int, text: str) -> Message:
    """Change one's own text message. Raises ApiError."""
    if message.sender_id != person_id or not isinstance(message.content, Text):
        raise bad_request("message can't be edited")
    body = formatted(text, "", None)
    if not body.text:
        raise bad_request("message text is empty")
    if len(body.text) > MAX_TEXT:
        raise bad_request("message is too long")
    edited = republish(world, replace(message, content=Text(body), edit_date=world.now()))
    tell_bot(world, edited, edited=True)
    return edited


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
    callback = Callback(
        new_id(), person.id, chat.id, world.clock.now(), asyncio.get_running_loop().create_future()
    )
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
        async with asyncio.timeout(world.clock.real(ANSWER_WITHIN)):
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
    match message.content:
        case Text(body) | Photo(caption=body) | Document(caption=body):
            named = rf"(?i)@{person.username}\b" if person.username else r"(?!)"
            by_id = any(entity.user_id == person.id for entity in body.entities)
            return by_id or re.search(named, body.text) is not None
        case _:
            return False


def _forget_old(world: World) -> None:
    horizon = world.clock.now() - 2 * ANSWER_WITHIN * 1000
    for callback in [old for old in world.callbacks.values() if old.at_ms < horizon]:
        del world.callbacks[callback.id]
