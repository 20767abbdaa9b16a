"""Reads about the votes of live rounds: of one person, of all, and those that become answers."""

import json
from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from storage.database import Database
from storage.live_rounds import Choices


class LiveVote(Struct, frozen=True):
    """A vote that is to be made an answer; ``ballot`` is the first in which the person voted."""

    position: int
    person_id: int
    ballot: int
    choices: Choices
    voted_at: int


# Of the questions that are over, the first ballot of each person that is in no answer yet.
_TO_RECORD = """
    SELECT v.position, v.person_id, v.ballot, v.choices, v.voted_at
    FROM live_rounds r JOIN live_votes v ON v.round_id = r.id
    WHERE r.id = ? AND v.position < r.position + (r.state IN ('revealed', 'ended'))
        AND NOT EXISTS (
            SELECT 1 FROM live_votes w
            WHERE (w.round_id, w.position, w.person_id) = (v.round_id, v.position, v.person_id)
                AND w.ballot < v.ballot)
        AND NOT EXISTS (
            SELECT 1 FROM answers a
            WHERE a.person_id = v.person_id AND a.post_id = r.post_id AND a.position = v.position)
    LIMIT ?
"""


class LiveVotes:
    """Reads about votes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, round_id: int, position: int, person_id: int) -> dict[int, Choices]:
        """What a person chose in a question, by ballot."""
        rows = await self._database.rows(
            """
            SELECT ballot, choices FROM live_votes
            WHERE round_id = ? AND position = ? AND person_id = ?
            """,
            (round_id, position, person_id),
        )
        return {row["ballot"]: _choices(row["choices"]) for row in rows}

    async def of_all(self, round_id: int, position: int) -> Mapping[int, dict[int, Choices]]:
        """What all chose in a question: by person, then by ballot."""
        rows = await self._database.rows(
            """
            SELECT person_id, ballot, choices FROM live_votes
            WHERE round_id = ? AND position = ?
            """,
            (round_id, position),
        )
        found: defaultdict[int, dict[int, Choices]] = defaultdict(dict)
        for person_id, ballot, choices in rows:
            found[person_id][ballot] = _choices(choices)
        return found

    async def counted(self, round_id: int, position: int) -> dict[int, dict[Choices, int]]:
        """How often each choice, or set of choices, was made in a question, by ballot."""
        rows = await self._database.rows(
            """
            SELECT ballot, choices, count(*) FROM live_votes
            WHERE round_id = ? AND position = ? GROUP BY ballot, choices
            """,
            (round_id, position),
        )
        found: dict[int, dict[Choices, int]] = {}
        for ballot, choices, count in rows:
            found.setdefault(ballot, {})[_choices(choices)] = count
        return found

    async def to_record(self, round_id: int, limit: int) -> list[LiveVote]:
        """The first so many of them."""
        rows = await self._database.rows(_TO_RECORD, (round_id, limit))
        return [
            LiveVote(position, person_id, ballot, _choices(choices), voted_at)
            for position, person_id, ballot, choices, voted_at in rows
        ]


def _choices(kept: str) -> Choices:
    return tuple(json.loads(kept))
