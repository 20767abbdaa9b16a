"""Figures by content: their bytes, and Telegram's name for them once uploaded."""

import json
from collections.abc import Iterable

from msgspec import Struct

from storage.database import Database


class StoredFigure(Struct, frozen=True):
    """A figure that was posted; ``file_id`` is None until an upload succeeded."""

    sha256: str
    content: bytes
    file_id: str | None


class Figures:
    """Reads about figures, and the one thing that can be unlearned about them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, hashes: Iterable[str]) -> dict[str, StoredFigure]:
        """The figures with these SHA-256 hashes (hex), by hash; unknown ones are left out.

        Those of drafts too, whose file_id is not kept: nothing of them outlives the draft.
        """
        rows = await self._database.rows(
            """
            SELECT sha256, content, NULL AS file_id FROM draft_pictures
            WHERE sha256 IN (SELECT value FROM json_each(?1))
            UNION ALL
            SELECT sha256, content, file_id FROM figures
            WHERE sha256 IN (SELECT value FROM json_each(?1))
            """,
            (json.dumps(list(hashes)),),
        )
        return {row["sha256"]: StoredFigure(*row) for row in rows}

    async def kept(self, hashes: Iterable[str]) -> frozenset[str]:
        """Which of these figures' bytes are already here."""
        rows = await self._database.rows(
            "SELECT sha256 FROM figures WHERE sha256 IN (SELECT value FROM json_each(?))",
            (json.dumps(list(hashes)),),
        )
        return frozenset(row["sha256"] for row in rows)

    async def forget_file_id(self, sha256: str) -> None:
        """Telegram no longer knows the file_id: upload the bytes again next time."""
        async with self._database.transaction() as transaction:
            await transaction.execute(
                "UPDATE figures SET file_id = NULL WHERE sha256 = ?", (sha256,)
            )
