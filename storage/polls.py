"""Polls: which question each puts, who has answered, and the votes that wait for their poll."""

import json

from msgspec import Struct

from storage.database import Database
from storage.marks import forgotten
from storage.tallying import Tallies


class Question(Struct, frozen=True):
    """A question as it was posted: ``position`` counts from 0 within the case of ``snapshot``.

    ``post_id`` and ``chat_id`` are None where the poll could be one of several.
    """

    post_id: int | None
    chat_id: int | None
    position: int
    snapshot: str


class KnownPoll(Struct, frozen=True):
    """A poll whose question is known. ``message_id`` and ``sent_at`` may have been lost.

    ``outlived_at``: when its question closed, of which it is another copy, as a kill leaves them;
    people may still be able to vote in it.
    """

    question: Question
    message_id: int | None
    sent_at: int | None
    outlived_at: int | None = None


class Attempt(Struct, frozen=True):
    """A sendPoll whose result never came; ``outlived_at`` as of a poll."""

    id: int
    outbox_id: int
    question: Question
    outlived_at: int | None = None


class ParkedAnswer(Struct, frozen=True):
    """A vote whose poll was not known when it came."""

    update_id: int
    poll_id: str
    person_id: int
    language_code: str | None
    option_ids: tuple[int, ...]
    received_at: int
    fresh: bool
    told: bool


OUTLIVED = """
    (SELECT q.closed_at FROM questions q WHERE q.post_id = a.post_id AND q.position = a.position
        AND q.message_id <> coalesce(a.message_id, 0)) AS outlived_at
"""
"""SQL: when the question closed of which the attempt ``a`` made another copy."""
_KNOWN_POLL = """
    SELECT a.post_id, a.chat_id, a.position, s.content, a.message_id, a.sent_at, {outlived}
    FROM poll_attempts a
    JOIN posts p ON p.id = a.post_id
    JOIN snapshots s ON s.digest = p.snapshot
    WHERE a.poll_id = ?
"""
_KNOWN = _KNOWN_POLL.format(outlived=OUTLIVED)
_ATTEMPT = """
    SELECT a.id, a.outbox_id, a.post_id, a.chat_id, a.position, s.content, {outlived}
    FROM poll_attempts a
    JOIN posts p ON p.id = a.post_id
    JOIN snapshots s ON s.digest = p.snapshot
    WHERE a.fingerprint = ? AND a.poll_id IS NULL
    ORDER BY a.id
"""
_ATTEMPTS = _ATTEMPT.format(outlived=OUTLIVED)


# A vote is parked that may be for the question of the attempt ``a``, which has another attempt
# without a known result, as after a crash.
_EARLIER_WAITS = """
    EXISTS (
        SELECT 1 FROM parked_answers e
        JOIN poll_attempts lost ON lost.fingerprint = a.fingerprint AND lost.poll_id IS NULL
            AND lost.post_id = a.post_id AND lost.position = a.position
        LEFT JOIN unknown_polls u ON u.poll_id = e.poll_id
        WHERE {earlier} AND e.poll_id <> a.poll_id
            AND coalesce(u.fingerprint, a.fingerprint) = a.fingerprint
    )
"""
_IS = "SELECT {so}"
_IS_OF_POLL = "SELECT {so} FROM poll_attempts a WHERE a.poll_id = ?4"


def earlier_waits(earlier: str) -> str:
    """A condition: a vote is parked that may be for the question of the attempt ``a``.

    ``earlier`` is a condition on that vote, ``e``.
    """
    return _EARLIER_WAITS.format(earlier=earlier)


_FORGOTTEN = _IS.format(so=forgotten("?1", "?2", "?3"))
_WAITS = _IS_OF_POLL.format(
    so=earlier_waits("e.person_id = ?1 AND (e.received_at, e.update_id) < (?2, ?3)")
)


