"""Who may administer a chat: asked of Telegram in time-limited calls, and remembered briefly."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum, auto
from typing import Any

from msgspec import Struct, field

from bot.base.clock import Clock
from bot.telegram import bot_api

REMEMBERED_S = 30.0  # seconds that a list of administrators is trusted
LONGEST_WAIT_S = 3.0  # the system's seconds that an answer may take, since others wait meanwhile
_PAUSE_S = 5.0  # seconds before a chat is asked about again after no answer

Ask = Callable[[str, Mapping[str, Any]], Awaitable[bot_api.Reply]]


class Administers(Enum):
    """Whether somebody administers a chat."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()  # Telegram did not say


class Staff(Struct, frozen=True):
    """A chat's administrators. ``own`` are the bot's rights, by their names in Telegram.

    ``own`` is None where the bot is no administrator.
    """

    people: frozenset[int]
    own: Mapping[str, bool] | None


class Linked(Struct, frozen=True):
    """The group linked to a channel for discussion, or None where it has none."""

    chat_id: int | None


class Rights(Struct):
    """The administrators of chats. The one place where a route asks Telegram anything.

    ``ask`` makes a Bot API call; ``bot_id`` is the bot's own id.
    """

    ask: Ask
    clock: Clock
    bot_id: int
    _known: dict[int, tuple[float, Staff | None]] = field(default_factory=dict)

    async def administers(self, chat_id: int, person_id: int) -> Administers:
        """Whether a person administers a chat now (or did, a moment ago)."""
        staff = await self.staff(chat_id)
        if staff is None:
            return Administers.UNKNOWN
        return Administers.YES if person_id in staff.people else Administers.NO

    async def staff(self, chat_id: int) -> Staff | None:
        """A chat's administrators; None where Telegram does not say."""
        now = self.clock.monotonic()
        until, staff = self._known.get(chat_id, (now, None))
        if now < until:
            return staff
        self._known = {one: known for one, known in self._known.items() if known[0] > now}
        result = await self._result("getChatAdministrators", chat_id)
        staff = None if result is None else self._read(result)
        self._known[chat_id] = (now + (REMEMBERED_S if staff else _PAUSE_S), staff)
        return staff

    async def linked(self, chat_id: int) -> Linked | None:
        """A channel's discussion group; None where Telegram does not say."""
        result = await self._result("getChat", chat_id)
        return None if result is None else Linked(result.get("linked_chat_id"))

    async def _result(self, method: str, chat_id: int) -> Any:
        try:
            async with asyncio.timeout(LONGEST_WAIT_S):
                reply = await self.ask(method, {"chat_id": chat_id})
        except TimeoutError:
            return None
        return reply.result if isinstance(reply, bot_api.Done) else None

    def _read(self, members: list[dict[str, Any]]) -> Staff:
        by_id = {member["user"]["id"]: member for member in members}
        own = by_id.pop(self.bot_id, None)
        people = frozenset(one for one, member in by_id.items() if not member["user"]["is_bot"])
        return Staff(people, own and {k: v for k, v in own.items() if isinstance(v, bool)})
