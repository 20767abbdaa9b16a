"""Telegram refuses what is owed to a group or channel: what that means, and who is told."""

from msgspec.structs import replace

from bot.features.membership.join_chat import leave
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.warn_inviter import warn, warn_somebody
from bot.features.shared.chat_settings import ChatSettings
from bot.services import Services
from storage.chat_facts import ChatSet
from storage.chats import Chat
from storage.outbox import OwedRow
from storage.outcome import NOTHING, Outcome
from storage.question_facts import QuestionClosed

# Parts of Telegram's words, the telling ones first; compared in lower case.
_MEANINGS = (
    ("was kicked", ChatProblem.REMOVED),
    ("not a member", ChatProblem.REMOVED),
    ("chat not found", ChatProblem.REMOVED),
    ("deactivated", ChatProblem.REMOVED),
    ("chat was deleted", ChatProblem.REMOVED),
    ("channel_private", ChatProblem.REMOVED),
    ("topic_closed", ChatProblem.TOPIC_CLOSED),
    ("topic_deleted", ChatProblem.TOPIC_GONE),
    ("message thread not found", ChatProblem.TOPIC_GONE),
    ("send polls", ChatProblem.NO_POLLS),
    ("send_polls", ChatProblem.NO_POLLS),
    ("send photos", ChatProblem.NO_PHOTOS),
    ("send_photos", ChatProblem.NO_PHOTOS),
    ("send_media", ChatProblem.NO_PHOTOS),
    ("rights", ChatProblem.NO_MESSAGES),
    ("write_forbidden", ChatProblem.NO_MESSAGES),
    ("admin_required", ChatProblem.NO_MESSAGES),
)

_UNDONE = frozenset(
    {
        ChatProblem.REMOVED,
        ChatProblem.NO_MESSAGES,
        ChatProblem.NO_EDITS,
        ChatProblem.TOPIC_CLOSED,
    }
)


def meaning(method: str, description: str) -> ChatProblem | None:
    """What Telegram's refusal of a call to a chat says; None where it is no matter.

    A message that was deleted cannot be edited, and need not be; nor can its poll be stopped.
    """
    said = description.lower()
    found = next((problem for words, problem in _MEANINGS if words in said), None)
    if not method.startswith(("edit", "stop")):
        return found or ChatProblem.REFUSED
    return ChatProblem.NO_EDITS if found is ChatProblem.NO_MESSAGES else found


def can_be_undone(method: str, problem: ChatProblem | None) -> bool:
    """Whether people can undo what keeps results from a chat, so that they are tried again."""
    # An edit of the buttons alone comes when all has been told.
    return problem in _UNDONE and method != "editMessageReplyMarkup"


async def refused(services: Services, row: OwedRow, description: str) -> Outcome:
    """What follows from a refusal for good: a chat lost, a question that was never put."""
    problem = meaning(row.method, description)
    if problem is None:
        return NOTHING
    chat = await services.store.chats.get(row.chat_id)
    if chat is None:
        return await _not_in_discussion(services, row.chat_id, problem)
    if problem is ChatProblem.REMOVED:
        return await leave(services, row.chat_id)
    outcome = NOTHING
    if row.poll is not None:
        now = services.clock.now()
        outcome = Outcome((QuestionClosed(row.poll.post_id, row.poll.position, now),))
    if problem is ChatProblem.TOPIC_GONE:
        outcome += _without_topic(chat, row)
    return outcome + await warn_somebody(services, chat, problem)


def _without_topic(chat: Chat, row: OwedRow) -> Outcome:
    settings = ChatSettings.from_json(chat.settings)
    if settings.thread_id is None or settings.thread_id != row.params.get("message_thread_id"):
        return NOTHING
    changed = replace(settings, thread_id=None).to_json()
    return Outcome((ChatSet(chat.id, changed, chat.next_due, chat.digest_due),))


async def _not_in_discussion(services: Services, group_id: int, problem: ChatProblem) -> Outcome:
    """Results were to go to a channel's linked group, where the bot is not or may not write."""
    outcome = NOTHING
    for channel in await services.store.chats.discussed_in(group_id):
        lacking = ChatProblem.NO_DISCUSSION if problem is ChatProblem.REMOVED else problem
        outcome += await warn(services, channel, lacking)
    return outcome
