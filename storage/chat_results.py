"""How chats answered: reads over the questions put to them."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from storage.database import Database

_NEVER = (1 << 63) - 1


class QuestionResult(Struct, frozen=True):
    """A question as it was put to a chat, and how it was answered there so far.

    ``counts`` maps a choice's place in the question to its answers; an anonymous poll has
    ``totals`` of that kind instead, of ``voters`` people, and nobody's answers.
    """

    post_id: int
    position: int
    case_id: str
    snapshot: str
    closed_at: int | None
    totals: tuple[int, ...] | None
    voters: int
    right: int
    counts: Mapping[int, int]


class ChatCase(Struct, frozen=True):
    """A case that a chat was given, with the latest snapshot of it."""

    case_id: str
    snapshot: str


_RESULT = """
    SELECT q.post_id, q.position, p.case_id, s.content AS snapshot, q.closed_at, q.totals,
           coalesce(q.voters, (
               SELECT count(*) FROM answers a
               WHERE a.post_id = q.post_id AND a.position = q.position
           )) AS voters,
           (
               SELECT count(*) FROM answers a
               WHERE a.post_id = q.post_id AND a.position = q.position AND a.verdict = 'correct'
           ) AS right
    FROM questions q
    JOIN posts p ON p.id = q.post_id
    JOIN snapshots s ON s.digest = p.snapshot
    WHERE q.chat_id = :chat_id AND {which}
    ORDER BY q.put_at, q.post_id, q.position
"""
_COUNTS = """
    SELECT q.post_id, q.position, c.value AS choice, count(*) AS answers
    FROM questions q
    JOIN posts p ON p.id = q.post_id
    JOIN answers a ON a.post_id = q.post_id AND a.position = q.position
    JOIN json_each(a.choices) c
    WHERE q.chat_id = :chat_id AND {which}
    GROUP BY q.post_id, q.position, c.value
"""


class ChatResults:
    """Reads about how groups and channels answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def closed_since(self, chat_id: int, since: int) -> list[QuestionResult]:
        """A chat's questions that closed at ``since`` (UTC ms) or later, as they were put."""
        return await self._results("q.closed_at >= :since", chat_id, since=since)

    async def of_case(self, chat_id: int, case_id: str) -> list[QuestionResult]:
        """All questions of a case that a chat was ever asked."""
        return await self._results("p.case_id = :case_id", chat_id, case_id=case_id)

    async def voters_since(self, chat_id: int, since: int) -> int:
        """How many people answered the questions that closed at ``since`` or later."""
        return await self.voters_between(chat_id, since, _NEVER)

    async def voters_between(self, chat_id: int, since: int, until: int) -> int:
        """How many people answered the questions that closed from ``since`` until before ``until``.

        Those who were forgotten since count one for each answer.
        """
        row = await self._database.row(
            """
            SELECT count(DISTINCT coalesce(a.person_id, -a.id)) AS voters
            FROM questions q
            JOIN answers a ON a.post_id = q.post_id AND a.position = q.position
            WHERE q.chat_id = ? AND q.closed_at >= ? AND q.closed_at < ?
            """,
            (chat_id, since, until),
        )
        return 0 if row is None else int(row["voters"])

    async def latest_cases(self, chat_id: int, limit: int) -> list[ChatCase]:
        """The cases that a chat was given last, the latest first, each once."""
        rows = await self._database.rows(
            """
            SELECT p.case_id, s.content, max(p.id)
            FROM posts p JOIN snapshots s ON s.digest = p.snapshot
            WHERE p.chat_id = ? AND p.chat_id < 0 GROUP BY p.case_id ORDER BY max(p.id) DESC LIMIT ?
            """,
            (chat_id, limit),
        )
        return [ChatCase(row["case_id"], row["content"]) for row in rows]

    async def _results(self, which: str, chat_id: int, **values: Any) -> list[QuestionResult]:
        wanted = {"chat_id": chat_id, **values}
        counts: defaultdict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for row in await self._database.rows(_COUNTS.format(which=which), wanted):
            counts[row["post_id"], row["position"]][row["choice"]] = row["answers"]
        return [
            QuestionResult(
                row["post_id"],
                row["position"],
                row["case_id"],
                row["snapshot"],
                row["closed_at"],
                None if row["totals"] is None else tuple(json.loads(row["totals"])),
                row["voters"],
                row["right"],
                counts[row["post_id"], row["position"]],
            )
            for row in await self._database.rows(_RESULT.format(which=which), wanted)
        ]
