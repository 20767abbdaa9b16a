"""Raw updates, as JSON: whose they are, of what kind, and in which order to work on them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeGuard

RawUpdate = dict[str, Any]

_KIND_LENGTH = 64
_ID_END = 2**63

# Named in every getUpdates: what is left out keeps whatever was named last, by whomever.
ALLOWED_UPDATES = ("message", "callback_query", "poll", "poll_answer", "my_chat_member")


def kind_of(update: RawUpdate) -> str:
    """The update's kind: the name of the one field beside ``update_id``, if it is a name at all."""
    kind = next((name for name in update if name != "update_id"), "empty")
    return kind if kind.isascii() and kind.isidentifier() and len(kind) <= _KIND_LENGTH else "odd"


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


def in_rounds(updates: Iterable[RawUpdate]) -> list[list[RawUpdate]]:
    """Split a batch so that each round holds at most one update per person, in order.

    What one person did first is committed before what they did next is looked at; updates of
    nobody, such as ``poll``, go as early as their order allows.
    """
    rounds: list[list[RawUpdate]] = []
    taken: Counter[int] = Counter()
    for update in updates:
        person = person_of(update)
        place = 0 if person is None else taken[person]
        if person is not None:
            taken[person] += 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(update)
    return rounds


def mended(update: RawUpdate) -> RawUpdate:
    """The update with what older servers leave out and python-telegram-bot insists on.

    A ``poll_answer`` without ``option_persistent_ids`` is a vote all the same.
    """
    answer = update.get("poll_answer")
    if isinstance(answer, dict) and "option_persistent_ids" not in answer:
        return {**update, "poll_answer": {**answer, "option_persistent_ids": []}}
    return update
