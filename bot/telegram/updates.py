"""Raw updates, as JSON: whose they are, of what kind, and in which order to work on them."""

from collections.abc import Iterable
from typing import Annotated, Any, TypeGuard

from msgspec import Meta

from bot.features.settings.button_data import Press
from bot.features.shared.question_buttons import ANSWER, WHY

RawUpdate = dict[str, Any]

_KIND_LENGTH = 64
_ID_END = 2**63

Id = Annotated[int, Meta(ge=0, le=_ID_END - 1)]
"""Telegram's id of something, no more than the database can keep."""

VOTE = "poll_answer"
# Named in every getUpdates: what is left out keeps whatever was named last, by whomever.
ALLOWED_UPDATES = ("message", "callback_query", "poll", VOTE, "my_chat_member")


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
    return type(value) is int and 0 <= value < _ID_END


def chat_of(update: RawUpdate) -> int | None:
    """The group or channel that the update may change something for, where it is one.

    Answers change nothing for others: many people's may be worked on at once.
    """
    if VOTE in update:
        return None
    kind = kind_of(update)
    body = update.get(kind)
    if kind == "callback_query" and isinstance(body, dict):
        data = body.get("data")
        if not isinstance(data, str) or data.startswith((ANSWER, WHY)):
            return None
        pressed = Press.parse(data)
        if pressed is not None and pressed.chat_id is not None:
            return pressed.chat_id
        body = body.get("message")
    chat = body.get("chat") if isinstance(body, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if type(number) is int and -_ID_END < number < 0 else None


def in_rounds(updates: Iterable[RawUpdate]) -> list[list[RawUpdate]]:
    """Split a batch so that each round holds at most one update per person and chat, in order.

    What one person did first is committed before what they did next is looked at, and likewise what
    was done to a group; updates of nobody, such as ``poll``, go as early as their order allows.
    """
    rounds: list[list[RawUpdate]] = []
    taken: dict[int, int] = {}  # by ids: people's are positive, those of groups negative
    for update in updates:
        lanes = [one for one in (person_of(update), chat_of(update)) if one is not None]
        place = max([taken.get(lane, 0) for lane in lanes], default=0)
        for lane in lanes:
            taken[lane] = place + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(update)
    return rounds
