"""Reads about the cards on which administrators decide on items."""

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from storage.database import Database

OPEN = "open"
KEPT = "kept"
RETIRED = "retired"
BROUGHT_BACK = "brought_back"


class ItemCard(Struct, frozen=True):
    """An item's card; ``content`` is the snapshot in which the item stands at ``position``.

    ``decided_by`` and its name are None where nobody decided, or who did is forgotten.
    """

    id: int
    case_id: str
    question_id: str
    revision: str
    position: int
    reasons: Sequence[str]
    numbers: str
    answers: int
    opened_at: int
    state: str
    why: str | None
    decided_by: int | None
    decided_by_name: str | None
    decided_at: int | None
    content: str

    @property
    def stands(self) -> bool:
        """Whether it is open, or keeps the item out of use: no other is opened meanwhile."""
        return self.state in {OPEN, RETIRED}


class FlaggedItem(Struct, frozen=True):
    """An item with open flags of two people at least; ``content`` is the snapshot of one."""

    case_id: str
    question_id: str
    revision: str
    position: int
    content: str


class FlagOfItem(Struct, frozen=True):
    """A flag on an item, of somebody who is not forgotten."""

    id: int
    person_id: int
    reason: str
    words: str | None
    closed_at: int | None


_CARD = """
    SELECT c.id, c.case_id, c.question_id, c.revision, c.position, c.reasons, c.numbers, c.answers,
           c.opened_at, c.state, c.why, c.decided_by, c.decided_by_name, c.decided_at, s.content
    FROM item_cards c JOIN snapshots s ON s.digest = c.snapshot
"""


def card_key(card_id: int, person_id: int) -> str:
    """The ``edit_key`` of all that brings somebody's card up to date."""
    return f"card:{card_id:x}:{person_id}"


class ItemCards:
    """Reads about items' cards."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, card_id: int) -> ItemCard | None:
        """A card, whatever its state."""
        (*found,) = await self._cards("WHERE c.id = ?", (card_id,))
        return found[0] if found else None

    async def of_item(self, case_id: str, revision: str) -> list[ItemCard]:
        """All cards of an item, the oldest first."""
        return await self._cards(
            "WHERE c.revision = ? AND c.case_id = ? ORDER BY c.id", (revision, case_id)
        )

    async def retired_in(self, case_id: str) -> list[ItemCard]:
        """The cards by which revisions of a case's questions are retired."""
        return await self._cards(
            "WHERE c.case_id = ? AND c.state = 'retired' ORDER BY c.id", (case_id,)
        )

    async def to_compare(self) -> list[ItemCard]:
        """Those decided on whose item was not shown beside what came after it."""
        return await self._cards("WHERE c.state <> 'open' AND c.compared_at IS NULL ORDER BY c.id")

    async def retired(self) -> frozenset[tuple[str, str]]:
        """The revisions that are retired, each after the id of its case."""
        rows = await self._database.rows(
            "SELECT case_id, revision FROM item_cards WHERE state = 'retired'"
        )
        return frozenset((row["case_id"], row["revision"]) for row in rows)

    async def flags(self, case_id: str, revision: str) -> list[FlagOfItem]:
        """The flags on an item, the oldest first."""
        rows = await self._database.rows(
            """
            SELECT id, person_id, reason, words, closed_at FROM flags
            WHERE revision = ? AND case_id = ? AND person_id IS NOT NULL ORDER BY flagged_at, id
            """,
            (revision, case_id),
        )
        return [FlagOfItem(*row) for row in rows]

    async def flagged_by_two(self, limit: int) -> list[FlaggedItem]:
        """Items with open flags of two people and no card that stands."""
        rows = await self._database.rows(
            """
            SELECT f.case_id, f.question_id, f.revision, f.position, s.content
            FROM (
                SELECT max(id) AS id FROM flags
                WHERE closed_at IS NULL AND revision IS NOT NULL AND person_id IS NOT NULL
                    AND NOT EXISTS (
                        SELECT 1 FROM item_cards c
                        WHERE c.revision = flags.revision AND c.case_id = flags.case_id
                            AND c.state IN ('open', 'retired'))
                GROUP BY case_id, revision HAVING count(DISTINCT person_id) > 1 LIMIT ?
            ) two
            JOIN flags f ON f.id = two.id
            JOIN snapshots s ON s.digest = f.snapshot
            """,
            (limit,),
        )
        return [FlaggedItem(*row) for row in rows]

    async def answered(self, times: int) -> bool:
        """Whether there are so many answers at all (1 or more): without, nothing can alarm."""
        sql = "SELECT 1 FROM answers LIMIT 1 OFFSET ?"
        return await self._database.row(sql, (times - 1,)) is not None

    async def _cards(self, which: str, values: Sequence[object] = ()) -> list[ItemCard]:
        rows = await self._database.rows(f"{_CARD} {which}", values)
        return [_card(tuple(row)) for row in rows]


def _card(row: Sequence[Any]) -> ItemCard:
    values = list(row)
    values[5] = json.loads(values[5])
    return ItemCard(*values)
