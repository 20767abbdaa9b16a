"""Whoever brought the bot into a chat is told when something there needs them."""

from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.membership.notices_view import ChatProblem, problem
from bot.features.shared.visitors import words_of
from bot.services import Services
from storage.chat_facts import ChatWarned
from storage.chats import Chat
from storage.outcome import NOTHING, Outcome


async def warn_somebody(services: Services, chat: Chat, what: ChatProblem) -> Outcome:
    """The same; to an administrator of the chat where whoever brought the bot hears nothing.

    Raises LookupNeededError.
    """
    if chat.added_by is None or not await can_be_told(services, chat.added_by):
        staff = services.rights.staff(chat.id)
        for person_id in () if staff is None else sorted(staff.people):
            if await can_be_told(services, person_id):
                return await warn(services, replace(chat, added_by=person_id), what)
    return await warn(services, chat, what)


async def can_be_told(services: Services, person_id: int) -> bool:
    """Whether the person has written to the bot, and not blocked it since."""
    person = await services.store.people.get(person_id)
    return person is not None and person.blocked_at is None


async def warn(services: Services, chat: Chat, what: ChatProblem) -> Outcome:
    """Say what is wrong in a chat, in private; of each chat at most once a day."""
    now = services.clock.now()
    if chat.added_by is None or (chat.warned_at is not None and now - chat.warned_at < DAY_MS):
        return NOTHING
    words = await words_of(services, chat.added_by)
    told = problem(chat.added_by, chat.title, what, words)
    return Outcome((ChatWarned(chat.id, now),), (told,))
