"""Which cases a learner wants when they ask for none in particular."""

import json

from msgspec import Struct
from msgspec.structs import replace

from bot.services import Services
from content.model import Case


class Preferences(Struct, frozen=True):
    """``level`` is whom cases are written for, None: for anybody.

    ``wanted``: topics, of which a case must have one; empty: any. A case with one of ``unwanted``
    is left out. ``daily``: the topics of the daily case, which go before the others.
    ``confidence``: whether they like to be asked how sure they are.
    """

    level: str | None = None
    wanted: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()
    daily: frozenset[str] = frozenset()
    confidence: bool = True

    def admit(self, case: Case) -> bool:
        """Whether a case is as they want it."""
        return (
            self.level in (None, case.level)
            and (not self.wanted or not self.wanted.isdisjoint(case.topics))
            and self.unwanted.isdisjoint(case.topics)
        )

    def for_daily(self) -> "Preferences":
        """The same for the daily case."""
        if not self.daily:
            return self
        return replace(self, wanted=self.daily, unwanted=self.unwanted - self.daily)

    def to_json(self) -> str:
        """One JSON text for equal preferences."""
        document = {
            "level": self.level,
            "wanted": sorted(self.wanted),
            "unwanted": sorted(self.unwanted),
            "daily": sorted(self.daily),
            "confidence": self.confidence,
        }
        return json.dumps(document)

    @classmethod
    def from_json(cls, document: str | None) -> "Preferences":
        """Read what ``to_json`` wrote; None: no preferences."""
        if document is None:
            return NO_PREFERENCES
        kept = json.loads(document)
        topics = {name: frozenset(kept[name]) for name in _TOPICS}
        return cls(kept["level"], **topics, confidence=kept.get("confidence", True))


_TOPICS = ("wanted", "unwanted", "daily")
NO_PREFERENCES = Preferences()


async def preferences_of(services: Services, person_id: int) -> Preferences:
    """What the person prefers."""
    return Preferences.from_json(await services.store.people.preferences(person_id))
