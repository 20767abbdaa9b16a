"""Telling administrators that updates go elsewhere, since the bot itself gets none."""

import logging
from collections.abc import Callable, Sequence

from bot.base.time_units import HOUR_MS
from bot.features.shared.texts import updates_diverted
from bot.services import Services
from storage.errors import StorageError
from storage.ledger import Entry
from storage.outcome import Outcome

log = logging.getLogger(__name__)

_PAUSE_MS = HOUR_MS  # between two messages


class DivertedUpdates:
    """Tells at once, and then at most hourly. ``committed`` is called after each commit."""

    def __init__(self, services: Services, committed: Callable[[Sequence[Entry]], None]) -> None:
        self._services = services
        self._committed = committed
        self._told_at: int | None = None

    async def tell(self) -> None:
        """Somebody has set a webhook, or taken the bot's own away."""
        services = self._services
        now = services.clock.now()
        if self._told_at is not None and 0 <= now - self._told_at < _PAUSE_MS:
            return
        log.error(
            "Another program with this bot's token has set or removed a webhook, so that updates go"
            " elsewhere. End it; where this bot works without, take the webhook away:"
            " morning-report doctor --remove-webhook"
        )
        words = services.languages.choose(None, None)
        told = [updates_diverted(admin, words) for admin in sorted(services.settings.admins)]
        entry = Entry(Outcome(owed=tuple(told)))
        try:
            await services.store.ledger.commit([entry], now)
        except StorageError as error:
            log.warning("Administrators could not be told: the database failed (%s).", error)
            return
        self._told_at = now
        self._committed([entry])
