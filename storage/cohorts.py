"""Educators and their cohorts: who is in them, and by which links."""

from sqlite3 import Row
from typing import Final

from msgspec import Struct

from storage.database import Database
from storage.people import Person

EDUCATOR: Final = "educator"
MEMBER: Final = "member"
OF_ASSIGNMENT: Final = "assignment"
"""What ``Cohorts.counts`` has of an assignment, by its id."""
OF_WEEK: Final = "week"
"""The same of a week, by its first instant."""


class Role(Struct, frozen=True):
    """What a person was approved for, or asks to be; times are UTC milliseconds.

    ``state`` is asked, approved or refused; ``decided_by_name`` is None where whoever decided had
    themselves erased.
    """

    person_id: int
    role: str
    state: str
    name: str
    username: str | None
    asked_at: int
    decided_by: int | None
    decided_by_name: str | None
    decided_at: int | None


class Cohort(Struct, frozen=True):
    """A cohort; ``zone`` is what its dates and weeks go by, times are UTC milliseconds."""

    id: int
    title: str
    zone: str
    made_at: int
    closed_at: int | None
    report_due: int | None


class CohortPerson(Struct, frozen=True):
    """Somebody in a cohort, as an ``educator`` or a ``member``.

    ``name`` is the alias of a member who is not ``named``, whom no report may name.
    """

    cohort_id: int
    person_id: int
    role: str
    name: str
    username: str | None
    named: bool
    terms: int
    joined_at: int

    @property
    def teaches(self) -> bool:
        """Whether they are an educator of it."""
        return self.role == EDUCATOR


class Educator(Struct, frozen=True):
    """Who teaches a cohort, and who approved them; None where those had themselves erased."""

    person_id: int
    name: str
    username: str | None
    approved_by: str | None


class CohortLink(Struct, frozen=True):
    """A link by which people join, until it ends or as many did as it was made for."""

    token: str
    cohort_id: int
    role: str
    hands_over: bool
    made_by: int | None
    made_at: int
    ends_at: int
    most: int
    uses: int

    def holds(self, now: int) -> bool:
        """Whether it still lets somebody in."""
        return self.uses < self.most and now < self.ends_at


_COHORT = "SELECT c.id, c.title, c.zone, c.made_at, c.closed_at, c.report_due FROM cohorts c "
_PERSON = """
    SELECT cohort_id, person_id, role, name, username, named, terms, joined_at FROM cohort_people
"""
_LINK = """
    SELECT token, cohort_id, role, hands_over, made_by, made_at, ends_at, most, uses
    FROM cohort_links
"""
_ROLE = """
    SELECT person_id, role, state, name, username, asked_at, decided_by, decided_by_name, decided_at
    FROM roles
"""


class Cohorts:
    """Reads about educators and cohorts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def role(self, person_id: int, role: str) -> Role | None:
        """What was decided on a person's wish for a role; None: they never asked."""
        sql = _ROLE + "WHERE person_id = ? AND role = ?"
        row = await self._database.row(sql, (person_id, role))
        return None if row is None else Role(*row)

    async def get(self, cohort_id: int) -> Cohort | None:
        """The cohort of this number."""
        row = await self._database.row(_COHORT + "WHERE c.id = ?", (cohort_id,))
        return None if row is None else Cohort(*row)

    async def of(self, person_id: int, role: str) -> list[Cohort]:
        """Those in which a person is a ``member`` or an ``educator``, the latest first."""
        sql = (
            _COHORT + "JOIN cohort_people p ON p.cohort_id = c.id"
            " WHERE p.person_id = ? AND p.role = ? ORDER BY c.id DESC"
        )
        return [Cohort(*row) for row in await self._database.rows(sql, (person_id, role))]

    async def person(self, cohort_id: int, person_id: int) -> CohortPerson | None:
        """Somebody in a cohort."""
        sql = _PERSON + "WHERE cohort_id = ? AND person_id = ?"
        row = await self._database.row(sql, (cohort_id, person_id))
        return None if row is None else _person(row)

    async def people(self, cohort_id: int) -> list[CohortPerson]:
        """All in a cohort, educators first, then by name."""
        sql = _PERSON + "WHERE cohort_id = ? ORDER BY role, name COLLATE NOCASE, person_id"
        return [_person(row) for row in await self._database.rows(sql, (cohort_id,))]

    async def educators(self, cohort_id: int) -> list[Educator]:
        """Who teaches a cohort, by name."""
        rows = await self._database.rows(
            """
            SELECT p.person_id, p.name, p.username, r.decided_by_name
            FROM cohort_people p
            LEFT JOIN roles r ON r.person_id = p.person_id AND r.role = p.role
            WHERE p.cohort_id = ? AND p.role = 'educator'
            ORDER BY p.name COLLATE NOCASE, p.person_id
            """,
            (cohort_id,),
        )
        return [Educator(*row) for row in rows]

    async def size(self, cohort_id: int) -> int:
        """How many members a cohort has."""
        sql = "SELECT count(*) AS n FROM cohort_people WHERE cohort_id = ? AND role = 'member'"
        row = await self._database.row(sql, (cohort_id,))
        return 0 if row is None else int(row["n"])

    async def reached(self, cohort_id: int, role: str) -> list[Person]:
        """The members or educators of a cohort who have not blocked the bot."""
        rows = await self._database.rows(
            """
            SELECT w.id, w.language, w.telegram_language, w.blocked_at
            FROM cohort_people p JOIN people w ON w.id = p.person_id
            WHERE p.cohort_id = ? AND p.role = ? AND w.blocked_at IS NULL ORDER BY w.id
            """,
            (cohort_id, role),
        )
        return [Person(*row) for row in rows]

    async def untaught(self, limit: int) -> list[Cohort]:
        """Cohorts that are not closed, though nobody teaches them any more."""
        sql = (
            _COHORT + "LEFT JOIN cohort_people p ON p.cohort_id = c.id AND p.role = 'educator'"
            " WHERE c.closed_at IS NULL AND p.person_id IS NULL ORDER BY c.id LIMIT ?"
        )
        return [Cohort(*row) for row in await self._database.rows(sql, (limit,))]

    async def link(self, token: str) -> CohortLink | None:
        """The link of this token, good or not."""
        row = await self._database.row(_LINK + "WHERE token = ?", (token,))
        return None if row is None else _link(row)

    async def links(self, cohort_id: int) -> list[CohortLink]:
        """A cohort's links."""
        sql = _LINK + "WHERE cohort_id = ? ORDER BY made_at, token"
        return [_link(row) for row in await self._database.rows(sql, (cohort_id,))]

    async def reports_due(self, now: int, limit: int) -> list[Cohort]:
        """Cohorts whose weekly report is due, the longest due first."""
        sql = (
            _COHORT + "WHERE c.report_due IS NOT NULL AND c.report_due <= ?"
            " ORDER BY c.report_due LIMIT ?"
        )
        return [Cohort(*row) for row in await self._database.rows(sql, (now, limit))]

    async def counts(self, cohort_id: int, kind: str) -> dict[int, str]:
        """The documents that ``CountsKept`` wrote of this kind, by what they are of."""
        sql = "SELECT ref, document FROM cohort_counts WHERE cohort_id = ? AND kind = ?"
        rows = await self._database.rows(sql, (cohort_id, kind))
        return {row["ref"]: row["document"] for row in rows}


def _person(row: Row) -> CohortPerson:
    return CohortPerson(**{**dict(row), "named": bool(row["named"])})


def _link(row: Row) -> CohortLink:
    return CohortLink(**{**dict(row), "hands_over": bool(row["hands_over"])})
