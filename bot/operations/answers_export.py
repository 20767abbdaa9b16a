"""Recorded answers as rows for a spreadsheet or a program, with people as pseudonyms."""

import csv
import hmac
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final, TextIO

from content.model import Question
from content.snapshot import Snapshot
from storage.recorded_answers import AnswerFilter, Record, Records

Row = Mapping[str, object]
Namer = Callable[[str, int], str | int]
"""Names a learner or a chat: given what it is, and Telegram's id."""

COLUMNS: Final = (
    "answer",
    "answered_at",
    "learner",
    "place",
    "chat",
    "post",
    "case",
    "question",
    "position",
    "revision",
    "choices",
    "chosen",
    "verdict",
    "score",
    "first",
    "seconds",
    "withdrawn_at",
)
"""What is told of an answer, in this order; docs/answers.md says what each means."""

# What a spreadsheet may take for a formula, unless it is a plain number.
_FORMULA: Final = re.compile(r"[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


class Form(StrEnum):
    """How answers are written."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


def pseudonyms(key: bytes) -> Namer:
    """The same name for the same id, as long as the key is the same; it leads back to nobody."""

    def named(what: str, number: int) -> str:
        digest = hmac.digest(key, f"{what} {number}".encode(), "sha256")
        return f"{what}-{digest[:8].hex()}"

    return named


def plainly(_what: str, number: int) -> int:
    """Telegram's own id."""
    return number


def rows(records: Records, wanted: AnswerFilter, name: Namer) -> Iterator[Row]:
    """The answers, each as a row of COLUMNS; None where nothing is known."""

    @lru_cache(maxsize=64)
    def questions(digest: str) -> tuple[Question, ...]:
        try:
            return Snapshot.from_json(records.snapshot(digest)).case.questions
        except ValueError:
            return ()  # a later version wrote it; the places of choices are told all the same

    for record in records.each(wanted):
        asked = () if record.snapshot is None else questions(record.snapshot)
        question = asked[record.position] if record.position < len(asked) else None
        yield _row(record, question, name)


def _row(record: Record, question: Question | None, name: Namer) -> Row:
    choices: list[int] = json.loads(record.choices)
    when = _day if record.person_id is None else _when
    # A private chat has its learner's id.
    group = record.chat_id is not None and record.place != "private"
    return {
        "answer": record.id,
        "answered_at": when(record.answered_at),
        "learner": None if record.person_id is None else name("learner", record.person_id),
        "place": record.place,
        "chat": name("chat", record.chat_id or 0) if group else None,
        "post": None if record.post_id is None else f"post-{record.post_id}",
        "case": record.case_id,
        "question": record.question_id,
        "position": record.position + 1,
        "revision": record.revision,
        "choices": [choice + 1 for choice in choices],
        "chosen": _texts(question, choices),
        "verdict": record.verdict,
        "score": record.score,
        "first": bool(record.first),
        "seconds": None if record.time_taken is None else record.time_taken / 1000,
        "withdrawn_at": None if record.withdrawn_at is None else when(record.withdrawn_at),
    }


def _texts(question: Question | None, choices: list[int]) -> list[str]:
    if question is None:
        return []
    there = question.choices
    return [there[place].text for place in choices if place < len(there)]


def _when(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()


def write(found: Iterator[Row], form: Form, to: TextIO) -> int:
    """Write rows as they come; returns how many there were. A workbook is no text: see
    ``answers_workbook``.
    """
    return (_write_csv if form is Form.CSV else _write_jsonl)(found, to)


def _write_csv(found: Iterator[Row], to: TextIO) -> int:
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = 0
    for number, row in enumerate(found, 1):  # noqa: B007 - the last number is the count
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return number


def _write_jsonl(found: Iterator[Row], to: TextIO) -> int:
    number = 0
    for number, row in enumerate(found, 1):  # noqa: B007 - as above
        to.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return number


def _cell(value: object) -> object:
    """A value as a cell that no spreadsheet runs: a text that looks like a formula is quoted."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
