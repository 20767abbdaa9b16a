"""What is owed to Telegram: read by the courier, settled as results come in."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from storage.chat_facts import ChatMoved
from storage.database import Database, Transaction
from storage.outcome import About, PollIntent
from storage.parameters import parameters


class Waiting(Struct, frozen=True):
    """A row's place in the queues: enough to order it, too little to send it."""

    id: int
    chat_id: int
    broadcast: bool


class Backlog(Struct, frozen=True):
    """How many calls are owed, and since when (UTC milliseconds) the oldest is."""

    calls: int
    oldest_at: int | None


class OwedRow(Struct, frozen=True):
    """One call to make; ``params`` name the message it replies to, where that one was sent."""

    id: int
    chat_id: int
    method: str
    params: Mapping[str, Any]
    poll: PollIntent | None
    owed_at: int
    attempts: int
    broadcast: bool
    about: About | None = None


class SentPoll(Struct, frozen=True):
    """What Telegram made of a sendPoll."""

    poll_id: str
    sent_at: int


class Sent(Struct, frozen=True):
    """Done: ``message_id`` is the (first) message's, where the method makes messages.

    ``sent_at`` is when Telegram said so; a question put to a chat is open from then on.
    ``file_ids`` maps the SHA-256 of each figure that was uploaded to Telegram's name for it.
    ``about``: the question of a group or channel that this belongs to.
    """

    row_id: int
    message_id: int | None = None
    poll: SentPoll | None = None
    file_ids: Mapping[str, str] | None = None
    sent_at: int | None = None
    about: About | None = None


class Refused(Struct, frozen=True):
    """It will not be tried again; ``error`` says why, in Telegram's own words where it spoke.

    ``done_perhaps``: nobody can know that it was not done. ``goes_on``: what belongs with it is
    sent all the same. ``try_at`` (ms): people can undo what kept it from being sent, and what was
    to be told of a closed question is told anew then.
    """

    row_id: int
    error: str
    done_perhaps: bool = False
    goes_on: bool = False
    try_at: int | None = None


class Postponed(Struct, frozen=True):
    """Not done, to be tried again. ``done_perhaps``: nobody can know that it was not done."""

    row_id: int
    done_perhaps: bool


class Moved(Struct, frozen=True):
    """The chat has a new id; the row, not sent, and the chat's others go there."""

    row_id: int
    chat_id: int
    new_chat_id: int


Settlement = Sent | Refused | Postponed | Moved

_OWED = """
    SELECT o.*,
           CASE WHEN t.digest IS NULL THEN o.text ELSE t.content || coalesce(o.text, '') END
               AS words
    FROM outbox o LEFT JOIN texts t ON t.digest = o.text_digest
    WHERE o.state = 'owed' AND o.id IN (SELECT value FROM json_each(?)) ORDER BY o.id
"""
_ATTEMPT = """
    INSERT INTO poll_attempts (outbox_id, post_id, position, chat_id, fingerprint, begun_at)
    SELECT id, post_id, position, chat_id, fingerprint, ? FROM outbox
    WHERE state = 'owed' AND id IN (SELECT value FROM json_each(?)) AND fingerprint IS NOT NULL
"""


_UNTOLD = """
    UPDATE questions SET tell_at = :try_at, untold_since = coalesce(
        untold_since, (SELECT owed_at FROM outbox WHERE id = :row_id))
    WHERE closed_at IS NOT NULL AND (post_id, position) =
        (SELECT about_post, about_position FROM outbox WHERE id = :row_id)
"""
_DROP_REST = """
    DELETE FROM outbox
    WHERE state = 'owed' AND id > :row_id AND (chat_id, about_post, about_position) =
        (SELECT chat_id, about_post, about_position FROM outbox WHERE id = :row_id)
"""
# All that was to be told of the question has been: with it, what else was untold there.
_TOLD = """
    UPDATE questions SET untold_since = NULL, tell_at = NULL
    WHERE tell_at IS NOT NULL AND (post_id, position) <= (:post_id, :position)
        AND (chat_id, (SELECT thread_id FROM posts p WHERE p.id = questions.post_id)) IS
            (SELECT q.chat_id, p.thread_id FROM questions q JOIN posts p ON p.id = q.post_id
             WHERE q.post_id = :post_id AND q.position = :position AND q.tell_at IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'owed'
            AND about_post = :post_id AND about_position = :position)
"""
# What was to be said goes, and to whom, where that is a person: nobody looks for it again.
_REFUSE = (
    "DELETE FROM quotes WHERE outbox_id = :row_id",
    """
    UPDATE outbox SET state = 'refused', chat_id = min(chat_id, 0), params = '{}', text = NULL,
        text_digest = NULL, edit_key = NULL, error = :error
    WHERE id = :row_id
    """,
)


