"""The bot's updates: queued, delivered, delivered again, and forgotten once confirmed.

Pollers that compete are treated as the official server treats them (``Client.cpp`` of
tdlib/telegram-bot-api), but for one thing: there, a call that repeats the offset of the call before
it within 3 s waits for 3 s at least, and within 0.5 s gets one update at most.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from typing import Final, NoReturn

from msgspec import Struct

from bot.base.clock import Clock
from bot.base.time_units import DAY_MS
from bot.sandbox.errors import ApiError
from bot.sandbox.wire import Json

KINDS: Final = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost",
})  # fmt: skip
DEFAULT_KINDS: Final = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
"""What a bot gets that never said what it wants."""

KEPT_MS: Final = DAY_MS
"""An update that nobody confirms is kept for a day."""
FUTURE: Final = 10
"""An offset further past the newest update than this is taken for a mistake and ignored."""
CONFLICT_PAUSE_S: Final = 3.0
"""Clock seconds: a 409 that comes sooner than this after another is held back for as long."""


def conflict() -> ApiError:
    """What a waiting poller hears when another one begins to wait."""
    return ApiError(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance"
        " is running",
    )


def webhook_set() -> ApiError:
    """What a waiting poller hears when a webhook is set."""
    return ApiError(409, "Conflict: terminated by setWebhook request")


def webhook_active() -> ApiError:
    """What a poller hears while a webhook is set."""
    return ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to"
        " delete the webhook first",
    )


class Queued(Struct, frozen=True):
    """An update that waits since ``at_ms``, in the clock's milliseconds."""

    id: int
    at_ms: int
    payload: Json


class Updates:
    """One bot's queue. Ids start at random and then grow by one."""

    def __init__(self, clock: Clock) -> None:
        self.allowed: frozenset[str] = DEFAULT_KINDS
        self.watcher: Callable[[], None] | None = None
        """Called when something was queued, instead of waking a poller."""
        self._clock = clock
        self._queue: deque[Queued] = deque()
        self._next_id = 100_000_000 + secrets.randbelow(800_000_000)
        self._poller: asyncio.Future[None] | None = None
        self._next_conflict = 0.0

    def __len__(self) -> int:
        self._forget_old()
        return len(self._queue)

    def push(self, kind: str, payload: Json) -> None:
        """Queue an update, unless the bot does not want its kind; wake the waiting poller."""
        if kind not in self.allowed:
            return
        update = {"update_id": self._next_id, kind: payload}
        self._queue.append(Queued(self._next_id, self._clock.now(), update))
        self._next_id += 1
        if self.watcher is not None:
            self.watcher()
        elif self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def waiting(self) -> Iterable[Queued]:
        """All that waits, oldest first; to be read before anything else happens."""
        self._forget_old()
        return self._queue

    def took(self, queued: Queued) -> None:
        """This one was delivered, or will never be."""
        with suppress(ValueError):
            self._queue.remove(queued)

    def allow(self, kinds: Iterable[object]) -> None:
        """Choose the kinds queued from now on; none named means the default ones."""
        wanted = KINDS & {kind for kind in kinds if isinstance(kind, str)}
        self.allowed = frozenset(wanted) or DEFAULT_KINDS

    def drop_pending(self) -> None:
        """Forget everything that waits."""
        self._queue.clear()

    async def get(self, offset: int, limit: int, wait: float) -> list[Json]:
        """Confirm what is below ``offset`` and return what follows, at most ``limit``.

        Waits up to ``wait`` clock seconds for a first update, and then whoever waits already gets
        a 409. A negative offset forgets all but that many of the newest. Raises ApiError.
        """
        if offset < 0:
            self._keep_newest(-offset)
        found = self._from(offset, limit)
        if found or wait <= 0:
            return found
        self.end_poller(conflict())
        self._poller = poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._clock.real(wait)):
                await poller
        except TimeoutError:
            pass
        except ApiError as refusal:
            await self.refuse(refusal)
        finally:
            if self._poller is poller:
                self._poller = None
        return self._from(offset, limit)

    async def refuse(self, refusal: ApiError) -> NoReturn:
        """Raise the 409 of a poller, in its time."""
        now = self._clock.monotonic()
        if now < self._next_conflict:
            await self._clock.sleep(CONFLICT_PAUSE_S)
        else:
            self._next_conflict = now + CONFLICT_PAUSE_S
        raise refusal

    def end_poller(self, why: ApiError) -> None:
        """Refuse whoever waits for updates."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(why)

    def _keep_newest(self, number: int) -> None:
        self._forget_old()
        while len(self._queue) > number:
            self._queue.popleft()

    def _from(self, offset: int, limit: int) -> list[Json]:
        """What waits from this offset on; all before it is confirmed."""
        self._forget_old()
        if offset < self._next_id + FUTURE:
            while self._queue and self._queue[0].id < offset:
                self._queue.popleft()
        return [queued.payload for queued in islice(self._queue, limit)]

    def _forget_old(self) -> None:
        horizon = self._clock.now() - KEPT_MS
        while self._queue and self._queue[0].at_ms < horizon:
            self._queue.popleft()
