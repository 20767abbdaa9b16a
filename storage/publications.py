"""Cases that were published from the chat, and what is still to be done to their files."""

import json
import sqlite3
from collections.abc import Mapping

from msgspec import Struct

from storage.database import Database


class PublishedCase(Struct, frozen=True):
    """A case whose file was written here; times are UTC milliseconds.

    ``person_id`` is its author, None once erased; ``digest`` the SHA-256 of the file as it was
    written; ``path`` its name from the folder of cases.
    """

    id: int
    case_id: str
    person_id: int | None
    digest: str
    path: str
    published_at: int
    withdrawn_at: int | None


class Publication(Struct, frozen=True):
    """What an author wants done to a case's file: see ``PublicationAsked``.

    ``held_up``: it is done, but other files keep it from being used.
    """

    id: int
    case_id: str
    person_id: int
    draft_id: int | None
    content: str | None
    figures: Mapping[str, str]
    replaces: str | None
    asked_at: int
    held_up: bool


_CASE = """
    SELECT id, case_id, person_id, digest, path, published_at, withdrawn_at FROM published_cases
"""
_PUBLICATION = "SELECT * FROM publications"


class Publications:
    """Reads about both."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def case(self, case_id: str) -> PublishedCase | None:
        """The case of this id, if it was published here; it may be withdrawn."""
        row = await self._database.row(f"{_CASE} WHERE case_id = ?", (case_id,))
        return None if row is None else PublishedCase(*row)

    async def case_of(self, number: int, person_id: int) -> PublishedCase | None:
        """The case of this number, if this person published it."""
        row = await self._database.row(
            f"{_CASE} WHERE id = ? AND person_id = ?", (number, person_id)
        )
        return None if row is None else PublishedCase(*row)

    async def cases_of(self, person_id: int) -> list[PublishedCase]:
        """What this person published, withdrawn cases too, by case id."""
        rows = await self._database.rows(
            f"{_CASE} WHERE person_id = ? ORDER BY case_id", (person_id,)
        )
        return [PublishedCase(*row) for row in rows]

    async def taken_ids(self) -> frozenset[str]:
        """The ids of all cases that were ever published here, or are about to be."""
        rows = await self._database.rows(
            "SELECT case_id FROM published_cases UNION SELECT case_id FROM publications"
        )
        return frozenset(row["case_id"] for row in rows)

    async def of_case(self, case_id: str) -> Publication | None:
        """What is being done to a case's file, if anything is."""
        row = await self._database.row(f"{_PUBLICATION} WHERE case_id = ?", (case_id,))
        return None if row is None else _publication(row)

    async def of_draft(self, draft_id: int, person_id: int) -> Publication | None:
        """What is being done with a draft of this person, as it was when they published it."""
        row = await self._database.row(
            f"{_PUBLICATION} WHERE draft_id = ? AND person_id = ?", (draft_id, person_id)
        )
        return None if row is None else _publication(row)

    async def owed(self, limit: int) -> list[Publication]:
        """Files that are to be written or taken away, who asked first being first."""
        rows = await self._database.rows(
            f"{_PUBLICATION} WHERE state = 'owed' ORDER BY id LIMIT ?", (limit,)
        )
        return [_publication(row) for row in rows]

    async def is_news(self) -> bool:
        """Whether any was written, and its author has not heard what came of it."""
        sql = "SELECT 1 FROM publications WHERE state = 'written' LIMIT 1"
        return await self._database.row(sql) is not None

    async def written(self) -> list[Publication]:
        """Those whose authors are to hear that they are in use."""
        rows = await self._database.rows(
            f"{_PUBLICATION} WHERE state IN ('written', 'held up') ORDER BY id"
        )
        return [_publication(row) for row in rows]


def _publication(row: sqlite3.Row) -> Publication:
    known = dict(row)
    figures, state = dict(json.loads(known.pop("figures"))), known.pop("state")
    return Publication(**known, figures=figures, held_up=state == "held up")
