"""Reads about groups, channels and schedules."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from storage.database import Database

_HOUR_MS = 60 * 60 * 1000


class Chat(Struct, frozen=True):
    """A group or channel; ``settings`` is JSON. Times are UTC milliseconds."""

    id: int
    kind: str
    title: str
    settings: str
    added_by: int | None
    gone_at: int | None
    next_due: int | None
    digest_due: int | None
    warned_at: int | None


class PutQuestion(Struct, frozen=True):
    """A question as it stands before a chat, with the snapshot of its case.

    ``moved_from`` is the chat's id before it became a supergroup, where it did so meanwhile.
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


class GroupAnswer(Struct, frozen=True):
    """One person's answer to a put question, in the order given."""

    person_id: int | None
    choices: tuple[int, ...]
    verdict: str
    score: float
    answered_at: int


class LeaderboardEntry(Struct, frozen=True):
    """A person's place on a chat's leaderboard; ``name`` only where they agreed."""

    person_id: int
    name: str | None
    score: float
    answers: int


class Daily(Struct, frozen=True):
    """A learner's own schedule; ``timetable`` and ``quiet`` are JSON."""

    person_id: int
    timetable: str
    quiet: str | None
    next_due: int | None
    unanswered: int


_CHAT = """
    SELECT id, kind, title, settings, added_by, gone_at, next_due, digest_due, warned_at FROM chats
"""
_QUESTION = """
    SELECT q.post_id, q.position, q.chat_id, p.thread_id, q.layout, q.choice_order, q.message_id,
           q.sent_at, q.put_at, q.closes_at, q.closed_at, q.totals, q.voters,
           q.moved_from, p.case_id, s.content AS snapshot, q.protected, q.untold_since
    FROM questions q
    JOIN posts p ON p.id = q.post_id
    JOIN snapshots s ON s.digest = p.snapshot
"""


class Post(Struct, frozen=True):
    """A case as it was given to a chat; ``due_at`` where a schedule wanted it."""

    case_id: str
    thread_id: int | None
    due_at: int | None


