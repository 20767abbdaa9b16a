"""Numbers for posts, flags, sittings, cohorts and assignments."""

import secrets

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC, milliseconds: 41 bits of them last until 2089
_RANDOM_BITS = 22


class TimedIds:
    """Ids that grow with time, are never given twice, and fit SQLite's 63 bits.

    The random part keeps two lives of the program apart, should the clock be set back between.
    """

    def __init__(self) -> None:
        self._last = 0

    def new(self, now: int) -> int:
        """The id of what is made at ``now`` (UTC milliseconds)."""
        timed = max(0, now - _EPOCH_MS) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
        self._last = max(self._last + 1, timed)
        return self._last
