"""What is known of a person's practice: their answers as reviews see them, and their cards."""

import json
from collections.abc import Collection

from msgspec import Struct

from storage.database import Database
from storage.practice_facts import Card
from storage.time_units import DAY_MS


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


class EarlierAnswer(Struct, frozen=True):
    """An answer that somebody gave before: ``choices`` are places in its question.

    ``snapshot`` is the case as it was posted, None where that is not known; UTC milliseconds.
    """

    choices: tuple[int, ...]
    answered_at: int
    variant: str | None
    snapshot: str | None


class DueCard(Struct, frozen=True):
    """When a card falls due, and what goes before what: see ``storage.practice_facts.Card``."""

    objective: str
    due_at: int
    urgency: int
    stability: float
    reviewed_at: int


class BeforeVote(Struct, frozen=True):
    """What is known of a person and a question that they may answer now.

    ``confidence`` is what they said of it; ``wants_confidence``: they like to be asked. ``purpose``
    and ``variant`` are the post's, see ``storage.facts.CasePosted``; ``daily``: it came by itself.
    """

    confidence: str | None = None
    wants_confidence: bool = True
    purpose: str = "case"
    variant: str | None = None
    daily: bool = False


class AskedQuestion(Struct, frozen=True):
    """A question of a person's own post, which is ``snapshot``; the others as in BeforeVote.

    ``answered``: perhaps by a vote that is parked.
    """

    answered: bool
    confidence: str | None
    purpose: str
    daily: bool
    snapshot: str


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

    async def paused(self, person_id: int) -> frozenset[str]:
        """The objectives of which the person wants no review."""
        rows = await self._database.rows(
            "SELECT objective FROM paused_objectives WHERE person_id = ?", (person_id,)
        )
        return frozenset(row["objective"] for row in rows)

    async def due(self, person_id: int, until: int, most: int = -1) -> list[DueCard]:
        """The person's cards that fall due by ``until``, but for those paused: so many at most.

        Urgency 0 first, then what has been due for most days; of one day the most urgent, then what
        was away longest for its stability.
        """
        rows = await self._database.rows(
            """
            SELECT objective, due_at, urgency, stability, reviewed_at FROM cards c
            WHERE person_id = :person_id AND due_at <= :until AND NOT EXISTS (
                SELECT 1 FROM paused_objectives p
                WHERE p.person_id = c.person_id AND p.objective = c.objective)
            ORDER BY urgency > 0, due_at / :day, urgency,
                (:until - reviewed_at) / stability DESC, objective LIMIT :most
            """,
            {"person_id": person_id, "until": until, "most": most, "day": DAY_MS},
        )
        return [DueCard(*row) for row in rows]

    async def reviews_since(self, person_id: int, since: int) -> int:
        """How many reviews the person was put since then."""
        row = await self._database.row(
            """
            SELECT count(*) AS n FROM posts
            WHERE person_id = ? AND purpose = 'review' AND posted_at > ?
            """,
            (person_id, since),
        )
        return 0 if row is None else int(row["n"])

    async def open_reviews(self, person_id: int, since: int) -> frozenset[str]:
        """The cases of the reviews put to the person since then that wait for an answer."""
        rows = await self._database.rows(
            """
            SELECT p.case_id FROM posts p
            WHERE p.person_id = ? AND p.purpose = 'review' AND p.posted_at >= ? AND NOT EXISTS (
                SELECT 1 FROM answers a WHERE a.post_id = p.id AND a.person_id = p.person_id)
            """,
            (person_id, since),
        )
        return frozenset(row["case_id"] for row in rows)

    async def last_answered(self, person_id: int) -> int | None:
        """When the person answered last, anywhere; UTC milliseconds."""
        row = await self._database.row(
            "SELECT max(answered_at) AS at FROM answers WHERE person_id = ?", (person_id,)
        )
        return None if row is None else row["at"]

    async def last_answer(
        self, person_id: int, case_id: str, question_id: str
    ) -> EarlierAnswer | None:
        """What the person answered last to this question, in whatever wording."""
        row = await self._database.row(
            """
            SELECT a.choices, a.answered_at, p.variant, s.content FROM answers a
            LEFT JOIN posts p ON p.id = a.post_id
            LEFT JOIN snapshots s ON s.digest = p.snapshot
            WHERE a.person_id = ? AND a.case_id = ? AND a.question_id = ?
            ORDER BY a.id DESC LIMIT 1
            """,
            (person_id, case_id, question_id),
        )
        if row is None:
            return None
        choices, *more = row
        return EarlierAnswer(tuple(json.loads(choices)), *more)

    async def snapshots(self, digests: Collection[str]) -> dict[str, str]:
        """Cases as they were posted, as JSON, by digest."""
        rows = await self._database.rows(
            """
            SELECT digest, content FROM snapshots
            WHERE digest IN (SELECT value FROM json_each(?))
            """,
            (json.dumps(list(digests)),),
        )
        return {row["digest"]: row["content"] for row in rows}

    async def asked(self, person_id: int, post_id: int, position: int) -> AskedQuestion | None:
        """A question that the person was put in private; None where that is not so."""
        row = await self._database.row(
            """
            SELECT EXISTS (
                    SELECT 1 FROM answers a
                    WHERE a.person_id = ?1 AND a.post_id = p.id AND a.position = ?3
                ) OR EXISTS (
                    SELECT 1 FROM parked_answers v
                    JOIN poll_attempts lost ON lost.post_id = p.id AND lost.position = ?3
                        AND lost.poll_id IS NULL
                    LEFT JOIN unknown_polls u ON u.poll_id = v.poll_id
                    WHERE v.person_id = ?1
                        AND coalesce(u.fingerprint, lost.fingerprint) = lost.fingerprint
                ) AS answered,
                (
                    SELECT level FROM confidences c
                    WHERE c.person_id = ?1 AND c.post_id = p.id AND c.position = ?3
                ) AS level, p.purpose, p.due_at IS NOT NULL AS daily, s.content
            FROM posts p JOIN snapshots s ON s.digest = p.snapshot
            WHERE p.id = ?2 AND p.person_id = ?1
                AND ?3 < json_array_length(s.content, '$.case.questions')
            """,
            (person_id, post_id, position),
        )
        if row is None:
            return None
        answered, level, purpose, daily, content = row
        return AskedQuestion(bool(answered), level, purpose, bool(daily), content)

    async def before_vote(self, person_id: int, post_id: int, position: int) -> BeforeVote:
        """What a vote in this question is to be judged with."""
        row = await self._database.row(
            """
            SELECT c.level, coalesce(json_extract(w.document, '$.confidence'), 1), p.purpose,
                p.variant, p.due_at IS NOT NULL AS daily
            FROM posts p
            LEFT JOIN confidences c
                ON c.person_id = ?1 AND c.post_id = p.id AND c.position = ?3
            LEFT JOIN preferences w ON w.person_id = ?1
            WHERE p.id = ?2
            """,
            (person_id, post_id, position),
        )
        if row is None:
            return BeforeVote()
        level, wants, purpose, variant, daily = row
        return BeforeVote(level, bool(wants), purpose, variant, bool(daily))
