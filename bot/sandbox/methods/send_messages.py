"""sendMessage, sendPhoto, sendDocument, sendMediaGroup, and the deletes."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.sandbox.access import allow_delete, writable
from bot.sandbox.entities.formatted import caption_argument, text_argument
from bot.sandbox.errors import bad_request
from bot.sandbox.media import ALBUM
from bot.sandbox.model import Content, Document, Photo, Text
from bot.sandbox.params import Params
from bot.sandbox.sending import chat_of, link_preview, send
from bot.sandbox.wire import Json
from bot.sandbox.world import World, new_id

DELETED_AT_ONCE: Final = 100


async def send_message(world: World, params: Params) -> Json:
    """A text message."""
    writable(world, params.values.get("chat_id"))
    content = Text(text_argument(params), link_preview(params))
    return world.json.message(send(world, params, content))


async def send_photo(world: World, params: Params) -> Json:
    """A photo from an upload or a file_id."""
    writable(world, params.values.get("chat_id"))
    return world.json.message(send(world, params, await photo(world, params, params, "photo")))


async def send_document(world: World, params: Params) -> Json:
    """A file from an upload or a file_id."""
    writable(world, params.values.get("chat_id"))
    return world.json.message(
        send(world, params, await document(world, params, params, "document"))
    )


async def photo(world: World, call: Params, item: Params, name: str) -> Photo:
    """A photo as described by ``item``, whose uploads came with ``call``. Raises ApiError."""
    caption = caption_argument(item)
    return Photo(
        await world.files.picture(Params(item.values, call.uploads).file(name)),
        caption,
        above=item.flag("show_caption_above_media"),
        spoiler=item.flag("has_spoiler"),
    )


async def document(world: World, call: Params, item: Params, name: str) -> Document:
    """A document as described by ``item``, whose uploads came with ``call``. Raises ApiError."""
    caption = caption_argument(item)
    return Document(world.files.documents(Params(item.values, call.uploads).file(name)), caption)


_KINDS: Final[dict[str, Callable[[World, Params, Params, str], Awaitable[Content]]]] = {
    "photo": photo,
    "document": document,
}


async def media_content(world: World, call: Params, item: Any) -> Content:
    """What an InputMedia describes: a photo or a document. Raises ApiError."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = _KINDS.get(str(item.get("type")))
    if kind is None:
        raise bad_request("type of the media is not supported by this sandbox")
    return await kind(world, call, Params(item), "media")


async def send_media_group(world: World, params: Params) -> list[Json]:
    """An album of photos or of documents."""
    writable(world, params.values.get("chat_id"))
    items = params.sequence("media") or []
    if len(items) not in ALBUM:
        raise bad_request("group send failed: an album must have 2-10 items")
    contents = [await media_content(world, params, item) for item in items]
    if len({type(content) for content in contents}) > 1:
        raise bad_request("document can't be mixed with other media types")
    album_id = new_id()
    return [world.json.message(send(world, params, content, album_id)) for content in contents]


async def delete_message(world: World, params: Params) -> bool:
    """Take one message away."""
    chat = chat_of(world, params)
    message_id = params.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.message(chat, message_id, "message to delete not found")
    allow_delete(world, chat, message)
    world.delete(message)
    return True


async def delete_messages(world: World, params: Params) -> bool:
    """Take several away; those that are not there are skipped."""
    chat = chat_of(world, params)
    ids = params.integers("message_ids") or []
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    messages = world.histories[chat.id].messages
    doomed = [messages[message_id] for message_id in ids if message_id in messages]
    for message in doomed:
        allow_delete(world, chat, message)
    for message in doomed:
        world.delete(message)
    return True


METHODS: Final = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
