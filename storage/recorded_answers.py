"""Every recorded answer, one by one, for those who study how a cohort learns."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from storage.connection import reading
from storage.errors import ForeignDatabaseError
from storage.time_units import DAY_MS


class AnswerFilter(Struct, frozen=True):
    """Which answers: given at ``since`` or later, and before ``until`` (UTC milliseconds).

    Of answers that no longer lead to their learner those whose whole day lies between.
    """

    since: int | None = None
    until: int | None = None
    case_id: str | None = None


class Record(Struct, frozen=True):
    """An answer as it is on record; ``place`` is the kind of its chat, or a live round.

    ``post_id``, ``chat_id``, ``place`` and ``snapshot`` are None where it is not known which post
    was answered, or whose chat it was. Times are UTC milliseconds, ``time_taken`` milliseconds;
    ``choices`` is a JSON list of places. Once the answer no longer leads to its learner,
    ``person_id`` is None, and so is whatever would lead back by way of others' answers, or of what
    was written out before: number, post, chat, place and time taken; times are those of the day.
    """

    id: int | None
    answered_at: int
    person_id: int | None
    post_id: int | None
    chat_id: int | None
    place: str | None
    case_id: str
    question_id: str
    position: int
    revision: str
    choices: str
    verdict: str
    score: float
    first: int
    time_taken: int | None
    withdrawn_at: int | None
    snapshot: str | None


_KNOWN = """
    SELECT a.id, a.answered_at, a.person_id, a.post_id, p.chat_id,
           CASE WHEN p.purpose = 'live' THEN 'live' WHEN p.chat_id > 0 THEN 'private'
               ELSE c.kind END AS place,
           a.case_id, a.question_id, a.position, a.revision, a.choices, a.verdict, a.score,
           a.first, a.time_taken, a.withdrawn_at, p.snapshot
    FROM answers a
    LEFT JOIN posts p ON p.id = a.post_id
    LEFT JOIN chats c ON c.id = p.chat_id
    WHERE a.person_id IS NOT NULL
        AND a.answered_at >= coalesce(:since, a.answered_at)
        AND a.answered_at < coalesce(:until, a.answered_at + 1)
        AND a.case_id = coalesce(:case_id, a.case_id)
    ORDER BY a.id
"""
# In an order that says nothing of when in the day, or beside whom.
_ANONYMOUS = """
    SELECT NULL, day, NULL, NULL, NULL, NULL,
           case_id, question_id, position, revision, choices, verdict, score, first, NULL,
           withdrawn_at - withdrawn_at % :day, snapshot
    FROM (
        SELECT a.*, a.answered_at - a.answered_at % :day AS day, p.snapshot
        FROM answers a LEFT JOIN posts p ON p.id = a.post_id
        WHERE a.person_id IS NULL
    )
    WHERE day >= coalesce(:since, day)
        AND day + :day <= coalesce(:until, day + :day)
        AND case_id = coalesce(:case_id, case_id)
    ORDER BY day, case_id, question_id, revision, choices, first,
        withdrawn_at - withdrawn_at % :day
"""


class Records:
    """One view of a database's answers; a bot at work goes on meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def each(self, wanted: AnswerFilter) -> Iterator[Record]:
        """The answers in the order they were recorded, however many, a few at a time in memory.

        Those that no longer lead to anybody come last, by the day.
        """
        values = {**asdict(wanted), "day": DAY_MS}
        for sql in (_KNOWN, _ANONYMOUS):
            for row in self._connection.execute(sql, values):
                yield Record(*row)

    def snapshot(self, digest: str) -> str:
        """The case as it was posted, as JSON."""
        sql = "SELECT content FROM snapshots WHERE digest = ?"
        return str(self._connection.execute(sql, (digest,)).fetchone()["content"])

    def pseudonym_key(self) -> bytes:
        """The secret of this database from which pseudonyms are made.

        Raises ForeignDatabaseError where the bot has not made one yet.
        """
        sql = "SELECT value FROM meta WHERE key = 'pseudonym_key'"
        row = self._connection.execute(sql).fetchone()
        if row is None:
            raise ForeignDatabaseError(
                "an earlier version made it, which knew no pseudonyms; start the bot once"
            )
        return bytes.fromhex(row["value"])


@contextmanager
def open_records(path: Path) -> Iterator[Records]:
    """The answers of a database that is there. Raises StorageError."""
    with reading(path) as connection:
        yield Records(connection)
