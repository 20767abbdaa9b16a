"""A text argument of a call, with its parse mode or entities, as Telegram keeps it."""

from typing import Any, Final

from bot.sandbox.entities.detect import detect
from bot.sandbox.entities.html import MarkupError, parse_html
from bot.sandbox.entities.links import checked_url
from bot.sandbox.entities.markdown import parse_markdown, parse_markdown_v2
from bot.sandbox.entities.tidy import tidy
from bot.sandbox.entities.utf16 import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Entity, Formatted
from bot.sandbox.params import Params
from bot.sandbox.wire import Json

MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024
_PARSERS: Final = {
    "html": parse_html,
    "markdown": parse_markdown,
    "markdownv2": parse_markdown_v2,
}


def formatted(text: str, parse_mode: str, entities: list[Any] | None) -> Formatted:
    """Parse, tidy and find what Telegram finds by itself. Raises ApiError in Telegram's words."""
    marked: list[Entity]
    if parse_mode and parse_mode.lower() != "none":
        parser = _PARSERS.get(parse_mode.lower())
        if parser is None:
            raise bad_request("unsupported parse_mode")
        try:
            text, marked = parser(text)
        except MarkupError as error:
            raise bad_request(f"can't parse entities: {error}") from error
    else:
        marked = [read_entity(item, utf16_length(text)) for item in entities or ()]
    plain, kept = tidy(text, marked)
    plain, kept = tidy(plain, kept + detect(plain, kept))
    return Formatted(plain, tuple(kept))


def read_entity(item: Any, limit: int) -> Entity:
    """A MessageEntity that the caller gave. Raises ApiError."""
    if not isinstance(item, dict) or not isinstance(item.get("type"), str):
        raise bad_request("can't parse entities: expected an object of type MessageEntity")
    offset, length = item.get("offset"), item.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request("can't parse entities: offset and length must be integers")
    if offset < 0 or length < 0 or offset + length > limit:
        raise bad_request(
            f"entity beginning at UTF-16 offset {offset} ends after the end of the text"
            f" at UTF-16 offset {offset + length}"
        )
    user: Json = item.get("user") or {}
    url = checked_url(item["url"]) if isinstance(item.get("url"), str) else None
    return Entity(
        item["type"],
        offset,
        length,
        url=url,
        language=item.get("language"),
        custom_emoji_id=item.get("custom_emoji_id"),
        user_id=user.get("id"),
    )


def text_argument(params: Params) -> Formatted:
    """The ``text`` of a message: 1-4096 characters after entities. Raises ApiError."""
    text = params.text("text")
    if not text:
        raise bad_request("message text is empty")
    result = formatted(text, params.text("parse_mode"), params.sequence("entities"))
    if not result.text:
        raise bad_request("text must be non-empty")
    if len(result.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return result


def caption_argument(params: Params, name: str = "caption") -> Formatted:
    """The caption, or the description of a poll: 0-1024 characters after entities."""
    prefix = "" if name == "caption" else f"{name}_"
    result = formatted(
        params.text(name), params.text(f"{prefix}parse_mode"), params.sequence(f"{name}_entities")
    )
    if len(result.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return result
