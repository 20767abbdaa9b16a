"""What people write: texts, photos, files, voice, albums, forwards; and what they edit."""

import base64
import binascii
import mimetypes
from typing import Final

from msgspec.structs import replace

from bot.sandbox.access import allow_person, person_inside
from bot.sandbox.bodies import (
    Edit,
    FromChannel,
    FromHiddenPerson,
    FromPerson,
    Media,
    NewDocument,
    NewMessage,
    NewOrigin,
    NewVoice,
)
from bot.sandbox.entities.formatted import MAX_CAPTION, MAX_TEXT, formatted
from bot.sandbox.errors import bad_request, not_modified
from bot.sandbox.forum_topics import placed
from bot.sandbox.media import ALBUM, Attachment, Picture, StoredFile
from bot.sandbox.model import (
    AccountOrigin,
    Chat,
    ChatOrigin,
    ChatType,
    Content,
    Document,
    Draft,
    Formatted,
    HiddenOrigin,
    Message,
    Origin,
    Photo,
    Text,
    Voice,
)
from bot.sandbox.params import Upload
from bot.sandbox.posting import publish, republish, tell_bot
from bot.sandbox.world import World, new_id

EDITED_WITHIN_S: Final = 48 * 60 * 60
"""Seconds for which people can edit what they wrote; in channels there is no end."""


async def write(world: World, chat: Chat, body: NewMessage) -> list[Message]:
    """Send a message; an album is several, one right after the other. Raises ApiError."""
    world.person(body.sender)
    person_inside(chat, body.sender)
    contents = await _contents(world, body)
    for content in contents:
        allow_person(chat, body.sender, content)
    album_id = None if body.album is None else new_id()
    drafts = [_draft(world, chat, body, content, album_id) for content in contents]
    if not chat.shared and not chat.started:
        chat.started = True
        world.live.tell("person", chat.id, person_id=body.sender)
    return [publish(world, chat, body.sender, draft) for draft in drafts]


def _draft(
    world: World, chat: Chat, body: NewMessage, content: Content, album_id: str | None
) -> Draft:
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
        album_id=album_id,
        origin=_origin(world, body.forward_origin) if body.forward_origin else None,
    )
    return placed(chat, body.sender, author, draft, replied)


def _origin(world: World, origin: NewOrigin) -> Origin:
    date = world.now() if origin.date is None else origin.date
    match origin:
        case FromHiddenPerson():
            return HiddenOrigin(origin.sender_user_name, date)
        case FromPerson():
            if origin.sender_user != world.profile.id:
                world.person(origin.sender_user)
            return AccountOrigin(origin.sender_user, date)
        case FromChannel():
            if world.chat(origin.chat).type is not ChatType.CHANNEL:
                raise bad_request("forward_origin: the chat is no channel")
            return ChatOrigin(origin.chat, origin.message_id, date)


# What a message carries


async def _contents(world: World, body: NewMessage) -> list[Content]:
    kinds = [body.photo, body.document, body.voice, body.album]
    if sum(kind is not None for kind in kinds) > 1:
        raise bad_request("a message is one of photo, document, voice and album")
    if body.album is not None:
        return await _album(world, body.album)
    if body.voice is not None:
        return [_voice(world, body.voice, _caption(body.caption))]
    media = await _media(world, body)
    return [Text(_text(body.text or "")) if media is None else media]


async def _album(world: World, items: list[Media]) -> list[Content]:
    if len(items) not in ALBUM:
        raise bad_request("an album must have 2-10 items")
    contents = [await _media(world, item) for item in items]
    made = [content for content in contents if content is not None]
    if len(made) < len(contents):
        raise bad_request("an item of an album is a photo or a document")
    if len({type(content) for content in made}) > 1:
        raise bad_request("document can't be mixed with other media types")
    return made


async def _media(world: World, item: Media | Edit) -> Content | None:
    """The photo or document that there is, if any. Raises ApiError."""
    caption = _caption(item.caption or "")
    if item.photo:
        return Photo(await _picture(world, item.photo), caption)
    if item.document is not None:
        return Document(_file(world, item.document), caption)
    return None


def _text(given: str) -> Formatted:
    text = formatted(given, "", None)
    if not text.text:
        raise bad_request("message text is empty")
    if len(text.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text


def _caption(given: str) -> Formatted:
    caption = formatted(given, "", None)
    if len(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return caption


async def _picture(world: World, photo: str) -> Picture:
    if world.files.find(photo) is not None:
        return await world.files.picture(photo)
    data = _bytes(photo, "photo must be a file_id or an image in base64")
    return await world.files.picture(Upload("photo", "image/*", data))


def _file(world: World, document: NewDocument) -> StoredFile:
    data = _bytes(document.content, "document must be in base64")
    # Which kind a file is, the sender's app says, by its name if by anything.
    kind = document.mime_type or mimetypes.guess_type(document.name, strict=False)[0]
    upload = Upload(document.name, kind or "application/octet-stream", data)
    return world.files.documents(upload)


def _voice(world: World, voice: NewVoice, caption: Formatted) -> Voice:
    data = _bytes(voice.content, "voice must be in base64")
    stored = world.files.keep(Upload("voice.oga", "audio/ogg", data), "AwACAgQ", "voice")
    details = {"duration": voice.duration, "mime_type": stored.content_type}
    return Voice(world.files.attach(Attachment("voice", stored, details)), caption)


def _bytes(given: str, complaint: str) -> bytes:
    try:
        return base64.b64decode(given.partition(";base64,")[2] or given, validate=True)
    except (binascii.Error, ValueError):
        raise bad_request(complaint) from None


# Edits


async def edit(world: World, message: Message, person_id: int, body: Edit) -> Message:
    """Change one's own message; the bot hears of it. Raises ApiError."""
    chat = world.chats[message.chat_id]
    person_inside(chat, person_id)
    if message.sender_id != person_id or message.origin is not None:
        raise bad_request("message can't be edited")
    if chat.type is not ChatType.CHANNEL and world.now() - message.date > EDITED_WITHIN_S:
        raise bad_request("MESSAGE_EDIT_TIME_EXPIRED")
    content = await _changed(world, message, body)
    if content == message.content:
        raise not_modified()
    edited = republish(world, replace(message, content=content, edit_date=world.now()))
    tell_bot(world, edited, edited=True)
    return edited


async def _changed(world: World, message: Message, body: Edit) -> Content:
    match message.content:
        case Text():
            if body.text is None:
                raise bad_request("there is no caption in the message to edit")
            return Text(_text(body.text))
        case (Photo() | Document() | Voice()) as old if body.text is None:
            caption = old.caption if body.caption is None else _caption(body.caption)
            new = await _media(world, body)
            if new is not None and isinstance(old, Voice):
                raise bad_request("message can't be edited")
            if new is not None and message.album_id is not None and type(new) is not type(old):
                raise bad_request("can't change media type in the album")
            return replace(old if new is None else new, caption=caption)
        case Photo() | Document() | Voice():
            raise bad_request("there is no text in the message to edit")
        case _:
            raise bad_request("message can't be edited")