class Outbox:
    """The table of owed calls."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, after: int) -> list[Waiting]:
        """The owed rows with an id above ``after``, in order."""
        rows = await self._database.rows(
            "SELECT id, chat_id, broadcast FROM outbox WHERE state = 'owed' AND id > ? ORDER BY id",
            (after,),
        )
        return [Waiting(row["id"], row["chat_id"], bool(row["broadcast"])) for row in rows]

    async def backlog(self) -> Backlog:
        """How much is owed now."""
        row = await self._database.row(
            "SELECT count(*) AS calls, min(owed_at) AS oldest FROM outbox WHERE state = 'owed'"
        )
        return Backlog(row["calls"], row["oldest"]) if row else Backlog(0, None)

    async def waited_for(self, chat_id: int) -> int:
        """How many calls are owed to a chat that people wait for: without broadcasts."""
        row = await self._database.row(
            """
            SELECT count(*) AS calls FROM outbox
            WHERE chat_id = ? AND state = 'owed' AND NOT broadcast
            """,
            (chat_id,),
        )
        return row["calls"] if row else 0

    async def begin(self, row_ids: Sequence[int], now: int) -> list[OwedRow]:
        """The rows in full, with each poll's attempt on record before it is made.

        Rows that are no longer owed (replaced by a newer edit, or their person forgotten) are
        left out. Raises StorageError.
        """
        ids = json.dumps(row_ids)
        rows = await self._database.rows(_OWED, (ids,))
        if any(row["fingerprint"] is not None for row in rows):
            async with self._database.transaction() as transaction:
                # Once more: a row that has gone since must not be sent without its attempt.
                rows = await transaction.rows(_OWED, (ids,))
                await transaction.execute(_ATTEMPT, (now, ids))
        return [
            OwedRow(
                row["id"],
                row["chat_id"],
                row["method"],
                _params(row["params"], row["words"]),
                None
                if row["post_id"] is None
                else PollIntent(row["post_id"], row["position"], row["fingerprint"]),
                row["owed_at"],
                row["attempts"],
                bool(row["broadcast"]),
                None
                if row["about_post"] is None
                else About(row["about_post"], row["about_position"]),
            )
            for row in rows
        ]

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        """Record results, all in one transaction. Raises StorageError."""
        async with self._database.transaction() as transaction:
            for settlement in settlements:
                match settlement:
                    case Sent():
                        await _sent(transaction, settlement)
                    case Refused():
                        await _refused(transaction, settlement)
                    case Postponed(row_id, done_perhaps):
                        if not done_perhaps:
                            await _not_sent(transaction, row_id)
                        await transaction.execute(
                            "UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", (row_id,)
                        )
                    case Moved(row_id, chat_id, new_chat_id):
                        await _not_sent(transaction, row_id)
                        await _moved(transaction, chat_id, new_chat_id)

    async def owed_count(self) -> int:
        """How many calls are still owed."""
        row = await self._database.row("SELECT count(*) AS n FROM outbox WHERE state = 'owed'")
        return row["n"] if row else 0


def _params(document: str, text: str | None) -> Mapping[str, Any]:
    params: dict[str, Any] = json.loads(document)
    return params if text is None else {"text": text, **params}


async def _sent(transaction: Transaction, sent: Sent) -> None:
    if sent.message_id is not None:
        await transaction.execute(
            """
            UPDATE outbox SET reply_to = NULL, params = json_set(
                params, '$.reply_parameters',
                json_object('message_id', ?, 'allow_sending_without_reply', json('true')))
            WHERE reply_to = ?
            """,
            (sent.message_id, sent.row_id),
        )
        await transaction.execute(
            """
            UPDATE questions SET message_id = :message_id, sent_at = :sent_at,
                closes_at = closes_at - put_at + coalesce(:sent_at, put_at)
            WHERE (post_id, position) = (SELECT post_id, position FROM outbox WHERE id = :row_id)
                AND sent_at IS NULL
            """,
            {"message_id": sent.message_id, "sent_at": sent.sent_at, "row_id": sent.row_id},
        )
    if sent.poll is not None:
        # A `poll` update may have matched this poll with an earlier, unanswered attempt.
        await transaction.execute(
            "UPDATE poll_attempts SET poll_id = NULL, totals = NULL, voters = NULL"
            " WHERE poll_id = ?",
            (sent.poll.poll_id,),
        )
        await transaction.execute(
            """
            UPDATE poll_attempts SET poll_id = ?, message_id = ?, sent_at = ?
            WHERE id = (SELECT max(id) FROM poll_attempts WHERE outbox_id = ? AND poll_id IS NULL)
            """,
            (sent.poll.poll_id, sent.message_id, sent.poll.sent_at, sent.row_id),
        )
        await transaction.execute(
            "DELETE FROM unknown_polls WHERE poll_id = ?", (sent.poll.poll_id,)
        )
    for sha256, file_id in (sent.file_ids or {}).items():
        await transaction.execute(
            "UPDATE figures SET file_id = ? WHERE sha256 = ?", (file_id, sha256)
        )
    await transaction.execute("DELETE FROM outbox WHERE id = ?", (sent.row_id,))
    if sent.about is not None:
        about = {"post_id": sent.about.post_id, "position": sent.about.position}
        await transaction.execute(_TOLD, about)


async def _refused(transaction: Transaction, refused: Refused) -> None:
    row_id = refused.row_id
    if not refused.done_perhaps:
        await _not_sent(transaction, row_id)
        if not refused.goes_on:
            await transaction.execute(_DROP_REST, {"row_id": row_id})
    if refused.try_at is not None:
        await transaction.execute(_UNTOLD, {"row_id": row_id, "try_at": refused.try_at})
    for sql in _REFUSE:
        await transaction.execute(sql, {"error": refused.error, "row_id": row_id})


async def _not_sent(transaction: Transaction, row_id: int) -> None:
    """Telegram said no: the latest attempt made no poll."""
    await transaction.execute(
        """
        DELETE FROM poll_attempts
        WHERE id = (SELECT max(id) FROM poll_attempts WHERE outbox_id = ? AND poll_id IS NULL)
        """,
        (row_id,),
    )


async def _moved(transaction: Transaction, chat_id: int, new_chat_id: int) -> None:
    moved = ChatMoved(chat_id, new_chat_id)
    for statement in moved.STATEMENTS:
        await transaction.execute(statement, parameters(moved))
