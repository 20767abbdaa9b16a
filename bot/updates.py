"""Raw updates, as JSON: whose they are, of what kind, and in which order to work on them."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

RawUpdate = dict[str, Any]

# Named in every getUpdates: what is left out keeps whatever was named last, by whomever.
ALLOWED_UPDATES = ("message", "callback_query", "poll", "poll_answer", "my_chat_member")


def kind_of(update: RawUpdate) -> str:
    """The update's kind: the name of the one field beside ``update_id``."""
    return next((name for name in update if name != "update_id"), "empty")


def person_of(update: RawUpdate) -> int | None:
    """The Telegram id of the person who caused the update, where it names one."""
    body = update.get(kind_of(update))
    if not isinstance(body, dict):
        return None
    for name in ("from", "user"):
        who = body.get(name)
        if isinstance(who, dict) and isinstance(who.get("id"), int):
            return int(who["id"])
    return None


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
