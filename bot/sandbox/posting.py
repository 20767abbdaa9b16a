"""Messages on their way: into the chat, to the bot where it hears them, into a discussion group."""

import re
from typing import Final

from msgspec.structs import replace

from bot.sandbox.model import (
    Chat,
    ChatType,
    Draft,
    Message,
    Pinned,
    Service,
    words_of,
)
from bot.sandbox.world import World
from bot.sandbox.writer import TELEGRAM

_COMMAND: Final = re.compile(r"/\w+(?:@(?P<bot>\w+))?")


def publish(world: World, chat: Chat, sender_id: int, draft: Draft) -> Message:
    """Post a message and tell everybody whom it concerns."""
    message = world.post(chat, sender_id, draft)
    tell_bot(world, message)
    linked = world.chats.get(chat.linked_id or 0)
    is_post = chat.type is ChatType.CHANNEL and not isinstance(draft.content, Service)
    if is_post and linked is not None:
        _bring(world, message, linked)
    return message


def republish(world: World, message: Message) -> Message:
    """Put an edited message in the place of the old one, and so its copy in the discussion."""
    world.put(message)
    chat = world.chats[message.chat_id]
    group = world.histories.get(chat.linked_id or 0)
    copy = group.messages.get(chat.brought.get(message.id, 0)) if group is not None else None
    if copy is not None and copy.content != message.content:
        world.put(replace(copy, content=message.content, edit_date=message.edit_date))
    return message


def tell_bot(world: World, message: Message, *, edited: bool = False) -> None:
    """Queue the update of a message, if the bot gets to see it."""
    if not _heard(world, message):
        return
    channel = world.chats[message.chat_id].type is ChatType.CHANNEL
    kind = "channel_post" if channel else "message"
    world.updates.push(f"edited_{kind}" if edited else kind, world.json.message(message))


def _bring(world: World, post: Message, group: Chat) -> None:
    """Show a channel's post in the discussion group, as Telegram does by itself."""
    draft = Draft(
        post.content,
        origin=post.source,
        album_id=post.album_id,
        protected=post.protected,
        sender_chat_id=post.chat_id,
        automatic=True,
    )
    copy = world.post(group, TELEGRAM, draft)
    world.chats[post.chat_id].brought[post.id] = copy.id
    tell_bot(world, copy)


def _heard(world: World, message: Message) -> bool:
    """Whether the bot gets to see a message, by its standing and by the groups' privacy mode."""
    chat = world.chats[message.chat_id]
    # Of what it did itself, a bot is told of its pins.
    if message.sender_id == world.profile.id and not isinstance(message.content, Pinned):
        return False
    if not chat.shared or chat.bot.administers:
        return True
    if not chat.bot.inside or chat.type is ChatType.CHANNEL:
        return False
    return (
        isinstance(message.content, Service) or message.automatic or _meant_for_bot(world, message)
    )


def _meant_for_bot(world: World, message: Message) -> bool:
    """Whether it replies to the bot, mentions it, or starts with a command not for another."""
    replied = world.histories[message.chat_id].messages.get(message.reply_to or 0)
    if replied is not None and replied.sender_id == world.profile.id:
        return True
    text = words_of(message.content).text
    own = world.profile.username.lower()
    if re.search(rf"@{own}\b", text.lower()):
        return True
    command = _COMMAND.match(text)
    return command is not None and command["bot"] is None
