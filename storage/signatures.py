"""Reads about clinicians' signatures on cases, and what reviewers sent back."""

from datetime import UTC, date, datetime
from pathlib import Path

from content.signed_digest import Signature
from storage.connection import reading
from storage.database import Database

_SIGNATURES = "SELECT case_id, digest, person_id, name, signed_at FROM signatures "
_IN_ORDER = "ORDER BY signed_at, case_id, person_id"


class Signatures:
    """Reads about signatures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[Signature, ...]:
        """Every signature, on whatever wording, the oldest first."""
        rows = await self._database.rows(_SIGNATURES + _IN_ORDER)
        return tuple(_signature(*row) for row in rows)

    async def sent_back(self, person_id: int) -> dict[str, str]:
        """The cases that a reviewer sent back, each with the digest that it had then."""
        rows = await self._database.rows(
            "SELECT case_id, digest FROM sent_back_cases WHERE person_id = ?", (person_id,)
        )
        return {row["case_id"]: row["digest"] for row in rows}


def kept_signatures(path: Path) -> tuple[Signature, ...]:
    """Every signature, from outside the bot's connections; none of a database without the table.

    Raises StorageError.
    """
    with reading(path) as connection:
        there = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'signatures'"
        if connection.execute(there).fetchone() is None:
            return ()
        return tuple(_signature(*row) for row in connection.execute(_SIGNATURES + _IN_ORDER))


def signed_on(signed_at: int) -> date:
    """The day of a signature, in UTC: the same wherever it is read. ``signed_at``: UTC ms."""
    return datetime.fromtimestamp(signed_at / 1000, UTC).date()


def _signature(case_id: str, digest: str, person_id: int, name: str, signed_at: int) -> Signature:
    return Signature(case_id, digest, person_id, name, signed_on(signed_at))
