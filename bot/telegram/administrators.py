"""Who may administer a chat: asked of Telegram in time-limited calls, and remembered briefly."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterable, Mapping
from enum import Enum, auto
from typing import Any

from msgspec import Struct, field

from bot.base.clock import Clock
from bot.telegram import bot_api

REMEMBERED_S = 30.0  # seconds that a list of administrators is trusted
LONGEST_WAIT_S = 3.0  # the system's seconds that an answer may take, since the next batch waits
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


class Lookup(Struct, frozen=True):
    """A question to Telegram about a chat."""

    method: str
    chat_id: int


class LookupNeededError(Exception):
    """A rule needs what Telegram has not said yet: to be asked, and the rule to be tried again."""

    def __init__(self, *lookups: Lookup) -> None:
        super().__init__("Telegram must be asked first")
        self.lookups = lookups


class _Known(Struct, frozen=True):
    """What Telegram said, None where it was silent; times are of the clock's monotonic."""

    asked_at: float
    until: float
    said: Any


class Rights(Struct):
    """The administrators of chats, as far as Telegram was asked.

    Rules read what is known and never wait: what is not raises LookupNeededError, and whoever holds
    the lock lets go of it before asking (``look_up``). ``ask`` makes a Bot API call; ``bot_id`` is
    the bot's own id.
    """

    ask: Ask
    clock: Clock
    bot_id: int
    _known: dict[Lookup, _Known] = field(default_factory=dict)
    _batch_at: float = -math.inf

    def new_batch(self) -> None:
        """What is asked from now on is fresh, and known until the next batch begins."""
        self._batch_at = now = self.clock.monotonic()
        self._known = {one: known for one, known in self._known.items() if known.until > now}

    def administers(self, chat_id: int, person_id: int, *, fresh: bool = False) -> Administers:
        """Whether a person administers a chat now, or did a moment ago unless it is ``fresh``.

        Raises LookupNeededError.
        """
        staff = self.staff(chat_id, fresh=fresh)
        if staff is None:
            return Administers.UNKNOWN
        return Administers.YES if person_id in staff.people else Administers.NO

    def staff(self, chat_id: int, *, fresh: bool = False) -> Staff | None:
        """A chat's administrators; None where Telegram does not say. Raises LookupNeededError."""
        members = self._said(Lookup("getChatAdministrators", chat_id), fresh=fresh)
        return None if members is None else self._read(members)

    def linked(self, chat_id: int) -> Linked | None:
        """A channel's discussion group; None where Telegram does not say.

        Raises LookupNeededError.
        """
        chat = self._said(Lookup("getChat", chat_id), fresh=False)
        return None if chat is None else Linked(chat.get("linked_chat_id"))

    def need_staff(self, chat_ids: Iterable[int]) -> None:
        """Raises LookupNeededError for all of these chats at once that are not known."""
        wanted = [Lookup("getChatAdministrators", chat_id) for chat_id in chat_ids]
        if unknown := [one for one in wanted if not self._is_known(one, fresh=False)]:
            raise LookupNeededError(*unknown)

    async def look_up(self, lookups: Iterable[Lookup]) -> None:
        """Ask Telegram all of these at the same time; it takes as long as one of them."""
        await asyncio.gather(*map(self._look_up, lookups))

    async def _look_up(self, lookup: Lookup) -> None:
        said = await self._result(lookup.method, lookup.chat_id)
        now = self.clock.monotonic()
        lasts_s = _PAUSE_S if said is None else REMEMBERED_S
        self._known[lookup] = _Known(now, now + lasts_s, said)

    def _said(self, lookup: Lookup, *, fresh: bool) -> Any:
        if not self._is_known(lookup, fresh=fresh):
            raise LookupNeededError(lookup)
        return self._known[lookup].said

    def _is_known(self, lookup: Lookup, *, fresh: bool) -> bool:
        known = self._known.get(lookup)
        if known is None:
            return False
        asked_for_this_batch = known.asked_at >= self._batch_at
        return asked_for_this_batch or (not fresh and self.clock.monotonic() < known.until)

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
