"""Authors and reviewers of cases, and the links by which people come to be either."""

from typing import Final

from msgspec import Struct

from storage.database import Database

AUTHOR: Final = "author"
REVIEWER: Final = "reviewer"


class RoleHolder(Struct, frozen=True):
    """Who writes or reviews cases, since when (UTC ms), and by which name learners know them."""

    person_id: int
    role: str
    name: str
    username: str | None
    public_name: str | None
    since: int


class RoleLink(Struct, frozen=True):
    """A link by which one person comes to a role, until ``ends_at`` (UTC ms)."""

    token: str
    role: str
    made_by: int
    made_by_name: str
    made_at: int
    ends_at: int


_HOLDER = """
    SELECT person_id, role, name, username, public_name, decided_at AS since FROM roles
    WHERE state = 'approved'
"""


class Roles:
    """Reads about authors and reviewers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def holder(self, person_id: int, role: str) -> RoleHolder | None:
        """The person in this role, if they have it."""
        row = await self._database.row(
            f"{_HOLDER} AND person_id = ? AND role = ?", (person_id, role)
        )
        return None if row is None else RoleHolder(**dict(row))

    async def holders(self, role: str) -> list[RoleHolder]:
        """Everybody in this role (author or reviewer), who had it first being first."""
        rows = await self._database.rows(
            f"{_HOLDER} AND role IN ('author', 'reviewer') AND role = ? ORDER BY since, person_id",
            (role,),
        )
        return [RoleHolder(**dict(row)) for row in rows]

    async def link(self, token: str) -> RoleLink | None:
        """A link that nobody has used yet; it may have ended."""
        row = await self._database.row("SELECT * FROM role_links WHERE token = ?", (token,))
        return None if row is None else RoleLink(**dict(row))
