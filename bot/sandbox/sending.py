"""What every sending method has in common: where to, in reply to what, with which buttons."""

from typing import Any, Final

from msgspec.structs import replace

from bot.sandbox.access import allow_content, reachable, writable
from bot.sandbox.entities.links import LinkError, parse_url
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Chat, Content, Document, Draft, Message, Photo, PollCard
from bot.sandbox.params import Params
from bot.sandbox.polls import start
from bot.sandbox.posting import publish
from bot.sandbox.topics import placed
from bot.sandbox.wire import Json
from bot.sandbox.world import World

MAX_CALLBACK_DATA: Final = 64
"""Bytes."""
MAX_BUTTONS: Final = 100


def chat_of(world: World, params: Params, name: str = "chat_id") -> Chat:
    """The chat that a call names. Raises ApiError."""
    return reachable(world.chat(params.values.get(name)))


def send(world: World, params: Params, content: Content, album_id: str | None = None) -> Message:
    """Post the bot's message with the call's common options. Raises ApiError."""
    chat = writable(world, params.values.get("chat_id"))
    allow_content(chat, content)
    reply_to = replied_message(world, params, chat)
    draft = Draft(
        content,
        reply_to=reply_to,
        markup=inline_keyboard(params),
        album_id=album_id,
        protected=params.flag("protect_content"),
    )
    message = post(world, params, chat, draft)
    if isinstance(content, PollCard):
        start(world, content.poll)
    return message


def post(world: World, params: Params, chat: Chat, draft: Draft) -> Message:
    """Publish the bot's message in the thread where it belongs. Raises ApiError."""
    bot_id = world.profile.id or 0
    draft = replace(draft, thread_id=params.integer("message_thread_id"))
    replied = world.histories[chat.id].messages.get(draft.reply_to or 0)
    return publish(world, chat, bot_id, placed(chat, bot_id, chat.bot, draft, replied))


def replied_message(world: World, params: Params, chat: Chat) -> int | None:
    """The id of the message that the call replies to. Raises ApiError when it is not there."""
    wanted = params.mapping("reply_parameters") or {
        "message_id": params.integer("reply_to_message_id"),
        "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
    }
    message_id = Params(wanted).integer("message_id")
    if not message_id:
        return None
    if message_id in world.histories[chat.id].messages:
        return message_id
    if Params(wanted).flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def inline_keyboard(params: Params) -> Json | None:
    """The inline keyboard of a call; other markups change nothing in a message. Raises ApiError."""
    markup = params.mapping("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request(
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        )
    kept = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": kept} if kept else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request(
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    if not text.strip():
        raise bad_request("button text must be non-empty")
    if isinstance(button.get("url"), str):
        return {"text": text, "url": _button_url(button["url"])}
    data = button.get("callback_data")
    if isinstance(data, str):
        if not 0 < len(data.encode()) <= MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": data}
    others = {name: value for name, value in button.items() if name not in {"text", "style"}}
    if not others:
        raise bad_request(
            "can't parse inline keyboard button: text buttons are unallowed in the inline keyboard"
        )
    return {"text": text} | others


def _button_url(url: str) -> str:
    try:
        return parse_url(url)
    except LinkError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from error


def link_preview(params: Params) -> Json | None:
    """The link preview options as they show in the message."""
    options = params.mapping("link_preview_options")
    if options is None and params.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    return options


def has_caption(content: Content) -> bool:
    """Whether a message has a place for a caption."""
    return isinstance(content, Photo | Document)
