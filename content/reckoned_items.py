"""All items that were answered, with what their answers say of them: values."""

import hashlib
from collections.abc import Sequence

from msgspec import Struct

from content.item_alarms import Alarm
from content.item_statistics import Item, ItemStatistics, TooFew


class ItemKey(Struct, frozen=True, order=True):
    """An item: a question of a case, as it was worded and shown (``item_revision``)."""

    case_id: str
    question_id: str
    revision: str

    @property
    def code(self) -> str:
        """Twelve hexadecimal digits that stand for it where there is little room."""
        return hashlib.sha256(
            f"{self.case_id}/{self.question_id}/{self.revision}".encode()
        ).hexdigest()[:12]


class AskedItem(Struct, frozen=True):
    """An item as it was last asked: at a position of a snapshot; since when, in UTC ms."""

    key: ItemKey
    item: Item
    snapshot: str
    position: int
    since: int


class ReckonedItem(Struct, frozen=True):
    """An item and its statistics."""

    asked: AskedItem
    statistics: ItemStatistics

    @property
    def key(self) -> ItemKey:
        """Which item it is."""
        return self.asked.key

    @property
    def alarms(self) -> Sequence[Alarm]:
        """Reasons to look at it; none where too few answered to tell."""
        found = self.statistics.alarms
        return () if isinstance(found, TooFew) else found


class Reckoned(Struct, frozen=True):
    """The items that anybody answered, as they were at ``at``, UTC milliseconds."""

    at: int
    items: Sequence[ReckonedItem]

    def find(self, code: str) -> ReckonedItem | None:
        """The item with this code."""
        return next((one for one in self.items if one.key.code == code), None)

    def wordings(self, key: ItemKey) -> list[ReckonedItem]:
        """All that the question of an item was, the earliest first."""
        same = (key.case_id, key.question_id)
        found = [one for one in self.items if (one.key.case_id, one.key.question_id) == same]
        return sorted(found, key=lambda one: (one.asked.since, one.key))
