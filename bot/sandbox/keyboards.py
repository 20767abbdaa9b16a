"""The reply markup of a call: buttons under the message, or keys that people get below the chat.

Read, refused and worded as the official server does it (``Client.cpp`` of tdlib/telegram-bot-api,
``ReplyMarkup.cpp`` of tdlib/td).
"""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from bot.sandbox.errors import bad_request
from bot.sandbox.model import ChatType
from bot.sandbox.params import Params
from bot.sandbox.read_buttons import ButtonError, read_button, read_key
from bot.sandbox.wire import Json, present

MAX_BUTTONS: Final = 100
MAX_IN_ROW: Final = 12
"""Further ones are dropped."""


class Markup(Struct, frozen=True):
    """``inline`` is an InlineKeyboardMarkup; ``keys`` any of the other reply markups."""

    inline: Json | None = None
    keys: Json | None = None


def read_markup(params: Params, kind: ChatType) -> Markup:
    """The reply markup of a call that sends into a chat of a kind. Raises ApiError."""
    given = _given(params)
    if rows := _rows(given, "keyboard"):
        _only_inline(kind)
        return Markup(keys=_keys(given, rows, kind))
    if rows := _rows(given, "inline_keyboard"):
        return Markup(inline=_inline(rows, kind))
    personal = _personal(given, kind)
    if given.get("remove_keyboard"):
        _only_inline(kind)
        return Markup(keys={"remove_keyboard": True} | personal)
    if given.get("force_reply"):
        _only_inline(kind)
        return Markup(keys={"force_reply": True} | personal | _placeholder(given))
    return Markup()


def read_inline(params: Params, kind: ChatType) -> Json | None:
    """The inline keyboard of a call that changes a message, which takes no other markup."""
    markup = read_markup(params, kind)
    if markup.keys is not None:
        raise bad_request("inline keyboard expected")
    return markup.inline


def _given(params: Params) -> Json:
    given = params.values.get("reply_markup")
    if given is None or given == "":
        return {}
    if isinstance(given, str):
        raise bad_request("can't parse reply keyboard markup JSON object")
    if not isinstance(given, dict):
        raise bad_request("object expected as reply markup")
    return given


def _rows(given: Json, name: str) -> list[Any]:
    rows = given.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" must be of type Array')
    return rows


def _only_inline(kind: ChatType) -> None:
    if kind is ChatType.CHANNEL:
        raise bad_request("inline keyboard expected")


def _personal(given: Json, kind: ChatType) -> Json:
    """In a private chat everybody is meant."""
    return present(selective=bool(given.get("selective")) and kind is not ChatType.PRIVATE)


def _placeholder(given: Json) -> Json:
    return present(input_field_placeholder=given.get("input_field_placeholder"))


def _keys(given: Json, rows: list[Any], kind: ChatType) -> Json | None:
    kept = _laid_out(rows, "KeyboardButton", lambda key: read_key(key, kind))
    if not kept:
        return None
    flags = ("is_persistent", "resize_keyboard", "one_time_keyboard")
    chosen = present(**{name: bool(given.get(name)) for name in flags})
    return (
        {"keyboard": kept} | chosen | _personal(given, kind) | _placeholder(given) if kept else None
    )


def _inline(rows: list[Any], kind: ChatType) -> Json | None:
    kept = _laid_out(rows, "InlineKeyboardButton", lambda button: read_button(button, kind))
    if sum(map(len, kept)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def _laid_out(rows: list[Any], name: str, read: Callable[[Any], Json | None]) -> list[list[Json]]:
    """The rows that have anything in them, each with what ``read`` makes of it."""
    kept = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f"expected an Array of {name}")
        try:
            found = [button for item in row if (button := read(item)) is not None]
        except ButtonError as error:
            raise bad_request(f"can't parse {name}: {error}") from error
        if found:
            kept.append(found[:MAX_IN_ROW])
    return kept
