"""Reads about live rounds: where they stand, and who joined."""

import json
from typing import Final, Literal

from msgspec import Struct

from storage.database import Database
from storage.people import Person

GATHERING: Final = "gathering"
SHOWN: Final = "shown"
OPEN: Final = "open"
CLOSED: Final = "closed"
REVEALED: Final = "revealed"
ENDED: Final = "ended"

State = Literal["gathering", "shown", "open", "closed", "revealed", "ended"]
"""Where a round stands."""

SILENT_MS: Final = 15 * 60 * 1000
"""How long nothing may be heard of a presenter before the round ends by itself: ms."""

Choices = tuple[int, ...]
"""Indexes into a question's choices."""


class LiveRound(Struct, frozen=True):
    """A round; ``state``, ``position``, ``ballot`` and ``votes_shown`` say where it stands.

    ``content`` is the snapshot of its case; ``choice_orders`` names for each question its choices
    in the order of their numbers. ``presenter`` is None once they are forgotten; the message of
    their panel is known once it was sent. Times are UTC milliseconds.
    """

    id: int
    code: str
    token: str
    presenter: int | None
    language: str
    post_id: int
    choice_orders: tuple[Choices, ...]
    state: State
    position: int
    ballot: int
    votes_shown: bool
    since: int
    heard_at: int
    panel_message: int | None
    ended_at: int | None
    content: str

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens in it."""
        return self.state == ENDED


class LiveCounts(Struct, frozen=True):
    """How many joined, and how many of them have voted in the ballot in view."""

    joined: int
    voted: int


_ROUND = """
    SELECT r.id, r.code, r.token, r.presenter, r.language, r.post_id, r.choice_orders, r.state,
           r.position, r.ballot, r.votes_shown, r.since, r.heard_at, r.panel_message, r.ended_at,
           s.content
    FROM live_rounds r
    JOIN posts p ON p.id = r.post_id
    JOIN snapshots s ON s.digest = p.snapshot
"""
_PEOPLE = """
    SELECT w.id, w.language, w.telegram_language, w.blocked_at
    FROM live_people p JOIN people w ON w.id = p.person_id
    WHERE p.round_id = ? AND w.blocked_at IS NULL
"""


class LiveRounds:
    """Reads about live rounds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, round_id: int) -> LiveRound | None:
        """The round of this number, over or not."""
        return await self._one("WHERE r.id = ?", round_id)

    async def of_token(self, token: str) -> LiveRound | None:
        """The round of this screen, over or not."""
        return await self._one("WHERE r.token = ?", token)

    async def of_code(self, code: str) -> LiveRound | None:
        """The one that people join by this code: not over."""
        return await self._one("WHERE r.code = ? AND r.state <> 'ended'", code)

    async def presented_by(self, person_id: int) -> LiveRound | None:
        """The one that a person presents now."""
        return await self._one("WHERE r.presenter = ? AND r.state <> 'ended'", person_id)

    async def of_colleagues(self, person_id: int) -> list[LiveRound]:
        """Those under way of people who teach an open cohort with this one, the oldest first."""
        return await self._several(
            """
            WHERE r.state <> 'ended' AND r.presenter IN (
                SELECT o.person_id FROM cohort_people m
                JOIN cohorts c ON c.id = m.cohort_id AND c.closed_at IS NULL
                JOIN cohort_people o ON o.cohort_id = m.cohort_id AND o.role = 'educator'
                WHERE m.person_id = ?1 AND m.role = 'educator' AND o.person_id <> ?1)
            ORDER BY r.id
            """,
            person_id,
        )

    async def counts(self, live: LiveRound) -> LiveCounts:
        """How many joined, and have voted in the ballot at which the round stands."""
        row = await self._database.row(
            """
            SELECT (SELECT count(*) FROM live_people WHERE round_id = ?1) AS joined,
                   (SELECT count(*) FROM live_votes
                    WHERE round_id = ?1 AND position = ?2 AND ballot = ?3) AS voted
            """,
            (live.id, live.position, live.ballot),
        )
        return LiveCounts(0, 0) if row is None else LiveCounts(*row)

    async def has_joined(self, round_id: int, person_id: int) -> bool:
        """Whether a person is in it."""
        sql = "SELECT 1 FROM live_people WHERE round_id = ? AND person_id = ?"
        return await self._database.row(sql, (round_id, person_id)) is not None

    async def has_ever_joined(self, person_id: int) -> bool:
        """Whether a person is in any round that is still kept."""
        sql = "SELECT 1 FROM live_people WHERE person_id = ? LIMIT 1"
        return await self._database.row(sql, (person_id,)) is not None

    async def people(self, round_id: int) -> list[Person]:
        """All in it who have not blocked the bot."""
        return [Person(*row) for row in await self._database.rows(_PEOPLE, (round_id,))]

    async def takes_part(self, round_id: int, person_id: int) -> bool:
        """Whether a person is one of them."""
        sql = f"{_PEOPLE} AND w.id = ?"
        return await self._database.row(sql, (round_id, person_id)) is not None

    async def was_told(self, person_id: int, post_id: int, position: int) -> bool:
        """Whether the answer to this question was revealed in the person's round of this post.

        At the end of a round all is, to those who want to know.
        """
        row = await self._database.row(
            """
            SELECT 1 FROM live_people p JOIN live_rounds r ON r.id = p.round_id
            WHERE p.person_id = ? AND r.post_id = ?
                AND r.position + (r.state IN ('revealed', 'ended')) > ?
            """,
            (person_id, post_id, position),
        )
        return row is not None

    async def to_be_told(self, post_id: int) -> int:
        """How many calls to the phones of the round of this post are still owed."""
        row = await self._database.row(
            """
            SELECT count(*) AS n FROM outbox
            WHERE about_post = ? AND about_position IS NULL AND state = 'owed' AND broadcast
            """,
            (post_id,),
        )
        return 0 if row is None else row["n"]

    async def silent(self, by: int, limit: int) -> list[LiveRound]:
        """Those of whose presenter nothing was heard for too long, the longest first."""
        return await self._several(
            "WHERE r.state <> 'ended' AND r.heard_at <= ? ORDER BY r.heard_at LIMIT ?",
            by - SILENT_MS,
            limit,
        )

    async def panels_due(self, now: int, limit: int) -> list[LiveRound]:
        """Those whose panel is to be brought up to date."""
        return await self._several(
            "WHERE r.panel_due <= ? ORDER BY r.panel_due LIMIT ?", now, limit
        )

    async def to_record(self, now: int, limit: int) -> list[LiveRound]:
        """Those whose votes are to be made answers."""
        return await self._several("WHERE r.echo_due <= ? ORDER BY r.echo_due LIMIT ?", now, limit)

    async def _one(self, where: str, value: object) -> LiveRound | None:
        found = await self._several(where, value)
        return found[0] if found else None

    async def _several(self, where: str, *values: object) -> list[LiveRound]:
        rows = await self._database.rows(_ROUND + where, values)
        return [
            LiveRound(
                **{
                    **dict(row),
                    "choice_orders": tuple(map(tuple, json.loads(row["choice_orders"]))),
                    "votes_shown": bool(row["votes_shown"]),
                }
            )
            for row in rows
        ]
