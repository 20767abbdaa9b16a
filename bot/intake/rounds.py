"""In which order to work on a batch: rounds with at most one update per person and chat."""

from collections.abc import Iterable

from bot.features.settings.button_data import SettingsPress
from bot.features.shared.buttons import COHORT, DRAFT, ITEM_CARD, PUBLISHED, ROLE
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
    published, or what becomes of an item: a press, or an alias, a name or a reason in words.

    The last place is not given twice, nor one alias or id, nor are two decisions made on one thing.
    """
    query, message = update.get("callback_query"), update.get("message")
    if isinstance(query, dict):
        data = query.get("data")
        return isinstance(data, str) and data.startswith(
            (COHORT, DRAFT, ITEM_CARD, PUBLISHED, ROLE)
        )
    text = message.get("text") if isinstance(message, dict) else None
    return isinstance(text, str) and not text.startswith("/") and _group(message) is None


def ids_of(update: RawUpdate) -> list[int]:
    """The person and the chat whose updates come one after another: positive, and negative."""
    return [one for one in (person_of(update), chat_of(update)) if one is not None]


def in_rounds(updates: Iterable[RawUpdate]) -> list[list[RawUpdate]]:
    """Split a batch so that each round holds at most one update per person and chat, in order.

    What one person did first is committed before what they did next is looked at, and likewise what
    was done to a group: that ends no question before those who answered earlier were heard. Updates
    of nobody, such as ``poll``, go as early as their order allows.
    """
    rounds: list[list[RawUpdate]] = []
    # By ids: people's are positive, those of groups negative; all that joins is under one.
    taken: dict[int, int] = {}
    for update in updates:
        ids = ids_of(update) + [_JOINING] * joins(update)
        place = max([taken.get(one, 0) for one in ids], default=0)
        for one in ids:
            taken[one] = place + 1
        if (chat := answered_in(update)) is not None:
            taken[chat] = max(place + 1, taken.get(chat, 0))
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(update)
    return rounds
