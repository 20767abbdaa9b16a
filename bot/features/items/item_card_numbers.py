"""What an item's card tells of answers, as far as enough people stand behind it; and its alarms."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct
from msgspec.json import decode, encode

from content.item_alarms import Alarm, BelowChance, DistractorAboveKey, RightKnowLess
from content.item_statistics import MINIMUMS, TooFew
from content.model import Question
from content.reckoned_items import ReckonedItem
from content.statistics import Interval, wilson
from storage.tallying import Tally


class ItemCardReason(StrEnum):
    """Why a card is opened. Kept in the database: a value once used keeps its meaning."""

    FLAGS = "flags"
    BELOW_CHANCE = "below_chance"
    RIGHT_KNOW_LESS = "right_know_less"
    DISTRACTOR_ABOVE_KEY = "distractor_above_key"
    REJECTED = "rejected"


class ItemCardNumbers(Struct, frozen=True):
    """So many first answers, and of these what may be told.

    ``right``: the share right, and its interval. ``taken``: how many took each choice, by place.
    """

    answers: int
    right: tuple[float, Interval] | None = None
    taken: tuple[int, ...] | None = None
    alarms: tuple[Alarm, ...] = ()

    @classmethod
    def of_tally(cls, question: Question, tally: Tally) -> "ItemCardNumbers":
        """Of answers that were merely counted: whether who took several choices was right is not
        known.
        """
        places, key = range(len(question.choices)), question.correct
        right = taken = None
        if tally.answers >= MINIMUMS.share_right and len(key) == 1:
            count = tally.choices.get(key[0], 0)
            right = (count / tally.answers, wilson(count, tally.answers))
        if tally.answers >= MINIMUMS.choices:
            taken = tuple(tally.choices.get(place, 0) for place in places)
        return cls(tally.answers, right, taken)

    @classmethod
    def of_item(cls, item: ReckonedItem) -> "ItemCardNumbers":
        """Of an item that was analysed."""
        found, choices = item.statistics.share_right, item.statistics.choices
        right = None if isinstance(found, TooFew) else (found.share, found.interval)
        taken = None if isinstance(choices, TooFew) else tuple(one.people for one in choices)
        return cls(item.statistics.answers, right, taken, tuple(item.alarms))

    def to_json(self) -> str:
        """As it is kept with the card."""
        return encode(self).decode()

    @classmethod
    def from_json(cls, document: str) -> "ItemCardNumbers":
        """As it was kept."""
        return decode(document, type=cls)


def reasons_of(alarms: Iterable[Alarm]) -> tuple[ItemCardReason, ...]:
    """The kinds of these alarms, each once."""
    return tuple(dict.fromkeys(map(_reason, alarms)))


def _reason(alarm: Alarm) -> ItemCardReason:
    match alarm:
        case BelowChance():
            return ItemCardReason.BELOW_CHANCE
        case RightKnowLess():
            return ItemCardReason.RIGHT_KNOW_LESS
        case DistractorAboveKey():
            return ItemCardReason.DISTRACTOR_ABOVE_KEY
