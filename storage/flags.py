"""Reads about learners' flags, and about texts that people were asked to write."""

from msgspec import Struct

from storage.database import Database


class Flag(Struct, frozen=True):
    """A flag on the question at ``position`` of the case of ``snapshot``, as it was then.

    ``person_id`` and ``words`` are None where they are forgotten (or there were none).
    """

    id: int
    person_id: int | None
    case_id: str
    position: int
    reason: str
    words: str | None
    flagged_at: int
    closed_at: int | None
    snapshot: str


class PostSnapshot(Struct, frozen=True):
    """The case of a post as it was posted: its snapshot and the snapshot's digest."""

    digest: str
    snapshot: str


class AwaitedFlagText(Struct, frozen=True):
    """A learner is to write what is the matter with a question of a post."""

    post_id: int
    position: int
    asked_at: int


class AwaitedReply(Struct, frozen=True):
    """An administrator is to write the reply to a flag, which stands in that message of theirs."""

    flag_id: int
    message_id: int
    asked_at: int


class AwaitedCommand(Struct, frozen=True):
    """A person is to write what follows this command, such as ``daily zone``."""

    command: str
    asked_at: int


AwaitedText = AwaitedFlagText | AwaitedReply | AwaitedCommand

_FLAG = """
    SELECT f.id, f.person_id, f.case_id, f.position, f.reason, f.words, f.flagged_at, f.closed_at,
           s.content
    FROM flags f JOIN snapshots s ON s.digest = f.snapshot
"""


class Flags:
    """Reads about flags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, flag_id: int) -> Flag | None:
        """A flag, open or closed."""
        row = await self._database.row(f"{_FLAG} WHERE f.id = ?", (flag_id,))
        return None if row is None else Flag(*row)

    async def open(self, limit: int, skip: int = 0) -> list[Flag]:
        """So many of the open flags, the oldest first, without the first ``skip``."""
        rows = await self._database.rows(
            f"{_FLAG} WHERE f.closed_at IS NULL ORDER BY f.flagged_at, f.id LIMIT ? OFFSET ?",
            (limit, skip),
        )
        return [Flag(*row) for row in rows]

    async def open_count(self) -> int:
        """How many flags are open."""
        row = await self._database.row("SELECT count(*) AS n FROM flags WHERE closed_at IS NULL")
        return row["n"] if row else 0

    async def open_of(self, person_id: int, case_id: str, question_id: str) -> Flag | None:
        """A learner's flag on this question, if one is still open."""
        row = await self._database.row(
            f"""
            {_FLAG}
            WHERE f.person_id = ? AND f.case_id = ? AND f.question_id = ? AND f.closed_at IS NULL
            """,
            (person_id, case_id, question_id),
        )
        return None if row is None else Flag(*row)

    async def posted(self, post_id: int) -> PostSnapshot | None:
        """The case of a post."""
        row = await self._database.row(
            """
            SELECT s.digest, s.content FROM posts p JOIN snapshots s ON s.digest = p.snapshot
            WHERE p.id = ?
            """,
            (post_id,),
        )
        return None if row is None else PostSnapshot(*row)

    async def awaited(self, person_id: int) -> AwaitedText | None:
        """What a person was asked to write, if anything."""
        row = await self._database.row(
            """
            SELECT post_id, position, flag_id, message_id, command, asked_at FROM awaited_texts
            WHERE person_id = ?
            """,
            (person_id,),
        )
        if row is None:
            return None
        if row["command"] is not None:
            return AwaitedCommand(row["command"], row["asked_at"])
        if row["flag_id"] is not None:
            return AwaitedReply(row["flag_id"], row["message_id"], row["asked_at"])
        return AwaitedFlagText(row["post_id"], row["position"], row["asked_at"])
