"""Faults to order: what a network and a busy Telegram do to a bot, on demand."""

from enum import StrEnum
from typing import Final

from msgspec import Struct

from bot.sandbox.errors import ApiError, too_many_requests
from bot.sandbox.updates import conflict

DOWNLOAD: Final = "file"
"""What stands for a method where a file is downloaded."""


class FaultKind(StrEnum):
    """How a call goes wrong."""

    TOO_MANY = "429"
    INTERNAL = "500"
    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    CONFLICT = "409"
    TIMEOUT = "timeout"
    """Not done; the connection is held."""
    DROP_RESPONSE = "drop-response"
    """Done, but the connection closes without a word."""


class Fault(Struct):
    """What happens to the next ``times`` calls of ``method`` (None: of any method)."""

    kind: FaultKind
    times: int
    method: str | None = None
    retry_after: int = 1

    def concerns(self, method: str) -> bool:
        """Whether a call of this method meets it; a download does only where it is named."""
        if self.method is None:
            return method != DOWNLOAD
        return self.method.lower() == method.lower()


class Faults:
    """The faults ordered so far, the oldest spent first."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add a fault behind those ordered before."""
        self._ordered.append(fault)

    def clear(self) -> None:
        """Call everything off."""
        self._ordered.clear()

    def take(self, method: str) -> Fault | None:
        """The fault that this call meets, if any; it has one time less to go."""
        for fault in self._ordered:
            if fault.concerns(method):
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None


def refusal(fault: Fault) -> ApiError | None:
    """The error that a fault answers with; None for those that do not answer."""
    match fault.kind:
        case FaultKind.TOO_MANY:
            return too_many_requests(fault.retry_after)
        case FaultKind.INTERNAL:
            return ApiError(500, "Internal Server Error")
        case FaultKind.UNAUTHORIZED:
            return ApiError(401, "Unauthorized")
        case FaultKind.FORBIDDEN:
            return ApiError(403, "Forbidden: bot was blocked by the user")
        case FaultKind.CONFLICT:
            return conflict()
        case FaultKind.TIMEOUT | FaultKind.DROP_RESPONSE:
            return None
