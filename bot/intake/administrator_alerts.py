"""Administrators are told what went wrong, without being flooded."""

from collections import Counter
from collections.abc import Callable, Collection

from bot.base.i18n import Words
from bot.base.time_units import HOUR_MS
from bot.features.shared.texts import trouble
from storage.outcome import OwedCall

_PAUSE_MS = HOUR_MS  # ms between two messages about the same thing


class AdministratorAlerts:
    """Tells of each kind of trouble at once, and then at most hourly."""

    def __init__(
        self,
        admins: Collection[int],
        words: Words,
        say: Callable[[int, str, str, int, Words], OwedCall] = trouble,
    ) -> None:
        self._say = say
        self._admins = admins
        self._words = words
        self._told_at: dict[tuple[str, str], int] = {}
        self._untold: Counter[tuple[str, str]] = Counter()
        self._before = dict(self._told_at), Counter(self._untold)

    def about(self, kind: str, what: str, now: int) -> tuple[OwedCall, ...]:
        """The messages that an update set aside at ``now`` (ms) is worth."""
        trouble_kind = (kind, what)
        last = self._told_at.get(trouble_kind)
        if last is not None and now - last < _PAUSE_MS:
            self._untold[trouble_kind] += 1
            return ()
        self._told_at[trouble_kind] = now
        more = self._untold.pop(trouble_kind, 0)
        return tuple(self._say(admin, kind, what, more, self._words) for admin in self._admins)

    def committed(self) -> None:
        """What :meth:`about` gave is on record."""
        self._before = dict(self._told_at), Counter(self._untold)

    def lost(self) -> None:
        """What :meth:`about` gave since the last commit was told to nobody after all."""
        told_at, untold = self._before
        self._told_at, self._untold = dict(told_at), Counter(untold)
