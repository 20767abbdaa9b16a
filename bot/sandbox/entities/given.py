"""Entities that a caller gives instead of markup."""

from typing import Any, Final

from bot.sandbox.entities.links import checked_url
from bot.sandbox.entities.marks import MarkupError, custom_emoji, date_time_format
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Entity
from bot.sandbox.wire import Json

_FOUND: Final = frozenset({
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
})  # fmt: skip
"""Telegram finds these itself and passes over those that are given."""
_NEEDED: Final = {
    "bold": "", "italic": "", "underline": "", "strikethrough": "", "spoiler": "", "code": "",
    "pre": "", "blockquote": "", "expandable_blockquote": "", "text_link": "url",
    "text_mention": "user", "custom_emoji": "custom_emoji_id", "date_time": "unix_time",
}  # fmt: skip
"""What may be given, and the field that it needs besides its place."""


def read_entity(item: Any, limit: int) -> Entity | None:
    """A MessageEntity within ``limit`` UTF-16 units; None for one that is passed over.

    Raises ApiError.
    """
    try:
        entity = _entity(item)
    except MarkupError as error:
        raise bad_request(f"can't parse MessageEntity: {error}") from error
    if entity is not None and not 0 <= entity.offset <= entity.offset + entity.length <= limit:
        raise bad_request(
            f"entity beginning at UTF-16 offset {entity.offset} ends after the end of the text"
            f" at UTF-16 offset {entity.offset + entity.length}"
        )
    return entity


def _entity(item: Any) -> Entity | None:
    if not isinstance(item, dict):
        raise MarkupError("expected an Object")
    offset, length = _number(item, "offset"), _number(item, "length")
    kind = _needed(item, "type")
    if kind in _FOUND:
        return None
    if not isinstance(kind, str) or kind not in _NEEDED:
        raise MarkupError("Unsupported type specified")
    value = _needed(item, _NEEDED[kind]) if _NEEDED[kind] else None
    match kind:
        case "text_link":
            url = checked_url(str(value))
            return None if url is None else Entity(kind, offset, length, url=url)
        case "text_mention":
            user_id = _number(value, "id") if isinstance(value, dict) else None
            return Entity(kind, offset, length, user_id=user_id)
        case "custom_emoji":
            return custom_emoji(str(value), offset, length)
        case "date_time":
            form = date_time_format(str(item.get("date_time_format") or ""))
            unix = _number(item, "unix_time")
            return Entity(kind, offset, length, unix_time=unix, date_time_format=form)
    return Entity(kind, offset, length, language=item.get("language"))


def _needed(item: Json, name: str) -> Any:
    if item.get(name) is None:
        raise MarkupError(f'Can\'t find field "{name}"')
    return item[name]


def _number(item: Json, name: str) -> int:
    value = _needed(item, name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise MarkupError(f'Field "{name}" must be of type Number')
    return value