class Chats:
    """Reads about groups, channels, their questions, and schedules."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int) -> Chat | None:
        """The chat, or None where the bot was never added to it."""
        rows = await self._chats("WHERE id = ?", chat_id)
        return rows[0] if rows else None

    async def added_by(self, person_id: int) -> list[Chat]:
        """The chats that a person brought the bot to and where it still is."""
        return await self._chats("WHERE added_by = ? AND gone_at IS NULL ORDER BY title", person_id)

    async def discussed_in(self, chat_id: int) -> list[Chat]:
        """The channels whose results go to this group."""
        return await self._chats(
            "WHERE json_extract(settings, '$.discussion_id') = ? AND gone_at IS NULL", chat_id
        )

    async def due(self, now: int, limit: int = 100) -> list[Chat]:
        """Chats whose scheduled case is due, longest due first."""
        return await self._chats(
            "WHERE next_due <= ? AND gone_at IS NULL ORDER BY next_due LIMIT ?", now, limit
        )

    async def digests_due(self, now: int, limit: int = 100) -> list[Chat]:
        """Chats whose weekly digest is due."""
        return await self._chats(
            "WHERE digest_due <= ? AND gone_at IS NULL ORDER BY digest_due LIMIT ?", now, limit
        )

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
            """
            WHERE q.closed_at IS NULL AND q.closes_at <= ? AND NOT EXISTS (
                SELECT 1 FROM outbox o
                WHERE o.post_id = q.post_id AND o.position = q.position AND o.state = 'owed'
            )
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
            (now, _HOUR_MS, limit),
        )
        return [(row["chat_id"], row["thread_id"]) for row in rows]

    async def is_telling(self, question: PutQuestion) -> bool:
        """Whether what is to be told of a question is still owed."""
        sql = """
            SELECT 1 FROM outbox WHERE state = 'owed' AND about_post = ? AND about_position = ?
        """
        return await self._database.row(sql, (question.post_id, question.position)) is not None

    async def last_put(self, chat_id: int, case_id: str) -> PutQuestion | None:
        """The latest question of a case in a chat."""
        found = await self._questions(
            "WHERE q.chat_id = ? AND p.case_id = ? ORDER BY q.put_at DESC LIMIT 1",
            chat_id,
            case_id,
        )
        return found[0] if found else None

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

    async def used_cases(self, chat_id: int) -> list[str]:
        """The cases a chat was given, oldest first."""
        rows = await self._database.rows(
            "SELECT case_id FROM posts WHERE chat_id = ? AND chat_id < 0 AND refused_at IS NULL"
            " ORDER BY posted_at, id",
            (chat_id,),
        )
        return [row["case_id"] for row in rows]

    async def open_question(self, chat_id: int) -> PutQuestion | None:
        """The latest question that a chat can still answer."""
        found = await self._questions(
            "WHERE q.chat_id = ? AND q.closed_at IS NULL ORDER BY q.put_at DESC LIMIT 1", chat_id
        )
        return found[0] if found else None

    async def asked_since(self, chat_id: int, person_id: int, since: int) -> int:
        """How many cases a member has asked for in a chat since a time."""
        row = await self._database.row(
            "SELECT count(*) FROM posts WHERE asked_by = ? AND chat_id = ? AND posted_at >= ?"
            " AND refused_at IS NULL",
            (person_id, chat_id, since),
        )
        return row[0] if row else 0

    async def post(self, post_id: int) -> Post | None:
        """A case that was given to a chat, private ones too."""
        sql = "SELECT case_id, thread_id, due_at FROM posts WHERE id = ?"
        row = await self._database.row(sql, (post_id,))
        return None if row is None else Post(*row)

    async def was_served(self, chat_id: int, due_at: int) -> bool:
        """Whether the case that a schedule wanted then was posted."""
        sql = "SELECT 1 FROM posts WHERE chat_id = ? AND due_at = ?"
        return await self._database.row(sql, (chat_id, due_at)) is not None

    async def leaderboard(
        self, chat_id: int, since: int, best: int, quorum: int
    ) -> list[LeaderboardEntry]:
        """The ``best`` so many of a chat by their points since a time, first to last.

        A question counts at its first asking since then, and to whom it was new: everybody else
        has read its explanation. What a member asked for counts from ``quorum`` answers on. Equal
        points go by fewer answers, then by id.
        """
        rows = await self._database.rows(
            """
            SELECT earned.person_id, n.name, points, answers
            FROM (
                SELECT a.person_id, sum(a.score) AS points, count(*) AS answers
                FROM (
                    SELECT min(q.post_id) AS post_id, q.position
                    FROM questions q JOIN posts p ON p.id = q.post_id
                    WHERE q.chat_id = ?1 AND q.closed_at >= ?2 AND (
                        SELECT count(*) FROM (
                            SELECT 1 FROM answers
                            WHERE post_id = q.post_id AND position = q.position LIMIT ?4
                        )
                    ) >= iif(p.by_member, ?4, 1)
                    GROUP BY p.case_id, q.position
                ) counted
                JOIN answers a
                    ON a.post_id = counted.post_id AND a.position = counted.position
                WHERE a.person_id IS NOT NULL AND a.first
                GROUP BY a.person_id
                ORDER BY points DESC, answers, a.person_id
                LIMIT ?3
            ) earned
            LEFT JOIN shown_names n ON n.chat_id = ?1 AND n.person_id = earned.person_id
            ORDER BY points DESC, answers, earned.person_id
            """,
            (chat_id, since, best, quorum),
        )
        return [LeaderboardEntry(*row) for row in rows]

    async def shown_names(self, chat_id: int) -> Mapping[int, str]:
        """The names of those who agreed to be named in a chat."""
        rows = await self._database.rows(
            "SELECT person_id, name FROM shown_names WHERE chat_id = ?", (chat_id,)
        )
        return {row["person_id"]: row["name"] for row in rows}

    async def daily(self, person_id: int) -> Daily | None:
        """A learner's own schedule."""
        row = await self._database.row("SELECT * FROM daily WHERE person_id = ?", (person_id,))
        return None if row is None else Daily(*row)

    async def daily_due(self, now: int, limit: int = 100) -> list[Daily]:
        """Learners whose daily case is due."""
        rows = await self._database.rows(
            "SELECT * FROM daily WHERE next_due <= ? ORDER BY next_due LIMIT ?", (now, limit)
        )
        return [Daily(*row) for row in rows]

    async def next_due(self, grace: int) -> int | None:
        """When the next thing of any kind is due; a closing ``grace`` ms after its time."""
        row = await self._database.row(
            """
            SELECT min(due) FROM (
                SELECT min(next_due) AS due FROM chats WHERE next_due IS NOT NULL
                UNION ALL SELECT min(digest_due) FROM chats WHERE digest_due IS NOT NULL
                UNION ALL SELECT min(q.closes_at) + ? FROM questions q
                    WHERE q.closed_at IS NULL AND NOT EXISTS (
                        SELECT 1 FROM outbox o WHERE o.post_id = q.post_id
                            AND o.position = q.position AND o.state = 'owed'
                    )
                UNION ALL SELECT min(q.tell_at)
                    FROM questions q JOIN chats c ON c.id = q.chat_id
                    WHERE q.tell_at IS NOT NULL AND c.gone_at IS NULL
                UNION ALL SELECT min(tally_due) FROM questions WHERE tally_due IS NOT NULL
                UNION ALL SELECT min(next_due) FROM daily WHERE next_due IS NOT NULL
            )
            """,
            (grace,),
        )
        return None if row is None else row[0]

    async def _chats(self, where: str, *values: object) -> list[Chat]:
        return [Chat(*row) for row in await self._database.rows(_CHAT + where, values)]

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
        },
        totals=None if totals is None else tuple(json.loads(totals)),
    )
