"""Telling whoever brought the bot into a chat that something there needs them."""

from bot.base.i18n import Words
from bot.features.membership.notices_view import Problem, problem
from bot.services import Services
from storage.chat_facts import ChatWarned
from storage.chats import Chat
from storage.outcome import NOTHING, Outcome
from storage.store import DAY


async def warn(services: Services, chat: Chat, what: Problem) -> Outcome:
    """Say what is wrong in a chat, in private; of each chat at most once a day."""
    now = services.clock.now()
    if chat.added_by is None or (chat.warned_at is not None and now - chat.warned_at < DAY):
        return NOTHING
    words = await words_of(services, chat.added_by)
    told = problem(chat.added_by, chat.title, what, words)
    return Outcome((ChatWarned(chat.id, now),), (told,))


async def words_of(services: Services, person_id: int) -> Words:
    """The words for a person who has not written just now."""
    person = await services.store.people.get(person_id)
    if person is None:
        return services.languages.choose(None, None)
    return services.languages.choose(person.language, person.telegram_language)
