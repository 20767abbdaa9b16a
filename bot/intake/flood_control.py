"""Keeping one person from filling a chat's queue with answers, behind which others would wait."""

from typing import Final

from msgspec import Struct
from telegram import Update

from bot.features.shared import texts
from bot.features.shared.messages import replying
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from bot.telegram.administrators import Administers
from storage.facts import PersonForgotten
from storage.outcome import Outcome, Toast

MOST_OWED: Final = 20
"""Calls that people caused, and that a chat is still owed: a group is sent no more in a minute."""
MEMBERS_MOST_OWED: Final = MOST_OWED // 2
"""The same of a group's members, so that its administrators get through beside them."""
SILENT_AFTER: Final = 5
"""So many beyond the bound, and not even a line is added."""


class Wanted(Struct, frozen=True):
    """A person wants something in a chat; ``message_id`` None: by a press of a button.

    ``in_its_name``: the chat itself speaks, as its administrators can make it do.
    """

    visitor: Visitor
    chat_id: int
    message_id: int | None
    in_its_name: bool = False


async def bound_flood(services: Services, wanted: Wanted, outcome: Outcome) -> Outcome:
    """The same; or word that it must be asked for again later, where the chat is owed too much.

    Edits replace each other, and so cannot pile up; and nobody has to wait to be forgotten.
    Raises LookupNeededError.
    """
    private = wanted.visitor.person_id
    chats = {call.chat_id for call in outcome.owed if call.edit_key is None}
    if any(isinstance(fact, PersonForgotten) for fact in outcome.facts):
        return outcome
    for chat_id in sorted(chats & {wanted.chat_id, private}):
        owed = await services.store.outbox.waited_for(chat_id)
        most = MEMBERS_MOST_OWED if chat_id < 0 else MOST_OWED
        if owed >= most and chat_id < 0 and _administers(services, wanted):
            most = MOST_OWED
        if owed >= most:
            words = (await receive(services, wanted.visitor)).words
            if wanted.message_id is None:
                return Outcome(toast=Toast(texts.too_fast(words), alert=True))
            if owed >= most + SILENT_AFTER:
                return Outcome()
            line = texts.asked_too_fast(wanted.chat_id, words)
            return Outcome(owed=(replying(line, wanted.message_id),))
    return outcome


def _administers(services: Services, wanted: Wanted) -> bool:
    person_id = wanted.visitor.person_id
    known = services.rights.administers(wanted.chat_id, person_id)
    return wanted.in_its_name or known is Administers.YES


def wanted_by(update: Update) -> Wanted | None:
    """Who wants something, and where, by a message, its edit or a press; None of all others."""
    user, query = update.effective_user, update.callback_query
    message = update.message or update.edited_message
    if user is None or (query is None and message is None):
        return None
    at = message if query is None else query.message
    chat_id = user.id if at is None else at.chat.id
    return Wanted(
        Visitor(user.id, user.language_code),
        chat_id,
        None if message is None else message.message_id,
        message is not None and message.sender_chat == message.chat,
    )
