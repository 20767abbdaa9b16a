"""Item analysis over a whole database: what is read and reckoned in a process of its own.

What came of it is at ``services.reckoned_items``, where ``bot.jobs.reckon_items`` puts it.
"""

from pathlib import Path

from content.item_analysis import analyse_columns
from content.reckoned_items import Reckoned, ReckonedItem
from storage.item_answers import item_answers


def reckon(database: Path, now: int) -> Reckoned:
    """Every item that anybody answered; ``now`` is UTC milliseconds. Raises StorageError.

    It takes seconds, and numpy.
    """
    found = {one.asked.key: one for one in item_answers(database)}
    statistics = analyse_columns(
        {key: one.asked.item for key, one in found.items()},
        {key: one.answers for key, one in found.items()},
    )
    items = [ReckonedItem(one.asked, statistics[key]) for key, one in found.items()]
    return Reckoned(now, items)
