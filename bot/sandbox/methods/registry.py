"""Every method of the sandbox by its name in lower case."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from bot.sandbox.methods import (
    account,
    callbacks,
    chats,
    copies,
    edits,
    members,
    messages,
    polls,
    topics,
    webhook,
)
from bot.sandbox.params import Params
from bot.sandbox.world import World

Method: TypeAlias = Callable[[World, Params], Awaitable[Any]]

_FAMILIES: Final[tuple[Mapping[str, Method], ...]] = (
    account.METHODS,
    callbacks.METHODS,
    chats.METHODS,
    copies.METHODS,
    edits.METHODS,
    members.METHODS,
    messages.METHODS,
    polls.METHODS,
    topics.METHODS,
    webhook.METHODS,
)
METHODS: Final[Mapping[str, tuple[str, Method]]] = {
    name.lower(): (name, method) for family in _FAMILIES for name, method in family.items()
}
"""Method names come in any case; the first of the pair is the proper one."""

_UNCOUNTED: Final = frozenset({"sendChatAction"})


def sends(method: str) -> bool:
    """Whether a method counts towards Telegram's sending limits."""
    return method.startswith(("send", "copy", "forward", "edit")) and method not in _UNCOUNTED
