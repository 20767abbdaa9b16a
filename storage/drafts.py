"""Cases that authors are writing, and which of their messages gave what to them."""

import sqlite3
from typing import Final

from msgspec import Struct

from storage.database import Database, Transaction
from storage.outcome import DraftShown, OwedCall
from storage.time_units import DAY_MS

IDLE_DRAFT_MS: Final = 90 * DAY_MS
"""After so long without a change a draft goes: ms."""
DRAFT_WARNING_MS: Final = 7 * DAY_MS
"""So long before that its author is told: ms."""


class KeptDraft(Struct, frozen=True):
    """A draft as it is kept; times are UTC milliseconds.

    ``page_id`` is the message in its author's chat that shows it, if there is one. ``page_owed``:
    another is on its way, or was taken but is not on record yet, and will be in its place.
    """

    id: int
    person_id: int
    document: str
    made_at: int
    changed_at: int
    warned_at: int | None
    page_id: int | None
    page_owed: bool


class DraftMessage(Struct, frozen=True):
    """A message that gave something to a draft; ``told``: that it is gone was said."""

    draft_id: int
    told: bool


_DRAFT = """
    SELECT id, person_id, document, made_at, changed_at, warned_at,
           (SELECT max(message_id) FROM draft_shown s WHERE s.draft_id = drafts.id AND s.page)
               AS page_id,
           EXISTS (SELECT 1 FROM outbox
                   WHERE edit_key = printf('draft:%d', drafts.id) AND state = 'owed') AS page_owed
    FROM drafts
"""
# A page that another one was to replace while it was on its way; else those before it.
_OUT_OF_DATE = """
    DELETE FROM draft_shown
    WHERE draft_id = :draft_id AND page
        AND (message_id = :message_id) <> EXISTS (SELECT 1 FROM outbox WHERE id = :row_id)
    RETURNING message_id, (SELECT person_id FROM drafts WHERE id = draft_id) AS person_id
"""
_SHOWN = """
    INSERT OR REPLACE INTO draft_shown (message_id, page, draft_id)
    SELECT :message_id, :page, id FROM drafts WHERE id = :draft_id
"""


def page_key(draft_id: int) -> str:
    """The ``edit_key`` that all pages of a draft share: of those not yet sent the last one goes."""
    return f"draft:{draft_id}"


async def keep_shown(
    transaction: Transaction, shown: DraftShown, row_id: int, message_id: int
) -> tuple[OwedCall, ...]:
    """An author has a message that shows a draft, by this row of the outbox.

    Of pages the one that became owed last is left: gives what takes the others away.
    """
    where = {"draft_id": shown.draft_id, "message_id": message_id}
    await transaction.execute(_SHOWN, {**where, "page": shown.page})
    if not shown.page:
        return ()
    stale = await transaction.rows(_OUT_OF_DATE, {**where, "row_id": row_id})
    return tuple(
        OwedCall(person_id, "deleteMessages", {"message_ids": [stale_id]})
        for stale_id, person_id in stale
    )


class Drafts:
    """Reads about drafts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, draft_id: int, person_id: int) -> KeptDraft | None:
        """A draft of this person; None where there is none, or it is somebody else's."""
        row = await self._database.row(
            f"{_DRAFT} WHERE id = ? AND person_id = ?", (draft_id, person_id)
        )
        return None if row is None else _kept(row)

    async def of(self, person_id: int) -> list[KeptDraft]:
        """A person's drafts, the one changed last first."""
        rows = await self._database.rows(
            f"{_DRAFT} WHERE person_id = ? ORDER BY changed_at DESC, id DESC", (person_id,)
        )
        return [_kept(row) for row in rows]

    async def message(self, person_id: int, message_id: int) -> DraftMessage | None:
        """What a message of a person's gave something to, if it did."""
        row = await self._database.row(
            "SELECT draft_id, told FROM draft_messages WHERE person_id = ? AND message_id = ?",
            (person_id, message_id),
        )
        return None if row is None else DraftMessage(row["draft_id"], bool(row["told"]))

    async def shown_in(self, person_id: int, message_id: int) -> int | None:
        """The draft whose page stands in this message of a person's chat, if one does."""
        row = await self._database.row(
            """
            SELECT draft_id FROM draft_shown
            WHERE message_id = ? AND page
                AND draft_id IN (SELECT id FROM drafts WHERE person_id = ?)
            """,
            (message_id, person_id),
        )
        return None if row is None else int(row["draft_id"])

    async def picture_bytes(self, person_id: int) -> int:
        """How many bytes the pictures in a person's drafts have together."""
        row = await self._database.row(
            """
            SELECT coalesce(sum(length(p.content)), 0) AS bytes
            FROM draft_pictures p JOIN drafts d ON d.id = p.draft_id WHERE d.person_id = ?
            """,
            (person_id,),
        )
        return 0 if row is None else int(row["bytes"])

    async def previews(self, draft_id: int) -> list[int]:
        """The messages that show a draft as a case."""
        rows = await self._database.rows(
            """
            SELECT message_id FROM draft_shown WHERE draft_id = ? AND NOT page ORDER BY message_id
            """,
            (draft_id,),
        )
        return [row["message_id"] for row in rows]

    async def to_warn(self, now: int, limit: int) -> list[KeptDraft]:
        """Drafts that go in a week, whose authors have not been told, the oldest first."""
        rows = await self._database.rows(
            f"{_DRAFT} WHERE warned_at IS NULL AND changed_at <= ? ORDER BY changed_at LIMIT ?",
            (now - IDLE_DRAFT_MS + DRAFT_WARNING_MS, limit),
        )
        return [_kept(row) for row in rows]

    async def to_end(self, now: int, limit: int) -> list[KeptDraft]:
        """Drafts whose time is over, a week after their authors were told, the first first."""
        rows = await self._database.rows(
            f"{_DRAFT} WHERE warned_at <= ? AND changed_at <= ? ORDER BY warned_at LIMIT ?",
            (now - DRAFT_WARNING_MS, now - IDLE_DRAFT_MS, limit),
        )
        return [_kept(row) for row in rows]


def _kept(row: sqlite3.Row) -> KeptDraft:
    fields = {**row, "page_owed": bool(row["page_owed"])}
    return KeptDraft(**fields)
