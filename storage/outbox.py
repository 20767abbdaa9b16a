"""What is owed to Telegram: read by the sender, settled as results come in."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from storage.database import Database
from storage.outcome import About, CardShown, DraftShown, Phone, PollIntent
from storage.owing import AFTERWARDS, CARD, DRAFT, PANEL, PHONE, Owing
from storage.settlements import Settlement, settle


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
    phone: Phone | None = None
    draft: DraftShown | None = None
    card: CardShown | None = None


_OWED = f"""
    SELECT o.*,
           CASE WHEN t.digest IS NULL THEN o.text ELSE t.content || coalesce(o.text, '') END
               AS words,
           coalesce(p.message_id, c.message_id, r.panel_message) AS stands_in
    FROM outbox o LEFT JOIN texts t ON t.digest = o.text_digest
    LEFT JOIN live_people p ON p.round_id = json_extract(o.params, '$."{PHONE}".round_id')
        AND p.person_id = o.chat_id
        AND p.message_position = json_extract(o.params, '$."{PHONE}".position')
    LEFT JOIN item_card_messages c ON o.edit_key IS NOT NULL
        AND c.card_id = json_extract(o.params, '$."{CARD}"') AND c.person_id = o.chat_id
    LEFT JOIN live_rounds r ON o.edit_key IS NOT NULL
        AND r.id = json_extract(o.params, '$."{PANEL}"') AND r.presenter = o.chat_id
    WHERE o.state = 'owed' AND o.id IN (SELECT value FROM json_each(?)) ORDER BY o.id
"""  # noqa: S608 - named in storage.owing
_ATTEMPT = """
    INSERT INTO poll_attempts (outbox_id, post_id, position, chat_id, fingerprint, begun_at)
    SELECT id, post_id, position, chat_id, fingerprint, ? FROM outbox
    WHERE state = 'owed' AND id IN (SELECT value FROM json_each(?)) AND fingerprint IS NOT NULL
"""

_GONE = """
    UPDATE live_people SET message_id = NULL, message_position = NULL
    WHERE (round_id, person_id, message_position) = (:round_id, :person_id, :position)
"""


class Outbox:
    """The table of owed calls."""

    def __init__(self, database: Database, owing: Owing) -> None:
        self._database = database
        self._owing = owing

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
        return [_owed(row) for row in rows]

    async def still_owes(self, row: OwedRow) -> bool:
        """Whether this call is owed as it stands: nobody in it has been erased since, nor any edit
        become owed that is newer.
        """
        rows = await self._database.rows(_OWED, (json.dumps([row.id]),))
        return [_owed(each) for each in rows] == [row]

    async def has_no_message(self, phone: Phone) -> None:
        """The message of this question is not there any more. Raises StorageError."""
        async with self._database.transaction() as transaction:
            await transaction.execute(_GONE, asdict(phone))

    async def settle(self, settlements: Sequence[Settlement]) -> None:
        """Record results, all in one transaction. Raises StorageError."""
        async with self._database.transaction() as transaction:
            await settle(transaction, settlements, self._owing)


def _owed(row: sqlite3.Row) -> OwedRow:
    params: dict[str, Any] = json.loads(row["params"])
    kept = {name: params.pop(name, None) for name in (AFTERWARDS, CARD, DRAFT, PANEL, PHONE)}
    if row["words"] is not None:
        params = {"text": row["words"], **params}
    method = row["method"]
    if row["stands_in"] is not None:
        method, params = "editMessageText", {**params, "message_id": row["stands_in"]}
    return OwedRow(
        row["id"],
        row["chat_id"],
        method,
        params,
        None
        if row["post_id"] is None
        else PollIntent(row["post_id"], row["position"], row["fingerprint"]),
        row["owed_at"],
        row["attempts"],
        bool(row["broadcast"]),
        None if row["about_post"] is None else About(row["about_post"], row["about_position"]),
        None if kept[PHONE] is None else Phone(**kept[PHONE]),
        None if kept[DRAFT] is None else DraftShown(**kept[DRAFT]),
        None if kept[CARD] is None else CardShown(kept[CARD], row["chat_id"]),
    )
