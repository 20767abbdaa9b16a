"""Messages in groups that name people: which, whom, and what their edit takes."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from storage.database import Database, Transaction
from storage.outcome import Quote

KEPT = 30  # messages of a chat, the newest, out of which a name can still be taken

_NAMES = """
    SELECT method GLOB 'edit*' AS edits, chat_id,
        coalesce(json_extract(params, '$.message_id'), :message_id) AS message_id,
        blotted OR EXISTS (SELECT 1 FROM quotes WHERE outbox_id = id) AS names
    FROM outbox
    WHERE id = :row_id AND chat_id < 0 AND method <> 'editMessageReplyMarkup'
"""
_KEEP = (
    """
    INSERT INTO naming_messages (chat_id, message_id, params, edit_due)
    SELECT :chat_id, :message_id, json_remove(
        CASE WHEN o.text IS NULL AND t.digest IS NULL THEN o.params
        ELSE json_set(o.params, '$.text', coalesce(t.content, '') || coalesce(o.text, '')) END,
        '$.message_id', '$.reply_parameters', '$.message_thread_id'), o.blotted
    FROM outbox o LEFT JOIN texts t ON t.digest = o.text_digest WHERE o.id = :row_id
    """,
    """
    INSERT INTO named_people
    SELECT :chat_id, :message_id, person_id, words FROM quotes WHERE outbox_id = :row_id
    """,
    """
    DELETE FROM naming_messages
    WHERE chat_id = :chat_id AND NOT edit_due AND message_id <= (
        SELECT message_id FROM naming_messages WHERE chat_id = :chat_id
        ORDER BY message_id DESC LIMIT 1 OFFSET :kept
    )
    """,
)
_DROP = "DELETE FROM naming_messages WHERE chat_id = :chat_id AND message_id = :message_id"


class NamingMessage(Struct, frozen=True):
    """A message that names people, ``quotes``; ``params`` are what an edit of it takes."""

    chat_id: int
    message_id: int
    params: Mapping[str, Any]
    quotes: tuple[Quote, ...]


async def keep_naming(transaction: Transaction, row_id: int, message_id: int | None) -> None:
    """A call was made: whom its message in a group names now, if anybody, is kept.

    Of a call in which a name was blotted out meanwhile, nobody knows which words were sent.
    """
    for row in await transaction.rows(_NAMES, {"row_id": row_id, "message_id": message_id}):
        if row["message_id"] is None:
            continue
        where = {"chat_id": row["chat_id"], "message_id": row["message_id"]}
        if row["edits"] or row["names"]:
            await transaction.execute(_DROP, where)
        if row["names"]:
            values = {**where, "row_id": row_id, "kept": KEPT}
            await transaction.write([(sql, [values]) for sql in _KEEP])


class Namings:
    """Reads about messages that name people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, limit: int = 100) -> list[NamingMessage]:
        """Those out of which somebody's name is to be taken, where the bot still is."""
        rows = await self._database.rows(
            """
            SELECT m.chat_id, m.message_id, m.params, (
                SELECT json_group_array(json_array(person_id, words)) FROM named_people n
                WHERE n.chat_id = m.chat_id AND n.message_id = m.message_id
            ) AS quotes
            FROM naming_messages m
            WHERE m.edit_due = 1
                AND NOT EXISTS (SELECT 1 FROM chats WHERE id = m.chat_id AND gone_at IS NOT NULL)
            LIMIT ?
            """,
            (limit,),
        )
        return [
            NamingMessage(
                row["chat_id"],
                row["message_id"],
                json.loads(row["params"]),
                tuple(Quote(*each) for each in json.loads(row["quotes"])),
            )
            for row in rows
        ]
