"""What the bot says of itself: name, descriptions, menu button, commands by scope and language."""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct, field

from bot.sandbox.membership import NOBODY
from bot.sandbox.model import Chat, ChatType
from bot.sandbox.wire import Json

CommandKey: TypeAlias = tuple[str, int | None, int | None, str]
"""Scope type, chat, user and language ("" for every language)."""


class Viewer(Struct, frozen=True):
    """Somebody who looks at the bot's commands somewhere. No chat: nowhere in particular."""

    chat: Chat | None = None
    person_id: int | None = None


class Profile(Struct):
    """The bot's account. ``id`` is None until a token was used; texts are by language code."""

    names: dict[str, str]
    username: str
    id: int | None = None
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[CommandKey, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    default_rights: dict[ChatType, Json] = field(default_factory=dict)

    def commands_for(self, viewer: Viewer, language: str) -> list[Json]:
        """The commands that a person sees in a chat, those of the closest scope."""
        for scope, chat_id, person_id in _closest(viewer):
            for code in (language, ""):
                if (key := (scope, chat_id, person_id, code)) in self.commands:
                    return self.commands[key]
        return []


def in_language(texts: dict[str, str], language: str) -> str:
    """The text for a language, else the one for all."""
    return texts.get(language) or texts.get("", "")


def _closest(viewer: Viewer) -> Iterator[tuple[str, int | None, int | None]]:
    """Scopes from the narrowest to the widest, as Telegram chooses between them."""
    chat, person_id = viewer.chat, viewer.person_id
    if chat is None or not chat.shared:
        if chat is not None:
            yield "chat", chat.id, None
        yield "all_private_chats", None, None
    elif chat.type is not ChatType.CHANNEL:
        member = chat.members.get(person_id or 0, NOBODY)
        yield "chat_member", chat.id, person_id
        if member.administers:
            yield "chat_administrators", chat.id, None
        yield "chat", chat.id, None
        if member.administers:
            yield "all_chat_administrators", None, None
        yield "all_group_chats", None, None
    yield "default", None, None
