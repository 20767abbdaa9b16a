"""Reads about files that people sent, and that are still to be fetched from Telegram."""

from msgspec import Struct

from storage.database import Database


class SentFile(Struct, frozen=True):
    """As ``storage.sent_file_facts.FileSent``."""

    person_id: int
    message_id: int
    file_id: str
    name: str
    purpose: str
    about: str


_COLUMNS = "person_id, message_id, file_id, name, purpose, about"


class SentFiles:
    """Reads about them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, limit: int) -> list[SentFile]:
        """Of each person the one that was sent first; the first of these."""
        sql = f"""
            SELECT {_COLUMNS} FROM sent_files
            WHERE (person_id, message_id) IN (
                SELECT person_id, min(message_id) FROM sent_files GROUP BY person_id)
            ORDER BY message_id LIMIT ?
        """  # noqa: S608 - the columns are named above
        return [SentFile(*row) for row in await self._database.rows(sql, (limit,))]

    async def is_waiting(self, file: SentFile) -> bool:
        """Whether it is still wanted: its sender may have been forgotten meanwhile."""
        sql = "SELECT 1 FROM sent_files WHERE (person_id, message_id) = (?, ?)"
        return await self._database.row(sql, (file.person_id, file.message_id)) is not None
