"""A group or channel being served: its record, its settings, and the words for it."""

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.chat_settings import ChatSettings
from bot.services import Services
from storage.chats import Chat


class ServedChat(Struct, frozen=True):
    """A chat being served: its record, its settings read, and the words for it."""

    chat: Chat
    settings: ChatSettings
    words: Words


def served_chat(services: Services, chat: Chat) -> ServedChat:
    """Read a chat's settings."""
    settings = ChatSettings.from_json(chat.settings)
    return ServedChat(chat, settings, services.languages.choose(settings.language, None))


def in_thread(served: ServedChat, thread_id: int | None) -> ServedChat:
    """The same chat, with everything going to this topic."""
    return replace(served, settings=replace(served.settings, thread_id=thread_id))
