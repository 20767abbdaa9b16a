"""Buttons under a message, and keys below the chat.

Of several things that a button is to do, the first in Telegram's order counts.
"""

from typing import Any, Final

from bot.sandbox.entities.links import LinkError, parse_url
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.model import ChatType
from bot.sandbox.wire import Json, present

MAX_CALLBACK_DATA: Final = 64
"""Bytes."""
STYLES: Final = frozenset({"primary", "danger", "success"})
_ACTIONS: Final = (
    "url", "callback_data", "callback_game", "pay", "switch_inline_query",
    "switch_inline_query_chosen_chat", "switch_inline_query_current_chat", "login_url", "web_app",
    "copy_text", "disabled",
)  # fmt: skip
_REQUESTS: Final = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "web_app": "web App buttons can be used in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
    "request_managed_bot": "managed bots can be requested in private chats only",
}
"""What a key may ask for, and what is said of it elsewhere."""
_FORMERLY: Final = {"request_phone_number": "request_contact", "request_user": "request_users"}
_NEEDED: Final = {"login_url": "url", "web_app": "url", "copy_text": "text"}
"""The field without which an action is none."""


class ButtonError(ValueError):
    """A button that cannot be read; the message is Telegram's."""


def read_key(key: Any, kind: ChatType) -> Json | None:
    """A KeyboardButton for a chat of a kind, None for one that is dropped.

    Raises ButtonError for what is none, ApiError for what is not allowed.
    """
    button: Json = {"text": key} if isinstance(key, str) else key
    if not isinstance(button, dict):
        raise ButtonError("KeyboardButton must be a String or an Object")
    looks = _looks(button, "keyboard button")
    if looks is None:
        return None
    asked = {_FORMERLY.get(name, name): value for name, value in button.items() if value}
    name = next((name for name in _REQUESTS if name in asked), None)
    if name is None:
        return looks
    if kind is not ChatType.PRIVATE:
        raise bad_request(_REQUESTS[name])
    if name == "web_app":
        _secure(_field(asked, name, "url"), "keyboard button Web App")
    return looks | {name: asked[name]}


def read_button(button: Any, kind: ChatType) -> Json | None:
    """An InlineKeyboardButton for a chat of a kind, None for one that is dropped.

    Raises ButtonError for what is none, ApiError for what is not allowed.
    """
    if not isinstance(button, dict):
        raise ButtonError("InlineKeyboardButton must be an Object")
    looks = _looks(button, "inline keyboard button")
    given = {name for name, value in button.items() if value is not None}
    # An empty address is none, and so is empty data.
    given -= {name for name in ("url", "callback_data") if button.get(name) == ""}
    name = next((name for name in _ACTIONS if name in given), None)
    if name is None:
        raise ButtonError("Text buttons are not allowed in the inline keyboard")
    if name in _NEEDED:
        _field(button, name, _NEEDED[name])
    return None if looks is None else looks | {name: _action(name, button[name], kind)}


def _looks(button: Json, whose: str) -> Json | None:
    """Text and style; None for a button without text, which is dropped. Raises ApiError."""
    text = button.get("text")
    if text is None:
        raise ButtonError('Can\'t find field "text"')
    if isinstance(text, int | float) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        raise ButtonError('Field "text" must be of type String')
    style = str(button.get("style") or "default").lower()
    if style not in STYLES | {"default"}:
        raise ButtonError("Invalid button style specified")
    icon = button.get("icon_custom_emoji_id")
    if not text and not icon:
        return None
    if not text.strip() and not icon:
        raise bad_request(f"{whose} text must be non-empty")
    return {"text": text} | present(
        icon_custom_emoji_id=str(icon) if icon else None,
        style=style if style in STYLES else None,
    )


def _field(button: Json, name: str, inner: str) -> str:
    value = button[name]
    if not isinstance(value, dict):
        raise ButtonError(f'Field "{name}" must be of type Object')
    found = value.get(inner)
    if not isinstance(found, str):
        raise ButtonError(f'Can\'t find field "{inner}"')
    return found


def _action(name: str, value: Any, kind: ChatType) -> Any:
    """What an inline button does, as it is kept. Raises ApiError."""
    match name:
        case "url":
            return _address(str(value), "inline keyboard button")
        case "callback_data":
            data = str(value)
            if len(data.encode()) > MAX_CALLBACK_DATA:
                raise bad_request("BUTTON_DATA_INVALID")
            return data
        case "web_app":
            _secure(value["url"], "inline keyboard button Web App")
            if kind is not ChatType.PRIVATE:
                raise bad_request("BUTTON_TYPE_INVALID")
        case "login_url":
            return value | {"url": _secure(value["url"], "inline keyboard button login")}
        case _ if name.startswith("switch_inline_query") and kind is ChatType.CHANNEL:
            shown = name.removesuffix("_chosen_chat")
            raise bad_request(
                f"can't use {shown} button in a channel chat, because users will not be able to"
                " use the button without knowing bot's username"
            )
    return value


def _address(url: str, whose: str) -> str:
    try:
        return parse_url(url)
    except LinkError as error:
        raise _invalid(url, whose, error) from error


def _secure(url: str, whose: str) -> str:
    address = _address(url, whose)
    if not address.lower().startswith("https://"):
        raise _invalid(url, whose, "Only HTTPS links are allowed")
    return address


def _invalid(url: str, whose: str, why: object) -> ApiError:
    return bad_request(f"{whose} URL '{url}' is invalid: {why}")
