"""Which cases a learner wants when they ask for none in particular."""

import json

from msgspec import Struct

from content.model import Case


class Preferences(Struct, frozen=True):
    """``level`` is whom cases are written for, None: for anybody.

    ``wanted``: topics, of which a case must have one; empty: any. A case with one of ``unwanted``
    is left out.
    """

    level: str | None = None
    wanted: frozenset[str] = frozenset()
    unwanted: frozenset[str] = frozenset()

    def admit(self, case: Case) -> bool:
        """Whether a case is as they want it."""
        return (
            self.level in (None, case.level)
            and (not self.wanted or not self.wanted.isdisjoint(case.topics))
            and self.unwanted.isdisjoint(case.topics)
        )

    def to_json(self) -> str:
        """One JSON text for equal preferences."""
        document = {
            "level": self.level,
            "wanted": sorted(self.wanted),
            "unwanted": sorted(self.unwanted),
        }
        return json.dumps(document)

    @classmethod
    def from_json(cls, document: str | None) -> "Preferences":
        """Read what ``to_json`` wrote; None: no preferences."""
        if document is None:
            return NO_PREFERENCES
        kept = json.loads(document)
        return cls(kept["level"], frozenset(kept["wanted"]), frozenset(kept["unwanted"]))


NO_PREFERENCES = Preferences()
