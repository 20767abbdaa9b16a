"""The bot comes into chats, leaves them, and moves with them."""

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.membership import notices_view
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.warn_inviter import can_be_told, warn_somebody
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.due_times import case_due, digest_after
from bot.features.shared.visitors import Visitor, receive, words_of
from bot.services import Services
from bot.telegram.administrators import Administers
from storage.chat_facts import ChatJoined, ChatLeft, ChatMoved, ChatSet
from storage.chats import Chat
from storage.outcome import NOTHING, Outcome
from storage.question_facts import MayWriteAgain

CHANNEL = "channel"


class SeenChat(Struct, frozen=True):
    """A group or channel as an update shows it; ``kind`` is group, supergroup or channel."""

    chat_id: int
    kind: str
    title: str


async def added_to_chat(
    services: Services, seen: SeenChat, by: Visitor, added_by: int | None
) -> Outcome:
    """Somebody added the bot: note it, and say in two lines what the bot does.

    ``added_by`` is None where an anonymous administrator did: there is nobody to write to.
    """
    known = await services.store.chats.get(seen.chat_id)
    if known is not None and known.gone_at is None:
        return NOTHING
    words = (await receive(services, by)).words
    joined = Outcome((join(services, seen, words, added_by),))
    if known is not None:
        joined += Outcome((_due_again(services, known),))
    if seen.kind != CHANNEL:
        return joined + Outcome(owed=(notices_view.hello(seen.chat_id, words),))
    if added_by is None:
        return joined
    return joined + Outcome(owed=(notices_view.hello_channel(added_by, seen.title, words),))


def join(services: Services, seen: SeenChat, words: Words, added_by: int | None) -> ChatJoined:
    """The fact that the bot is in a chat, with settings to begin with."""
    layout = Layout.BUTTONS if seen.kind == CHANNEL else Layout.POLL
    settings = ChatSettings(layout=layout, language=words.code)
    return ChatJoined(
        seen.chat_id, seen.kind, seen.title, settings.to_json(), added_by, services.clock.now()
    )


async def known_chat(services: Services, seen: SeenChat, words: Words) -> tuple[Chat, Outcome]:
    """A chat's record; one that is not known yet, or was thought lost, is joined on the fly.

    A new title is noted too.
    """
    chat = await services.store.chats.get(seen.chat_id)
    if chat is not None and chat.gone_at is None:
        renamed = chat.title != seen.title
        return chat, Outcome((join(services, seen, words, None),)) if renamed else NOTHING
    joined = join(services, seen, words, None)
    if chat is None:
        fresh = Chat(
            seen.chat_id, seen.kind, seen.title, joined.settings, None, None, None, None, None
        )
        return fresh, Outcome((joined,))
    again = _due_again(services, chat)
    back = replace(
        chat,
        kind=seen.kind,
        title=seen.title,
        gone_at=None,
        next_due=again.next_due,
        digest_due=again.digest_due,
    )
    return back, Outcome((joined, again))


def _due_again(services: Services, known: Chat) -> ChatSet:
    """In a chat that the bot had left nothing is due: what its settings want is due again."""
    now, settings = services.clock.now(), ChatSettings.from_json(known.settings)
    return ChatSet(known.id, known.settings, case_due(settings, now), digest_after(settings, now))


async def ensure_contact(
    services: Services, chat: Chat, person_id: int | None, words: Words, *, in_private: bool
) -> Outcome:
    """An administrator sets a chat up: trouble there is told to them, if nobody else hears of it.

    Whoever added the bot may have been anonymous, never have written to it, or be gone.
    ``person_id`` is None for an administrator who is anonymous now; ``in_private``: they do so
    in their private chat.
    """
    if person_id is None or chat.added_by == person_id:
        return NOTHING
    if await _hears(services, chat):
        return NOTHING
    if not in_private and not await can_be_told(services, person_id):
        return NOTHING
    seen = SeenChat(chat.id, chat.kind, chat.title)
    return Outcome((join(services, seen, words, person_id),))


async def _hears(services: Services, chat: Chat) -> bool:
    if chat.added_by is None or not await can_be_told(services, chat.added_by):
        return False
    if chat.kind != CHANNEL:
        return True
    # A group's members add the bot too; but a channel's settings are for its administrators.
    return services.rights.administers(chat.id, chat.added_by) is not Administers.NO


async def leave(services: Services, chat_id: int, by: int | None = None) -> Outcome:
    """The bot is out of a chat. Whoever had added it hears of that, unless they did it."""
    chat = await services.store.chats.get(chat_id)
    left = Outcome((ChatLeft(chat_id, services.clock.now()),))
    if chat is None or chat.gone_at is not None or chat.added_by is None or chat.added_by == by:
        return left
    words = await words_of(services, chat.added_by)
    told = notices_view.problem(chat.added_by, chat.title, ChatProblem.REMOVED, words)
    return left + Outcome(owed=(told,))


async def lose_rights(services: Services, chat_id: int, what: ChatProblem) -> Outcome:
    """The bot may do less in a chat than before. Raises LookupNeededError."""
    chat = await services.store.chats.get(chat_id)
    return NOTHING if chat is None else await warn_somebody(services, chat, what)


def may_write_again(services: Services, chat_id: int, thread_id: int | None = None) -> Outcome:
    """The bot may write in a chat, or in this topic of it, where it perhaps could not before."""
    return Outcome((MayWriteAgain(chat_id, thread_id, services.clock.now()),))


def move(chat_id: int, new_chat_id: int) -> Outcome:
    """A group became a supergroup."""
    return Outcome((ChatMoved(chat_id, new_chat_id),))
