"""A person's answers as their progress counts them."""

from msgspec import Struct

from storage.database import Database


class CountedAnswer(Struct, frozen=True):
    """An answer; ``first``: to that wording of the question. ``answered_at`` is UTC ms.

    ``purpose`` is what its case was posted for: case, review, sitting or live.
    """

    case_id: str
    right: bool
    first: bool
    purpose: str
    confidence: str | None
    answered_at: int


class AnswerHistory:
    """Reads about all answers of a person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, person_id: int) -> list[CountedAnswer]:
        """The person's answers, the earliest first."""
        rows = await self._database.rows(
            """
            SELECT a.case_id, a.verdict = 'correct', a.first, coalesce(p.purpose, 'case'),
                   a.confidence, a.answered_at
            FROM answers a LEFT JOIN posts p ON p.id = a.post_id
            WHERE a.person_id = ? ORDER BY a.answered_at, a.id
            """,
            (person_id,),
        )
        return [
            CountedAnswer(case_id, bool(right), bool(first), purpose, confidence, answered_at)
            for case_id, right, first, purpose, confidence, answered_at in rows
        ]
