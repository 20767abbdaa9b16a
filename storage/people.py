"""Who the bot has met, what they have seen, and all that is kept about them."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from storage.assignments import HELD_BACK, HeldBack
from storage.database import Database


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
    ``held_back``: cases that they meet in assignments alone.
    """

    seen: Mapping[str, int] = {}
    right: frozenset[tuple[str, str]] = frozenset()
    given: Mapping[str, int] = {}
    answered: frozenset[tuple[str, str]] = frozenset()
    passed: frozenset[str] = frozenset()
    held_back: HeldBack = HeldBack()


class GivenCase(Struct, frozen=True):
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


# Everything that leads to a person, under the names that `/mydata` shows.
_KEPT = {
    "person": "SELECT language, telegram_language, met_at, blocked_at FROM people WHERE id = ?",
    "cases": """
        SELECT case_id, posted_at, purpose, variant, iif(asked_by, chat_id, NULL) AS asked_for_in
        FROM posts
        WHERE person_id = ?1 OR asked_by = ?1 ORDER BY id
    """,
    "polls": """
        SELECT p.case_id, a.position, a.message_id, a.poll_id, a.begun_at, a.sent_at, a.closed_at
        FROM poll_attempts a JOIN posts p ON p.id = a.post_id
        WHERE a.chat_id = ? ORDER BY a.id
    """,
    "answers": """
        SELECT a.case_id, a.question_id, a.revision, a.choices, a.verdict, a.score, a.first,
               a.answered_at, a.time_taken, a.withdrawn_at, a.confidence, a.recognised, p.chat_id
        FROM answers a LEFT JOIN posts p ON p.id = a.post_id WHERE a.person_id = ? ORDER BY a.id
    """,
    "choices_marked_and_not_submitted": """
        SELECT p.case_id, d.position, d.choices
        FROM draft_answers d JOIN posts p ON p.id = d.post_id
        WHERE d.person_id = ? ORDER BY d.post_id, d.position
    """,
    "votes_without_a_known_poll": """
        SELECT poll_id, option_ids, language_code, received_at
        FROM parked_answers WHERE person_id = ? ORDER BY update_id
    """,
    "updates_that_failed": """
        SELECT kind, error, at FROM set_aside WHERE person_id = ? ORDER BY update_id
    """,
    "daily_case": "SELECT timetable, quiet, next_due, unanswered FROM daily WHERE person_id = ?",
    "flags": """
        SELECT case_id, question_id, reason, words, flagged_at, closed_at
        FROM flags WHERE person_id = ? ORDER BY id
    """,
    "marked_cases": """
        SELECT case_id, kind, marked_at FROM marks WHERE person_id = ? ORDER BY marked_at, case_id
    """,
    "preferences": "SELECT document FROM preferences WHERE person_id = ?",
    "how_sure_you_said_you_are": """
        SELECT p.case_id, c.position, c.level
        FROM confidences c LEFT JOIN posts p ON p.id = c.post_id WHERE c.person_id = ?
    """,
    "reviews": """
        SELECT objective, due_at, reviewed_at, stability AS stability_in_days
        FROM cards WHERE person_id = ? ORDER BY objective
    """,
    "reviews_brought_up_to_date": "SELECT through_answer FROM folded WHERE person_id = ?",
    "reviews_not_wanted": """
        SELECT objective, paused_at FROM paused_objectives WHERE person_id = ? ORDER BY objective
    """,
    "practice_sessions": """
        SELECT s.mode, s.spec, s.assignment_id, s.sealed_by, s.state, s.begun_at, s.ended_at,
               s.shown, s.deadline, s.score,
               (SELECT json_group_array(json(item)) FROM (
                    SELECT json_object('case_id', p.case_id, 'position', i.position,
                        'choices', i.draft, 'marked', i.marked, 'locked', i.locked) AS item
                    FROM sitting_items i LEFT JOIN posts p ON p.id = i.post_id
                    WHERE i.sitting_id = s.id ORDER BY i.place)) AS questions,
               (SELECT json_group_array(m.message_id)
                FROM sitting_messages m WHERE m.sitting_id = s.id) AS messages
        FROM sittings s WHERE s.person_id = ? ORDER BY s.id
    """,
    "roles": """
        SELECT role, state, name, username, public_name, asked_at, decided_at, NULL AS decided_as
        FROM roles WHERE person_id = ?1
        UNION ALL
        SELECT role, state, NULL, NULL, NULL, NULL, decided_at, decided_by_name FROM roles
        WHERE decided_by = ?1 ORDER BY 1, 7
    """,
    "links_for_authors_and_reviewers_you_made": """
        SELECT role, made_by_name AS made_as, made_at, ends_at
        FROM role_links WHERE made_by = ? ORDER BY made_at
    """,
    "cases_you_are_writing": """
        SELECT d.document, d.made_at, d.changed_at, d.warned_at,
               (SELECT json_group_array(s.message_id)
                FROM draft_shown s WHERE s.draft_id = d.id) AS shown_in_messages,
               (SELECT count(*) FROM draft_pictures p WHERE p.draft_id = d.id) AS pictures
        FROM drafts d WHERE d.person_id = ? ORDER BY d.id
    """,
    "messages_you_wrote_cases_in": """
        SELECT message_id, draft_id, sent_at, told
        FROM draft_messages WHERE person_id = ? ORDER BY message_id
    """,
    "cases_you_published": """
        SELECT case_id, published_at, withdrawn_at
        FROM published_cases WHERE person_id = ? ORDER BY case_id
    """,
    "cases_being_published": """
        SELECT case_id, content, asked_at, state
        FROM publications WHERE person_id = ? ORDER BY id
    """,
    "cases_you_signed": """
        SELECT case_id, digest, name, signed_at FROM signatures
        WHERE person_id = ? ORDER BY signed_at, case_id
    """,
    "cases_you_sent_back": """
        SELECT case_id, digest, verdict, sent_at FROM sent_back_cases
        WHERE person_id = ? ORDER BY sent_at, case_id
    """,
    "cohorts": """
        SELECT p.cohort_id, c.title, p.role, p.name, p.username, p.named, p.terms, p.joined_at
        FROM cohort_people p LEFT JOIN cohorts c ON c.id = p.cohort_id
        WHERE p.person_id = ? ORDER BY p.cohort_id
    """,
    "cohort_links_you_made": """
        SELECT cohort_id, role, hands_over, made_at, ends_at, most, uses
        FROM cohort_links WHERE made_by = ? ORDER BY made_at
    """,
    "assignment_you_began_to_make": """
        SELECT document, drafted_at FROM assignment_drafts WHERE person_id = ?
    """,
    "assignments_you_made": """
        SELECT id, cohort_id, title, made_at FROM assignments WHERE made_by = ? ORDER BY id
    """,
    "assignments": """
        SELECT p.assignment_id, a.title, p.due_at, p.remind_at
        FROM assigned_people p LEFT JOIN assignments a ON a.id = p.assignment_id
        WHERE p.person_id = ? ORDER BY p.assignment_id
    """,
    "items_you_decided_on": """
        SELECT case_id, question_id, state, why, decided_by_name AS decided_as, decided_at
        FROM item_cards WHERE decided_by = ? ORDER BY id
    """,
    "cards_of_items_you_have": """
        SELECT card_id, message_id FROM item_card_messages WHERE person_id = ? ORDER BY card_id
    """,
    "live_rounds_you_presented": """
        SELECT p.case_id, r.language, r.state, r.heard_at, r.ended_at, r.panel_message
        FROM live_rounds r JOIN posts p ON p.id = r.post_id WHERE r.presenter = ? ORDER BY r.id
    """,
    "live_rounds": """
        SELECT p.round_id, r.code, p.joined_at, p.message_id, p.message_position
        FROM live_people p JOIN live_rounds r ON r.id = p.round_id
        WHERE p.person_id = ? ORDER BY p.round_id
    """,
    "live_votes": """
        SELECT round_id, position, ballot, choices, voted_at FROM live_votes
        WHERE person_id = ? ORDER BY round_id, position, ballot
    """,
    "texts_awaited": "SELECT command, asked_at FROM awaited_texts WHERE person_id = ?",
    "files_not_yet_fetched": """
        SELECT message_id, name, purpose, about FROM sent_files WHERE person_id = ?
        ORDER BY message_id
    """,
    "names_shown": "SELECT chat_id, name FROM shown_names WHERE person_id = ? ORDER BY chat_id",
    "messages_that_name_you": """
        SELECT chat_id, message_id, words FROM named_people
        WHERE person_id = ? ORDER BY chat_id, message_id
    """,
    "chats_set_up": "SELECT id, kind, title FROM chats WHERE added_by = ? ORDER BY id",
    "messages_not_yet_sent": """
        SELECT method, owed_at FROM outbox WHERE chat_id = ? ORDER BY id
    """,
    "said_of_you_in_messages_not_yet_sent": """
        SELECT words FROM quotes WHERE person_id = ? ORDER BY outbox_id
    """,
}


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

    async def given_case(self, person_id: int, case_id: str) -> GivenCase | None:
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
        return None if row is None else GivenCase(*row)

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
        asked = [(sql, (person_id,)) for sql in _KEPT.values()]
        found = await self._database.several(*asked)
        return {name: [dict(row) for row in rows] for name, rows in zip(_KEPT, found, strict=True)}