class Polls:
    """Reads about polls and answers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def has_posts(self) -> bool:
        """Whether any case was ever posted."""
        row = await self._database.row("SELECT min(id) AS first FROM posts")
        return row is not None and row["first"] is not None

    async def known(self, poll_id: str) -> KnownPoll | None:
        """The poll, or None where no finished send explains it (yet)."""
        row = await self._database.row(_KNOWN, (poll_id,))
        if row is None:
            return None
        question = Question(row["post_id"], row["chat_id"], row["position"], row["content"])
        return KnownPoll(question, row["message_id"], row["sent_at"], row["outlived_at"])

    async def is_known(self, poll_id: str) -> bool:
        """Whether a finished send explains the poll."""
        sql = "SELECT 1 FROM poll_attempts WHERE poll_id = ?"
        return await self._database.row(sql, (poll_id,)) is not None

    async def unanswered_attempts(self, fingerprint: str) -> list[Attempt]:
        """The attempts without a known result whose question, options and key match."""
        rows = await self._database.rows(_ATTEMPTS, (fingerprint,))
        return [
            Attempt(
                row["id"],
                row["outbox_id"],
                Question(row["post_id"], row["chat_id"], row["position"], row["content"]),
                row["outlived_at"],
            )
            for row in rows
        ]

    async def open_copies(self, post_id: int, position: int) -> list[int]:
        """The messages in which polls of a question stand that are not known to be closed."""
        rows = await self._database.rows(
            """
            SELECT message_id FROM poll_attempts
            WHERE post_id = ? AND position = ? AND message_id IS NOT NULL AND closed_at IS NULL
            ORDER BY message_id
            """,
            (post_id, position),
        )
        return [row["message_id"] for row in rows]

    async def fingerprint(self, poll_id: str) -> str | None:
        """What Telegram told of an unknown poll, if it did."""
        row = await self._database.row(
            "SELECT fingerprint FROM unknown_polls WHERE poll_id = ?", (poll_id,)
        )
        return None if row is None else str(row["fingerprint"])

    async def parked(self) -> list[ParkedAnswer]:
        """The votes that wait for their poll, oldest first."""
        rows = await self._database.rows(
            "SELECT * FROM parked_answers ORDER BY received_at, update_id"
        )
        return [
            ParkedAnswer(
                row["update_id"],
                row["poll_id"],
                row["person_id"],
                row["language_code"],
                tuple(json.loads(row["option_ids"])),
                row["received_at"],
                bool(row["fresh"]),
                row["told_at"] is not None,
            )
            for row in rows
        ]

    async def is_parked(self, update_id: int) -> bool:
        """Whether the vote of this update still waits for its poll."""
        sql = "SELECT 1 FROM parked_answers WHERE update_id = ?"
        return await self._database.row(sql, (update_id,)) is not None

    async def has_answered(self, person_id: int, post_id: int, position: int) -> bool:
        """Whether the person's answer to this question of this post is recorded."""
        row = await self._database.row(
            "SELECT 1 FROM answers WHERE person_id = ? AND post_id = ? AND position = ?",
            (person_id, post_id, position),
        )
        return row is not None

    async def was_forgotten(self, person_id: int, post_id: int, position: int) -> bool:
        """Whether they answered it before they were forgotten: that answer counts, without them."""
        row = await self._database.row(_FORGOTTEN, (person_id, post_id, position))
        return row is not None and bool(row[0])

    async def draft(self, person_id: int, post_id: int, position: int) -> tuple[int, ...]:
        """The choices that the person has marked there and not submitted."""
        row = await self._database.row(
            "SELECT choices FROM draft_answers"
            " WHERE post_id = ? AND position = ? AND person_id = ?",
            (post_id, position, person_id),
        )
        return () if row is None else tuple(json.loads(row["choices"]))

    async def waits_for_earlier(self, parked: ParkedAnswer) -> bool:
        """Whether an earlier vote of the same person waits that may be for the same question."""
        vote = (parked.person_id, parked.received_at, parked.update_id, parked.poll_id)
        row = await self._database.row(_WAITS, vote)
        return row is not None and bool(row[0])

    async def has_answered_anywhere(self, person_id: int, revision: str) -> bool:
        """Whether the person has answered this wording of the question, in any chat."""
        row = await self._database.row(
            "SELECT 1 FROM answers WHERE person_id = ? AND revision = ?", (person_id, revision)
        )
        return row is not None

    async def tally(self, revision: str) -> Tallies:
        """How first answers to this wording fell so far."""
        rows = await self._database.rows(
            "SELECT choice, answers, shown FROM tallies WHERE revision = ?", (revision,)
        )
        return Tallies.of(rows)
