"""Every method of the sandbox by its name in lower case."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from bot.sandbox.errors import not_found
from bot.sandbox.methods import (
    account,
    callbacks,
    chats,
    copies,
    edit_topics,
    edits,
    get_updates,
    members,
    polls,
    send_messages,
)
from bot.sandbox.methods.unsupported import UNSUPPORTED
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
    send_messages.METHODS,
    polls.METHODS,
    edit_topics.METHODS,
    get_updates.METHODS,
)
METHODS: Final[Mapping[str, tuple[str, Method]]] = {
    name.lower(): (name, method) for family in _FAMILIES for name, method in family.items()
}
"""Method names come in any case; the first of the pair is the proper one."""
_NAMES: Final[Mapping[str, str]] = {name.lower(): name for name in UNSUPPORTED}


def find(name: str) -> tuple[str, Method]:
    """A method with its proper name. What is not there refuses whatever it is asked."""
    key = name.lower()
    if key in METHODS:
        return METHODS[key]
    proper = _NAMES.get(key)
    words = f"method {proper} is not supported by this sandbox" if proper else "method not found"

    async def refuse(_world: World, _params: Params) -> None:
        raise not_found(words)

    return proper or name, refuse


_UNCOUNTED: Final = frozenset({"sendChatAction"})


def sends(method: str) -> bool:
    """Whether a method counts towards Telegram's sending limits."""
    known = method.lower() in METHODS and method not in _UNCOUNTED
    return known and method.startswith(("send", "copy", "forward", "edit"))
