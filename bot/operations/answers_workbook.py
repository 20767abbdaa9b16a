"""Recorded answers as a workbook, with what they say of each question."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.base.i18n import ENGLISH, Languages
from bot.features.items.numbers_view import alarm, too_few
from bot.features.items.reckon import reckon
from bot.files.stream_workbook import StreamedWorkbook, Value
from bot.operations.answers_export import COLUMNS, Row
from content.item_statistics import (
    Discrimination,
    ItemStatistics,
    ShareRight,
    TooFew,
)
from content.model import Question
from content.reckoned_items import ReckonedItem
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.recorded_answers import Records

WORDS: Final = Languages.load().words[ENGLISH]
ITEM_COLUMNS: Final = (
    "case",
    "question",
    "position",
    "revision",
    "item",
    "title",
    "prompt",
    "answers",
    "share_right",
    "share_right_from",
    "share_right_to",
    "mean_score",
    "related",
    "upper_less_lower",
    "rest_correlation",
    "rest_correlation_from",
    "rest_correlation_to",
    "efficiency",
    "effective_weight",
    "alarms",
)
CHOICE_COLUMNS: Final = (
    "case",
    "question",
    "item",
    "choice",
    "text",
    "right",
    "people",
    "share",
    "idle",
    "correlation",
)
"""What is told of an item, and of each of its choices; docs/answers.md says what each means."""
_DIGITS: Final = 4
_TIMES: Final = ("answered_at", "withdrawn_at")
_WIDTHS: Final = {
    **dict.fromkeys(_TIMES, 20),
    **dict.fromkeys(("learner", "case", "chat", "post"), 26),
    **dict.fromkeys(("question", "revision", "item"), 18),
    **dict.fromkeys(("chosen", "title", "prompt", "text", "alarms"), 50),
}


def write_workbook(
    database: Path, records: Records, found: Iterator[Row], case_id: str | None, to: Path
) -> int:
    """Write the answers found, and all items (or those of one case); returns how many answers.

    Raises StorageError, OSError.
    """
    book = StreamedWorkbook()
    number = book.write("answers", COLUMNS, map(_answer, found), _WIDTHS)
    items = [
        ItemRows(records, one)
        for one in sorted(reckon(database, 0).items, key=lambda one: one.key)
        if case_id is None or one.key.case_id == case_id
    ]
    book.write("items", ITEM_COLUMNS, (_short(item.row()) for item in items), _WIDTHS)
    rows = (_short(row) for item in items for row in item.choices())
    book.write("choices", CHOICE_COLUMNS, rows, _WIDTHS)
    book.save(to)
    return number


def _answer(row: Row) -> list[Value]:
    return [_value(column, row[column]) for column in COLUMNS]


def _value(column: str, value: object) -> Value:
    match value:
        case bool():
            return int(value)
        case list():
            return "; ".join(map(str, value))
        case str() if column in _TIMES:
            return datetime.fromisoformat(value).replace(tzinfo=None)
        case str() | int() | float():
            return value
    return None


def _short(row: Sequence[Value]) -> list[Value]:
    return [round(value, _DIGITS) if isinstance(value, float) else value for value in row]


class ItemRows:
    """An item's rows."""

    def __init__(self, records: Records, reckoned: ReckonedItem) -> None:
        self._reckoned = reckoned
        self._snapshot = Snapshot.from_json(records.snapshot(reckoned.asked.snapshot))

    @property
    def _question(self) -> Question:
        return self._snapshot.case.questions[self._reckoned.asked.position]

    def row(self) -> list[Value]:
        """A cell for each of ITEM_COLUMNS."""
        key, position = self._reckoned.key, self._reckoned.asked.position
        statistics = self._reckoned.statistics
        return [
            *(key.case_id, key.question_id, position + 1),
            *(revision_of(self._snapshot, position), key.revision),
            *(self._snapshot.case.title, self._question.prompt, statistics.answers),
            *_share_right(statistics.share_right),
            *_discrimination(statistics.discrimination),
            self._alarms(statistics),
        ]

    def _alarms(self, statistics: ItemStatistics) -> str | None:
        if isinstance(statistics.alarms, TooFew):
            return too_few(statistics.alarms, WORDS)
        told = (alarm(each, self._question, WORDS) for each in statistics.alarms)
        return " ".join(told) or None

    def choices(self) -> Iterator[list[Value]]:
        """For each choice a cell for each of CHOICE_COLUMNS."""
        key, taken = self._reckoned.key, self._reckoned.statistics.choices
        for place, choice in enumerate(self._question.choices):
            told: Sequence[Value]
            if isinstance(taken, TooFew):
                told = [None, too_few(taken, WORDS), None, None]
            else:
                one, related = taken[place], taken[place].correlation
                told = [
                    *(one.people, one.share, int(one.idle)),
                    too_few(related, WORDS) if isinstance(related, TooFew) else related,
                ]
            yield [
                *(key.case_id, key.question_id, key.revision, place + 1, choice.text),
                int(choice.correct),
                *told,
            ]


def _share_right(found: ShareRight | TooFew) -> list[Value]:
    if isinstance(found, TooFew):
        return [too_few(found, WORDS), None, None, None]
    return [found.share, found.interval.low, found.interval.high, found.mean_score]


def _discrimination(found: Discrimination | TooFew) -> list[Value]:
    if isinstance(found, TooFew):
        return [found.people, too_few(found, WORDS), *[None] * 5]
    interval = found.interval
    return [
        *(found.people, found.upper_less_lower, found.rest_correlation),
        *((None, None) if interval is None else (interval.low, interval.high)),
        *(found.efficiency, found.effective_weight),
    ]
