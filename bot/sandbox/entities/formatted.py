"""A text argument of a call, with its parse mode or entities, as Telegram keeps it."""

from typing import Any, Final

from bot.sandbox.entities.detect import detect
from bot.sandbox.entities.given import read_entity
from bot.sandbox.entities.html import parse_html
from bot.sandbox.entities.markdown import parse_markdown
from bot.sandbox.entities.markdown_v2 import parse_markdown_v2
from bot.sandbox.entities.marks import MarkupError
from bot.sandbox.entities.tidy import tidy
from bot.sandbox.entities.utf16 import utf16_length
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Entity, Formatted
from bot.sandbox.params import Params

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
        given = [read_entity(item, utf16_length(text)) for item in entities or ()]
        marked = [entity for entity in given if entity is not None]
    plain, kept = tidy(text, marked)
    plain, kept = tidy(plain, kept + detect(plain, kept))
    return Formatted(plain, tuple(kept))


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
