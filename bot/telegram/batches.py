"""What intake works on: updates in batches, from wherever they come."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from msgspec import Struct

from bot.base.user_error import UserError
from bot.telegram.raw_updates import RawUpdate

LIMIT = 100  # the most that getUpdates returns at once, and as much as is worth one commit


class Arrival(Struct, frozen=True):
    """When a batch of updates came: UTC milliseconds. ``fresh``: it did not wait in a backlog."""

    received_at: int
    fresh: bool


class Batch(Struct, frozen=True):
    """Updates as Telegram gave them, oldest first. ``read_at`` is of the clock's monotonic.

    ``at_once``: Telegram was not asked to wait for any.
    """

    updates: Sequence[RawUpdate]
    arrival: Arrival
    read_at: float
    at_once: bool = False


class TokenRefusedError(Exception):
    """Telegram does not know the token."""


class OtherCopyError(UserError):
    """Another program works with this bot's token; the message says what to do."""

    exit_code = 75


Diverted = Callable[[], Awaitable[None]]
"""Called where somebody has set a webhook, or taken ours away."""


async def nobody_told() -> None:
    """Where nobody is to hear of it."""


class UpdateSource(Protocol):
    """Where updates come from. What is not ``done`` comes again.

    ``last_contact_s`` is when Telegram last gave sign of life, by the clock's monotonic;
    ``diverted`` is called again and again where updates go elsewhere.
    """

    diverted: Diverted

    @property
    def last_contact_s(self) -> float | None: ...

    @property
    def caught_up(self) -> bool:
        """Whether nothing that Telegram took long ago can still be waiting there."""

    async def fetch(self) -> Batch | None:
        """The next batch; None after trouble (already waited out) or when asked to stop.

        Raises TokenRefusedError.
        """

    def done(self, batch: Batch) -> None:
        """Everything in the batch is committed: Telegram may forget it."""
