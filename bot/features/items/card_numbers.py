"""What an item's card tells of answers, as far as enough people stand behind it; and its alarms."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.json import decode, encode

from content.item_alarms import Alarm, BelowChance, DistractorAboveKey, RightKnowLess
from content.item_statistics import MINIMUMS, ItemStatistics, TooFew
from content.model import Question
from content.statistics import wilson
from storage.tallying import Tally


class Reason(StrEnum):
    """Why a card is opened. Kept in the database: a value once used keeps its meaning."""

    FLAGS = "flags"
    BELOW_CHANCE = "below_chance"
    RIGHT_KNOW_LESS = "right_know_less"
    DISTRACTOR_ABOVE_KEY = "distractor_above_key"


class CardNumbers(Struct, frozen=True):
    """So many first answers, and of these what may be told.

    ``right``: the share right, and its interval. ``taken``: how many took each choice, by place.
    ``better``: the places of distractors whose takers did better elsewhere than who is right.
    """

    answers: int
    right: tuple[float, float, float] | None = None
    taken: tuple[int, ...] | None = None
    better: tuple[int, ...] = ()

    @classmethod
    def of_tally(cls, question: Question, tally: Tally) -> "CardNumbers":
        """Of answers that were merely counted: who took several choices is not known."""
        places, key = range(len(question.choices)), question.correct
        right = taken = None
        if tally.answers >= MINIMUMS.share_right and len(key) == 1:
            count = tally.choices.get(key[0], 0)
            interval = wilson(count, tally.answers)
            right = (count / tally.answers, interval.low, interval.high)
        if tally.answers >= MINIMUMS.choices:
            taken = tuple(tally.choices.get(place, 0) for place in places)
        return cls(tally.answers, right, taken)

    @classmethod
    def of_statistics(cls, statistics: ItemStatistics) -> "CardNumbers":
        """Of an item that was analysed."""
        right = taken = None
        if not isinstance(found := statistics.share_right, TooFew):
            right = (found.share, found.interval.low, found.interval.high)
        if not isinstance(choices := statistics.choices, TooFew):
            taken = tuple(choice.people for choice in choices)
        better = tuple(
            alarm.choice for alarm in alarms_of(statistics) if isinstance(alarm, DistractorAboveKey)
        )
        return cls(statistics.answers, right, taken, better)

    def to_json(self) -> str:
        """As it is kept with the card."""
        return encode(self).decode()

    @classmethod
    def from_json(cls, document: str) -> "CardNumbers":
        """As it was kept."""
        return decode(document, type=cls)


def alarms_of(statistics: ItemStatistics) -> Sequence[Alarm]:
    """The alarms of an item; none where there are too few answers."""
    return () if isinstance(statistics.alarms, TooFew) else statistics.alarms


def reasons_of(statistics: ItemStatistics) -> tuple[Reason, ...]:
    """The kinds of its alarms, each once."""
    return tuple(dict.fromkeys(map(_reason, alarms_of(statistics))))


def _reason(alarm: Alarm) -> Reason:
    match alarm:
        case BelowChance():
            return Reason.BELOW_CHANCE
        case RightKnowLess():
            return Reason.RIGHT_KNOW_LESS
        case DistractorAboveKey():
            return Reason.DISTRACTOR_ABOVE_KEY
