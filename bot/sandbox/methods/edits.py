"""Editing text, captions, media and buttons."""

from typing import Final

from msgspec.structs import replace

from bot.sandbox.entities.formatted import caption_argument, text_argument
from bot.sandbox.errors import bad_request, not_modified
from bot.sandbox.keyboards import read_inline
from bot.sandbox.methods.send_messages import media_content
from bot.sandbox.model import ChatType, Content, Document, Message, Photo, Text
from bot.sandbox.params import Params
from bot.sandbox.posting import republish
from bot.sandbox.sending import chat_of, link_preview
from bot.sandbox.wire import Json
from bot.sandbox.world import World


def _editable(world: World, params: Params) -> Message:
    chat = chat_of(world, params)
    message_id = params.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.message(chat, message_id, "message to edit not found")
    own = message.sender_id == world.profile.id
    editor = chat.type is ChatType.CHANNEL and chat.bot.can("can_edit_messages")
    if not (own or editor) or message.origin is not None or message.keys is not None:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, params: Params, message: Message, content: Content) -> Json:
    markup = read_inline(params, world.chats[message.chat_id].type)
    if content == message.content and markup == message.markup:
        raise not_modified()
    changed = replace(message, content=content, markup=markup)
    if content != message.content:
        changed = replace(changed, edit_date=world.now())
    return world.json.message(republish(world, changed))


async def edit_text(world: World, params: Params) -> Json:
    """The text of a text message; its keyboard goes unless given again."""
    message = _editable(world, params)
    if not isinstance(message.content, Text):
        raise bad_request("there is no text in the message to edit")
    return _edited(world, params, message, Text(text_argument(params), link_preview(params)))


async def edit_caption(world: World, params: Params) -> Json:
    """The caption of a photo or document."""
    message = _editable(world, params)
    if not isinstance(message.content, Photo | Document):
        raise bad_request("there is no caption in the message to edit")
    content = replace(message.content, caption=caption_argument(params))
    if isinstance(content, Photo):
        content = replace(content, above=params.flag("show_caption_above_media"))
    return _edited(world, params, message, content)


async def edit_media(world: World, params: Params) -> Json:
    """The photo or document of a message, or the text in its place."""
    message = _editable(world, params)
    if not isinstance(message.content, Photo | Document | Text):
        raise bad_request("message can't be edited")
    content = await media_content(world, params, params.mapping("media"))
    if message.album_id is not None and type(content) is not type(message.content):
        raise bad_request("can't change media type in the album")
    return _edited(world, params, message, content)


async def edit_markup(world: World, params: Params) -> Json:
    """The keyboard under a message."""
    message = _editable(world, params)
    return _edited(world, params, message, message.content)


METHODS: Final = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageMedia": edit_media,
    "editMessageReplyMarkup": edit_markup,
}
