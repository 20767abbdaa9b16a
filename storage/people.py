"""Who the bot has met, what they have seen, and all that is kept about them."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from storage.assignments import HELD_BACK, HeldBack
from storage.database import Database
from storage.kept_of_people import KEPT


class Person(Struct, frozen=True):
    """A learner. ``language`` is their choice; ``telegram_language`` what their app reported."""

    id: int
    language: str | None
    telegram_language: str | None
    blocked_at: int | None


class Progress(Struct, frozen=True):
    """What a learner was given, and what they know.

    ``seen`` maps the ids of cases given or answered, and ``given`` those of cases given in private,
    to when that was last, UTC milliseconds. ``answered`` holds (case id, question id) pairs,
    ``right`` those whose last answer was correct. ``passed``: cases that they did not go on with.
    ``held_back``: cases that they meet in assignments or a live round alone.
    """

    seen: Mapping[str, int] = {}
    right: frozenset[tuple[str, str]] = frozenset()
    given: Mapping[str, int] = {}
    answered: frozenset[tuple[str, str]] = frozenset()
    passed: frozenset[str] = frozenset()
    held_back: HeldBack = HeldBack()


class SentCase(Struct, frozen=True):
    """A case as it was given to a person in private, and how many of its questions they answered.

    ``post_id`` is its post; questions come in order.
    """

    post_id: int
    snapshot: str
    answered: int


class AnsweredCase(Struct, frozen=True):
    """A case as it was posted, and the last of its questions that a person has answered."""

    snapshot: str
    position: int


class People:
    """Reads about people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, person_id: int) -> Person | None:
        """The person, or None where the bot has not met them (or has forgotten them)."""
        row = await self._database.row(
            "SELECT id, language, telegram_language, blocked_at FROM people WHERE id = ?",
            (person_id,),
        )
        return None if row is None else Person(*row)

    async def progress(self, person_id: int) -> Progress:
        """What the person has seen and answered so far."""
        posts, answers, passed, held_back = await self._database.several(
            (
                """
                SELECT case_id, max(posted_at) AS last FROM posts
                WHERE person_id = ? AND refused_at IS NULL AND purpose = 'case' GROUP BY case_id
                """,
                (person_id,),
            ),
            (
                """
                SELECT case_id, question_id, verdict, answered_at FROM answers
                WHERE person_id = ? ORDER BY id
                """,
                (person_id,),
            ),
            ("SELECT case_id FROM marks WHERE person_id = ? AND kind = 'passed'", (person_id,)),
            (HELD_BACK, (person_id,)),
        )
        given = {row["case_id"]: row["last"] for row in posts}
        seen, last = {**given}, {}
        for row in answers:
            seen[row["case_id"]] = max(row["answered_at"], seen.get(row["case_id"], 0))
            last[row["case_id"], row["question_id"]] = row["verdict"]
        return Progress(
            seen,
            frozenset(question for question, verdict in last.items() if verdict == "correct"),
            given,
            frozenset(last),
            frozenset(row["case_id"] for row in passed),
            HeldBack.of(held_back),
        )

    async def sent_case(self, person_id: int, case_id: str) -> SentCase | None:
        """A case as a person was last given it in private."""
        row = await self._database.row(
            """
            SELECT p.id, s.content,
                   (SELECT count(*) FROM answers a
                    WHERE a.post_id = p.id AND a.person_id = p.person_id) AS answered
            FROM posts p JOIN snapshots s ON s.digest = p.snapshot
            WHERE p.person_id = ? AND p.case_id = ? AND p.refused_at IS NULL
                AND p.purpose = 'case'
            ORDER BY p.posted_at DESC, p.id DESC LIMIT 1
            """,
            (person_id, case_id),
        )
        return None if row is None else SentCase(*row)

    async def saved(self, person_id: int) -> list[str]:
        """The ids of the cases that the person saved, the latest first."""
        rows = await self._database.rows(
            """
            SELECT case_id FROM marks WHERE person_id = ? AND kind = 'saved'
            ORDER BY marked_at DESC, case_id
            """,
            (person_id,),
        )
        return [row["case_id"] for row in rows]

    async def preferences(self, person_id: int) -> str | None:
        """The document of what the person prefers, if they said so."""
        row = await self._database.row(
            "SELECT document FROM preferences WHERE person_id = ?", (person_id,)
        )
        return None if row is None else str(row["document"])

    async def answered_case(self, person_id: int, case_id: str | None) -> AnsweredCase | None:
        """How far a person has come in a case; None: in the one that they answered last."""
        row = await self._database.row(
            """
            SELECT s.content, a.position
            FROM answers a
            JOIN posts p ON p.id = a.post_id
            JOIN snapshots s ON s.digest = p.snapshot
            WHERE a.person_id = ?1 AND a.case_id = coalesce(
                ?2,
                (SELECT case_id FROM answers WHERE person_id = ?1 ORDER BY id DESC LIMIT 1)
            )
            ORDER BY a.position DESC, a.id DESC LIMIT 1
            """,
            (person_id, case_id),
        )
        return None if row is None else AnsweredCase(*row)

    async def refused_cases(self, chat_id: int, since: int) -> list[str]:
        """The cases that Telegram would not take for a chat since a time, private or shared."""
        rows = await self._database.rows(
            """
            SELECT case_id FROM posts WHERE person_id = :chat_id AND refused_at >= :since
            UNION ALL SELECT case_id FROM posts
            WHERE chat_id = :chat_id AND chat_id < 0 AND refused_at >= :since
            """,
            {"chat_id": chat_id, "since": since},
        )
        return [row["case_id"] for row in rows]

    async def everything(self, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """All that is kept about a person, table by table; times are UTC milliseconds."""
        asked = [(sql, (person_id,)) for sql in KEPT.values()]
        found = await self._database.several(*asked)
        return {name: [dict(row) for row in rows] for name, rows in zip(KEPT, found, strict=True)}
