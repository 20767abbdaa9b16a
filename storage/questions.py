"""Reads about questions put to groups and channels, and their answers."""

import json
from typing import Any

from msgspec import Struct

from storage.database import Database
from storage.time_units import HOUR_MS


class PutQuestion(Struct, frozen=True):
    """A question as it stands before a chat, with the snapshot of its case.

    ``moved_from`` is the chat's id before it became a supergroup, where it did so meanwhile.
    ``revealed``: all are to read its explanation, whatever the chat chose.
    ``untold_since``: its results are owed for so long to a chat that did not take them.
    """

    post_id: int
    position: int
    chat_id: int
    thread_id: int | None
    layout: str
    choice_order: tuple[int, ...]
    message_id: int | None
    sent_at: int | None
    put_at: int
    closes_at: int
    closed_at: int | None
    totals: tuple[int, ...] | None
    voters: int | None
    moved_from: int | None
    case_id: str
    snapshot: str
    protected: bool = True
    untold_since: int | None = None
    revealed: bool = False


class GroupAnswer(Struct, frozen=True):
    """One person's answer to a put question, in the order given."""

    person_id: int | None
    choices: tuple[int, ...]
    verdict: str
    score: float
    answered_at: int


UNDER_WAY = """
    EXISTS (
        SELECT 1 FROM outbox o
        WHERE o.post_id = q.post_id AND o.position = q.position AND o.state = 'owed'
    ) OR EXISTS (
        SELECT 1 FROM outbox o
        WHERE o.edit_key = printf('stop:%x:%x', q.post_id, q.position) AND o.state = 'owed'
    )
"""
"""SQL: a question (``q``) is on its way to its chat, or the end of its poll is."""
_QUESTION = """
    SELECT q.post_id, q.position, q.chat_id, p.thread_id, q.layout, q.choice_order, q.message_id,
           q.sent_at, q.put_at, q.closes_at, q.closed_at, q.totals, q.voters,
           q.moved_from, p.case_id, s.content AS snapshot, q.protected, q.untold_since, q.revealed
    FROM questions q
    JOIN posts p ON p.id = q.post_id
    JOIN snapshots s ON s.digest = p.snapshot
"""


class Questions:
    """Reads about questions put to groups and channels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def question(self, post_id: int, position: int) -> PutQuestion | None:
        """A question put to a chat."""
        found = await self._questions("WHERE q.post_id = ? AND q.position = ?", post_id, position)
        return found[0] if found else None

    async def question_of(self, poll_id: str) -> PutQuestion | None:
        """The question that a known poll puts to a chat; None for those of private chats."""
        found = await self._questions(
            "JOIN poll_attempts a ON a.post_id = q.post_id AND a.position = q.position"
            " WHERE a.poll_id = ?",
            poll_id,
        )
        return found[0] if found else None

    async def closing(self, now: int, limit: int = 100) -> list[PutQuestion]:
        """Open questions whose time is over. It begins only when they have arrived."""
        return await self._questions(
            f"""
            WHERE q.closed_at IS NULL AND q.closes_at <= ? AND NOT ({UNDER_WAY})
            ORDER BY q.closes_at LIMIT ?
            """,
            now,
            limit,
        )

    async def tallies_due(self, now: int, limit: int = 100) -> list[PutQuestion]:
        """Open questions whose buttons are to be brought up to date."""
        return await self._questions(
            "WHERE q.tally_due <= ? ORDER BY q.tally_due LIMIT ?", now, limit
        )

    async def untold(self, chat_id: int, thread_id: int | None) -> list[PutQuestion]:
        """Closed questions whose results a chat did not take in a topic, oldest first."""
        return await self._questions(
            """
            WHERE q.tell_at IS NOT NULL AND q.chat_id = ? AND p.thread_id IS ?
            ORDER BY q.post_id, q.position
            """,
            chat_id,
            thread_id,
        )

    async def telling_due(self, now: int, limit: int = 100) -> list[tuple[int, int | None]]:
        """Chats, and the topic of each, where what is untold is to be tried again."""
        rows = await self._database.rows(
            """
            SELECT DISTINCT q.chat_id, p.thread_id
            FROM questions q JOIN posts p ON p.id = q.post_id JOIN chats c ON c.id = q.chat_id
            WHERE (q.tell_at <= ?1 OR q.tell_at > ?1 + ?2) AND c.gone_at IS NULL
            LIMIT ?3
            """,
            # What lies further ahead was set by a clock that was wrong.
            (now, HOUR_MS, limit),
        )
        return [(row["chat_id"], row["thread_id"]) for row in rows]

    async def is_telling(self, question: PutQuestion) -> bool:
        """Whether what is to be told of a question is still owed."""
        sql = """
            SELECT 1 FROM outbox WHERE state = 'owed' AND about_post = ? AND about_position = ?
        """
        return await self._database.row(sql, (question.post_id, question.position)) is not None

    async def last_closed(self, chat_id: int) -> PutQuestion | None:
        """The question of a chat that closed last."""
        found = await self._questions(
            "WHERE q.chat_id = ? AND q.closed_at IS NOT NULL"
            " ORDER BY q.closed_at DESC, q.post_id DESC, q.position DESC LIMIT 1",
            chat_id,
        )
        return found[0] if found else None

    async def standing_in(self, chat_id: int, message_id: int) -> PutQuestion | None:
        """The question that a message of a chat puts."""
        found = await self._questions(
            "WHERE q.chat_id = ? AND q.message_id = ?", chat_id, message_id
        )
        return found[0] if found else None

    async def answers(self, post_id: int, position: int) -> list[GroupAnswer]:
        """All answers to a put question, first to last."""
        rows = await self._database.rows(
            """
            SELECT person_id, choices, verdict, score, answered_at FROM answers
            WHERE post_id = ? AND position = ? ORDER BY id
            """,
            (post_id, position),
        )
        return [GroupAnswer(r[0], tuple(json.loads(r[1])), r[2], r[3], r[4]) for r in rows]

    async def answer_of(self, person_id: int, post_id: int, position: int) -> GroupAnswer | None:
        """A person's answer to a put question."""
        row = await self._database.row(
            """
            SELECT person_id, choices, verdict, score, answered_at FROM answers
            WHERE person_id = ? AND post_id = ? AND position = ?
            """,
            (person_id, post_id, position),
        )
        if row is None:
            return None
        return GroupAnswer(row[0], tuple(json.loads(row[1])), row[2], row[3], row[4])

    async def open_question(self, chat_id: int) -> PutQuestion | None:
        """The latest question that a chat can still answer."""
        found = await self._questions(
            "WHERE q.chat_id = ? AND q.closed_at IS NULL ORDER BY q.put_at DESC LIMIT 1", chat_id
        )
        return found[0] if found else None

    async def open_in(self, chat_id: int) -> list[PutQuestion]:
        """All questions that a chat can still answer, the earliest first."""
        return await self._questions(
            "WHERE q.chat_id = ? AND q.closed_at IS NULL ORDER BY q.put_at, q.position", chat_id
        )

    async def _questions(self, where: str, *values: object) -> list[PutQuestion]:
        rows = await self._database.rows(_QUESTION + where, values)
        return [_question(row) for row in rows]


def _question(row: Any) -> PutQuestion:
    values = dict(row)
    totals = values.pop("totals")
    return PutQuestion(
        **values
        | {
            "choice_order": tuple(json.loads(values["choice_order"])),
            "protected": bool(values["protected"]),
            "revealed": bool(values["revealed"]),
        },
        totals=None if totals is None else tuple(json.loads(totals)),
    )
