"""In which order to work on a batch: rounds with at most one update per person and chat."""

from collections.abc import Iterable

from bot.features.settings.button_data import SettingsPress
from bot.features.shared.buttons import (
    COHORT,
    DRAFT,
    ITEM_CARD,
    LIVE,
    LIVE_LINK,
    PHONE,
    PUBLISHED,
    ROLE,
)
from bot.features.shared.question_buttons import ANSWER, SUBMIT, WHY
from bot.telegram.raw_updates import ID_END, VOTE, RawUpdate, kind_of, person_of

_JOINING = 0  # no person's id, nor a group's


def chat_of(update: RawUpdate) -> int | None:
    """The group or channel that the update may change something for, where it is one.

    Answers change nothing for others: many people's may be worked on at once; see ``answered_in``.
    """
    if VOTE in update:
        return None
    kind = kind_of(update)
    body = update.get(kind)
    if kind == "callback_query" and isinstance(body, dict):
        data = body.get("data")
        if not isinstance(data, str) or data.startswith((ANSWER, SUBMIT, WHY)):
            return None
        pressed = SettingsPress.parse(data)
        if pressed is not None and pressed.chat_id is not None:
            return pressed.chat_id
        body = body.get("message")
    return _group(body)


def answered_in(update: RawUpdate) -> int | None:
    """The group or channel in which the update answers a question by a button, if it does."""
    query = update.get("callback_query")
    if not isinstance(query, dict) or chat_of(update) is not None:
        return None
    return _group(query.get("message"))


def _group(body: object) -> int | None:
    chat = body.get("chat") if isinstance(body, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if type(number) is int and -ID_END < number < 0 else None


def joins(update: RawUpdate) -> bool:
    """Whether the update may change who is in a cohort, who teaches, who writes or reviews, what is
    published, what becomes of an item, or where a live round stands: a press, or an alias, a name
    or a reason in words.

    The last place is not given twice, nor one alias or id, nor are two decisions made on one thing.
    """
    message = update.get("message")
    if isinstance(update.get("callback_query"), dict):
        return _presses(update, COHORT, DRAFT, ITEM_CARD, LIVE, PUBLISHED, ROLE)
    text = message.get("text") if isinstance(message, dict) else None
    return isinstance(text, str) and not text.startswith("/") and _group(message) is None


def moves_on(update: RawUpdate) -> bool:
    """Whether the update may change where a live round stands."""
    return _presses(update, LIVE)


def takes_part(update: RawUpdate) -> bool:
    """Whether somebody joins a live round by its link, votes or reads there.

    Whoever writes a code ``joins`` in the other sense, too.
    """
    message = update.get("message")
    text = message.get("text") if isinstance(message, dict) else None
    opened = isinstance(text, str) and text.startswith("/start") and LIVE_LINK in text
    return opened or _presses(update, PHONE)


def _presses(update: RawUpdate, *words: str) -> bool:
    query = update.get("callback_query")
    data = query.get("data") if isinstance(query, dict) else None
    return isinstance(data, str) and data.startswith(words)


def ids_of(update: RawUpdate) -> list[int]:
    """The person and the chat whose updates come one after another: positive, and negative."""
    return [one for one in (person_of(update), chat_of(update)) if one is not None]


def in_rounds(updates: Iterable[RawUpdate]) -> list[list[RawUpdate]]:
    """Split a batch so that each round holds at most one update per person and chat, in order.

    What one person did first is committed before what they did next is looked at, and likewise what
    was done to a group: that ends no question before those who answered earlier were heard. No live
    round goes on before all was heard that people in it did earlier, and what they do later finds
    it there; among themselves they may be in one round. Updates of nobody, such as ``poll``, go as
    early as their order allows.
    """
    rounds: list[list[RawUpdate]] = []
    # By ids: people's are positive, those of groups negative; all that joins is under one.
    taken: dict[int, int] = {}
    heard = moved = 0
    for update in updates:
        ids = ids_of(update) + [_JOINING] * joins(update)
        place = max([taken.get(one, 0) for one in ids], default=0)
        if moves_on(update):
            place = max(place, heard)
            moved = place + 1
        elif takes_part(update):
            place = max(place, moved)
            heard = max(heard, place + 1)
        for one in ids:
            taken[one] = place + 1
        if (chat := answered_in(update)) is not None:
            taken[chat] = max(place + 1, taken.get(chat, 0))
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(update)
    return rounds
