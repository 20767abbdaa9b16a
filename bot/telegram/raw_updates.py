"""Raw updates, as JSON: whose they are, of what kind, and in which order to work on them."""

from typing import Annotated, Any, TypeGuard

from msgspec import Meta

RawUpdate = dict[str, Any]

_KIND_LENGTH = 64
ID_END = 2**63

Id = Annotated[int, Meta(ge=0, le=ID_END - 1)]
"""Telegram's id of something, no more than the database can keep."""

VOTE = "poll_answer"
PRESS = "callback_query"
# Named in every getUpdates: what is left out keeps whatever was named last, by whomever.
ALLOWED_UPDATES = ("message", "edited_message", PRESS, "poll", VOTE, "my_chat_member")


def kind_of(update: RawUpdate) -> str:
    """The update's kind: the name of the one field beside ``update_id``, if it is a name at all."""
    for name in update:
        if name != "update_id":
            plain = name.isascii() and name.isidentifier() and len(name) <= _KIND_LENGTH
            return name if plain else "odd"
    return "empty"


def person_of(update: RawUpdate) -> int | None:
    """The Telegram id of the person who caused the update, where it names one."""
    body = update.get(kind_of(update))
    if not isinstance(body, dict):
        return None
    for name in ("from", "user"):
        who = body.get(name)
        if isinstance(who, dict) and is_id(number := who.get("id")):
            return number
    return None


def is_id(value: object) -> TypeGuard[int]:
    """Whether this can be Telegram's id of something; no more than the database can keep."""
    return type(value) is int and 0 <= value < ID_END
