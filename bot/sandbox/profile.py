"""What the bot says of itself: name, descriptions, menu button, commands by scope and language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.sandbox.wire import Json

CommandKey: TypeAlias = tuple[str, int | None, int | None, str]
"""Scope type, chat, user and language ("" for every language)."""


@dataclass(slots=True)
class Profile:
    """The bot's account. ``id`` is None until a token was used; texts are by language code."""

    names: dict[str, str]
    username: str
    id: int | None = None
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[CommandKey, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)

    def commands_for(self, chat_id: int | None, language: str) -> list[Json]:
        """The commands that a person sees in a private chat, the closest scope first."""
        for key in _closest(chat_id, language):
            if key in self.commands:
                return self.commands[key]
        return []


def in_language(texts: dict[str, str], language: str) -> str:
    """The text for a language, else the one for all."""
    return texts.get(language) or texts.get("", "")


def _closest(chat_id: int | None, language: str) -> Iterator[CommandKey]:
    scopes: list[tuple[str, int | None]] = [("all_private_chats", None), ("default", None)]
    if chat_id is not None:
        scopes.insert(0, ("chat", chat_id))
    for scope, chat in scopes:
        yield (scope, chat, None, language)
        yield (scope, chat, None, "")
