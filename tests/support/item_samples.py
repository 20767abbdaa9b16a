"""Items with all kinds of numbers, as pages show them."""

from bot.features.items.item_values import Wording
from content.item_alarms import BelowChance, DistractorAboveKey, RightKnowLess
from content.item_statistics import (
    ChoiceTaken,
    Discrimination,
    Item,
    ItemStatistics,
    ShareRight,
    TooFew,
)
from content.reckoned_items import AskedItem, ItemKey, ReckonedItem
from content.statistics import Interval
from tests.support.library import shipped_library

CASE = shipped_library().cases["calcinosis-cutis"]
_QUESTION = CASE.questions[0]
FEW = TooFew(9, 10)
STATISTICS = (
    ItemStatistics(9, FEW, FEW, FEW, FEW),
    ItemStatistics(
        60,
        ShareRight(0.2, Interval(0.1, 0.3), 0.25),
        [ChoiceTaken(12, 0.2, n == 1, -0.1) for n in range(len(_QUESTION.choices))],
        Discrimination(60, -0.25, -0.2, Interval(-0.4, -0.1), -0.3, 0.0),
        [
            BelowChance(0.25, Interval(0.1, 0.2)),
            RightKnowLess(Interval(-0.4, -0.1)),
            DistractorAboveKey(1, Interval(0.1, 0.2)),
        ],
    ),
    ItemStatistics(
        60,
        ShareRight(1.0, Interval(0.9, 1.0), 1.0),
        [ChoiceTaken(60, 1.0, False, None) for _ in _QUESTION.choices],
        Discrimination(60, 0.0, None, None, None, None),
        [],
    ),
)
_ITEM = Item(len(_QUESTION.choices), frozenset(_QUESTION.correct))
ITEMS = [
    ReckonedItem(AskedItem(ItemKey(CASE.id, _QUESTION.id, str(n)), _ITEM, "digest", 0, 0), each)
    for n, each in enumerate(STATISTICS)
]
WORDINGS = [Wording(CASE, one) for one in ITEMS]
