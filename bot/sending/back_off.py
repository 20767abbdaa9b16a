"""How often to try a Telegram that serves nobody at all."""

import logging
from typing import Final

from bot.sending.delivery import Delivery

log = logging.getLogger(__name__)

_ENOUGH: Final = 5
"""Calls in a row without an answer, or chats in a row for which it was too much."""
_LONGEST_WAIT_S: Final = 30.0  # seconds


class BackOff:
    """Notices when nobody is served: then everything waits, and one call at a time is tried.

    ``wait_until_s`` is when the next may be, by the clock's monotonic.
    """

    def __init__(self) -> None:
        self.wait_until_s = 0.0
        self._unanswered = 0
        self._rate_limited: set[int] = set()

    @property
    def nobody_is_served(self) -> bool:
        """Whether there is no hope but for a single call."""
        return self._unanswered >= _ENOUGH or len(self._rate_limited) >= _ENOUGH

    def note(self, delivery: Delivery, now: float) -> None:
        """What came of a call."""
        if delivery.answered and not delivery.rate_limited:
            if self.nobody_is_served:
                log.info("Telegram serves again.")
            self._unanswered = 0
            self._rate_limited.clear()
            return
        known = self.nobody_is_served
        if delivery.rate_limited:
            # Of one chat it says nothing about the others.
            self._rate_limited.add(delivery.row.chat_id)
            pause_s = delivery.pause_s
        else:
            self._unanswered += 1
            pause_s = min(_LONGEST_WAIT_S, 2.0 ** min(max(0, self._unanswered - _ENOUGH), 5))
        if self.nobody_is_served:
            if not known:
                why = "asks everybody to wait" if delivery.rate_limited else "does not answer"
                log.warning("Telegram %s; sending goes on when it serves again.", why)
            self.wait_until_s = max(self.wait_until_s, now + pause_s)
