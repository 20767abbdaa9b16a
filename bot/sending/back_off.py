"""How often to try a Telegram that serves nobody at all."""

import logging
from typing import Final

from bot.sending.delivery import Delivery

log = logging.getLogger(__name__)

_IN_VAIN: Final = 5
"""Calls in a row without an answer, or chats in a row for which it was too much."""
_LONGEST_QUIET: Final = 30.0  # seconds


class Knocking:
    """Notices when nobody is served: then everything waits, and one call at a time is tried.

    ``quiet_until`` is when the next may be, by the clock's monotonic.
    """

    def __init__(self) -> None:
        self.quiet_until = 0.0
        self._unheard = 0
        self._crowded: set[int] = set()

    @property
    def in_vain(self) -> bool:
        """Whether there is no hope but for a single call."""
        return self._unheard >= _IN_VAIN or len(self._crowded) >= _IN_VAIN

    def hear(self, delivery: Delivery, now: float) -> None:
        """What came of a call."""
        if delivery.heard and not delivery.crowded:
            if self.in_vain:
                log.info("Telegram serves again.")
            self._unheard = 0
            self._crowded.clear()
            return
        known = self.in_vain
        if delivery.crowded:
            # Of one chat it says nothing about the others.
            self._crowded.add(delivery.row.chat_id)
            pause = delivery.pause
        else:
            self._unheard += 1
            pause = min(_LONGEST_QUIET, 2.0 ** min(max(0, self._unheard - _IN_VAIN), 5))
        if self.in_vain:
            if not known:
                why = "asks everybody to wait" if delivery.crowded else "does not answer"
                log.warning("Telegram %s; sending goes on when it serves again.", why)
            self.quiet_until = max(self.quiet_until, now + pause)
