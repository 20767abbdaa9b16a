"""Parameters that decide who sees a message, of features that this sandbox does not have."""

from typing import Any, Final

from bot.sandbox.errors import bad_request
from bot.sandbox.params import Params

_DECIDING: Final = (
    "receiver_user_id",
    "ephemeral_message_parameters",
    "ephemeral_message_id",
    "direct_messages_topic_id",
    "suggested_post_parameters",
)
"""Ephemeral messages, direct messages of channels, posts that wait for approval."""


def check_audience(method: str, params: Params) -> None:
    """Refuse what would show a message to others than those who would see it here.

    Raises ApiError: ignoring such a parameter would make public what is meant for one.
    """
    reply = params.values.get("reply_parameters")
    given = {**reply, **params.values} if isinstance(reply, dict) else params.values
    named = [name for name in _DECIDING if given.get(name)]
    commands = params.values.get("commands")
    if any(isinstance(one, dict) and one.get("is_ephemeral") for one in _items(commands)):
        named.append("is_ephemeral")
    if method != "answerCallbackQuery" and params.has("callback_query_id"):
        named.append("callback_query_id")
    if named:
        raise bad_request(f"parameter {named[0]} is not supported by this sandbox")
    if params.has("business_connection_id"):
        raise bad_request("business connection not found")


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
