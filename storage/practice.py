"""What is known of a person's practice: their answers as reviews see them, and their cards."""

import json
from collections.abc import Collection

from msgspec import Struct

from storage.database import Database
from storage.practice_facts import Card


class PractisedAnswer(Struct, frozen=True):
    """An answer as it is folded into a card; times are UTC milliseconds.

    ``variant`` is the question's wording that was put, None: the question itself, or not known.
    ``snapshot`` is the digest of the case as it was posted, None where that is not known.
    """

    id: int
    case_id: str
    question_id: str
    revision: str
    variant: str | None
    snapshot: str | None
    verdict: str
    score: float
    confidence: str | None
    recognised: bool | None
    answered_at: int


class Folded(Struct, frozen=True):
    """Up to which answer a person's cards are folded, and by which objectives (a digest)."""

    through_answer: int
    objectives: str


class Practices:
    """Reads about practice."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def folded(self, person_id: int) -> Folded | None:
        """How far the person's cards are folded; None: not at all."""
        row = await self._database.row(
            "SELECT through_answer, objectives FROM folded WHERE person_id = ?", (person_id,)
        )
        return None if row is None else Folded(*row)

    async def answers(self, person_id: int, after: int = 0) -> list[PractisedAnswer]:
        """The person's answers with an id above ``after``, as they were recorded."""
        rows = await self._database.rows(
            """
            SELECT a.id, a.case_id, a.question_id, a.revision, p.variant, p.snapshot,
                   a.verdict, a.score, a.confidence, a.recognised, a.answered_at
            FROM answers a LEFT JOIN posts p ON p.id = a.post_id
            WHERE a.person_id = ? AND a.id > ? ORDER BY a.id
            """,
            (person_id, after),
        )
        return [PractisedAnswer(*row) for row in rows]

    async def cards(self, person_id: int, objectives: Collection[str] | None = None) -> list[Card]:
        """The person's cards, of these objectives; None: all."""
        rows = await self._database.rows(
            """
            SELECT objective, due_at, urgency, stability, reviewed_at, document
            FROM cards WHERE person_id = ?1
                AND (?2 IS NULL OR objective IN (SELECT value FROM json_each(?2)))
            """,
            (person_id, None if objectives is None else json.dumps(list(objectives))),
        )
        return [Card(*row) for row in rows]

    async def due(self, person_id: int, now: int) -> list[str]:
        """The objectives to be reviewed by ``now``: the most urgent first, then the least kept.

        Of paused ones none. What is least kept has been away longest for its stability: all
        forget along one curve.
        """
        rows = await self._database.rows(
            """
            SELECT objective FROM cards c
            WHERE person_id = :person_id AND due_at <= :now AND NOT EXISTS (
                SELECT 1 FROM paused_objectives p
                WHERE p.person_id = c.person_id AND p.objective = c.objective)
            ORDER BY urgency, (:now - reviewed_at) / stability DESC, objective
            """,
            {"person_id": person_id, "now": now},
        )
        return [row["objective"] for row in rows]

    async def due_between(self, person_id: int, since: int, until: int) -> list[int]:
        """When the person's cards fall due in this span, in order; of paused ones none."""
        rows = await self._database.rows(
            """
            SELECT due_at FROM cards c
            WHERE person_id = :person_id AND due_at > :since AND due_at <= :until AND NOT EXISTS (
                SELECT 1 FROM paused_objectives p
                WHERE p.person_id = c.person_id AND p.objective = c.objective)
            ORDER BY due_at
            """,
            {"person_id": person_id, "since": since, "until": until},
        )
        return [row["due_at"] for row in rows]

    async def confidence(self, person_id: int, post_id: int, position: int) -> str | None:
        """How sure the person said they were of a question that they have not answered yet."""
        row = await self._database.row(
            "SELECT level FROM confidences WHERE person_id = ? AND post_id = ? AND position = ?",
            (person_id, post_id, position),
        )
        return None if row is None else str(row["level"])
