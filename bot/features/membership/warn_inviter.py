"""Whoever brought the bot into a chat is told when something there needs them."""

from bot.features.membership.notices_view import ChatProblem, problem
from bot.features.shared.visitors import words_of
from bot.services import Services
from storage.chat_facts import ChatWarned
from storage.chats import Chat
from storage.outcome import NOTHING, Outcome
from storage.store import DAY


async def warn(services: Services, chat: Chat, what: ChatProblem) -> Outcome:
    """Say what is wrong in a chat, in private; of each chat at most once a day."""
    now = services.clock.now()
    if chat.added_by is None or (chat.warned_at is not None and now - chat.warned_at < DAY):
        return NOTHING
    words = await words_of(services, chat.added_by)
    told = problem(chat.added_by, chat.title, what, words)
    return Outcome((ChatWarned(chat.id, now),), (told,))
