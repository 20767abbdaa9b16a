"""What can happen, as values: the facts that an Outcome carries and the ledger records.

A fact's fields are the named parameters of its statements. Times are UTC milliseconds;
``person_id`` and ``chat_id`` are Telegram's.
"""

from typing import ClassVar

from msgspec import Struct

from storage.marks import marking


class Fact(Struct, frozen=True):
    """Something that happened. Subclasses say how it is written down."""

    STATEMENTS: ClassVar[tuple[str, ...]] = ()


class PersonMet(Fact, frozen=True):
    """A person wrote to the bot or answered a question; whoever blocked it has come back."""

    person_id: int
    telegram_language: str | None
    met_at: int

    STATEMENTS = (
        """
        INSERT INTO people (id, telegram_language, met_at)
        VALUES (:person_id, :telegram_language, :met_at)
        ON CONFLICT (id) DO UPDATE SET
            telegram_language = coalesce(excluded.telegram_language, telegram_language),
            blocked_at = NULL
        WHERE telegram_language IS NOT excluded.telegram_language OR blocked_at IS NOT NULL
        """,
    )


class LanguageChosen(Fact, frozen=True):
    """A person chose a language for the bot's words; None follows Telegram's setting again."""

    person_id: int
    language: str | None

    STATEMENTS = ("UPDATE people SET language = :language WHERE id = :person_id",)


_PANELS_FOLLOW = """
    UPDATE live_rounds SET panel_due = 0
    WHERE state <> 'ended' AND id IN (SELECT round_id FROM live_people WHERE person_id = :person_id)
"""
"""The presenter's count of who is in a live round is brought up to date at once."""


class PersonLeft(Fact, frozen=True):
    """A person blocked the bot or deleted their account: nothing more is sent there."""

    person_id: int
    left_at: int

    STATEMENTS = (
        """
        UPDATE people SET blocked_at = coalesce(blocked_at, :left_at) WHERE id = :person_id
        """,
        "DELETE FROM outbox WHERE chat_id = :person_id AND state = 'owed' AND owed_at <= :left_at",
        _PANELS_FOLLOW,
    )


BLOTTED = """
    UPDATE outbox SET
        text = replace(text, q.words, '…'),
        params = replace(
            params, substr(json_quote(q.words), 2, length(json_quote(q.words)) - 2), '…'),
        blotted = 1
    FROM quotes q WHERE q.outbox_id = outbox.id AND q.person_id = :person_id
"""
"""What owed messages say of a person is blotted out; it stands in a text or among the params."""
BLOTTED_IN_POSTED = """
    UPDATE naming_messages SET
        params = replace(
            params, substr(json_quote(q.words), 2, length(json_quote(q.words)) - 2), '…'),
        edit_due = 1
    FROM named_people q
    WHERE q.person_id = :person_id
        AND (q.chat_id, q.message_id) = (naming_messages.chat_id, naming_messages.message_id)
"""
"""The same of messages in groups that were posted: each is edited soon."""


class PersonForgotten(Fact, frozen=True):
    """Everything that leads to a person goes; their answers stay in the totals."""

    person_id: int

    STATEMENTS = (
        BLOTTED,
        BLOTTED_IN_POSTED,
        "DELETE FROM quotes WHERE person_id = :person_id",
        "DELETE FROM named_people WHERE person_id = :person_id",
        *marking("a.person_id = :person_id"),
        "DELETE FROM draft_answers WHERE person_id = :person_id",
        "UPDATE answers SET person_id = NULL WHERE person_id = :person_id",
        "UPDATE posts SET person_id = NULL, chat_id = NULL WHERE person_id = :person_id",
        "UPDATE posts SET asked_by = NULL WHERE asked_by = :person_id",
        "UPDATE poll_attempts SET chat_id = NULL WHERE chat_id = :person_id",
        "DELETE FROM parked_answers WHERE person_id = :person_id",
        "DELETE FROM set_aside WHERE person_id = :person_id",
        "DELETE FROM outbox WHERE chat_id = :person_id",
        "DELETE FROM shown_names WHERE person_id = :person_id",
        "DELETE FROM daily WHERE person_id = :person_id",
        "UPDATE chats SET added_by = NULL WHERE added_by = :person_id",
        "UPDATE flags SET person_id = NULL, words = NULL WHERE person_id = :person_id",
        "DELETE FROM awaited_texts WHERE person_id = :person_id",
        "DELETE FROM sent_files WHERE person_id = :person_id",
        _PANELS_FOLLOW,
        "DELETE FROM live_votes WHERE person_id = :person_id",
        "DELETE FROM live_people WHERE person_id = :person_id",
        # It is seen to at once that a round is over which nobody presents.
        """
        UPDATE live_rounds SET presenter = NULL, panel_message = NULL, heard_at = 0
        WHERE presenter = :person_id
        """,
        "DELETE FROM item_card_messages WHERE person_id = :person_id",
        """
        UPDATE item_cards SET decided_by = NULL, decided_by_name = NULL
        WHERE decided_by = :person_id
        """,
        "DELETE FROM marks WHERE person_id = :person_id",
        "DELETE FROM preferences WHERE person_id = :person_id",
        "DELETE FROM confidences WHERE person_id = :person_id",
        "DELETE FROM cards WHERE person_id = :person_id",
        "DELETE FROM folded WHERE person_id = :person_id",
        "DELETE FROM paused_objectives WHERE person_id = :person_id",
        *(
            f"""
            DELETE FROM {table}
            WHERE sitting_id IN (SELECT id FROM sittings WHERE person_id = :person_id)
            """  # noqa: S608 - the tables are named here
            for table in ("sitting_items", "sitting_messages")
        ),
        "DELETE FROM sittings WHERE person_id = :person_id",
        "DELETE FROM assigned_people WHERE person_id = :person_id",
        "DELETE FROM assignment_drafts WHERE person_id = :person_id",
        "DELETE FROM cohort_people WHERE person_id = :person_id",
        "UPDATE cohort_links SET made_by = NULL WHERE made_by = :person_id",
        "UPDATE assignments SET made_by = NULL WHERE made_by = :person_id",
        """
        DELETE FROM draft_shown
        WHERE draft_id IN (SELECT id FROM drafts WHERE person_id = :person_id)
        """,
        """
        DELETE FROM draft_pictures WHERE draft_id IN (
            SELECT id FROM drafts WHERE person_id = :person_id
            UNION ALL SELECT draft_id FROM publications WHERE person_id = :person_id)
        """,
        "DELETE FROM drafts WHERE person_id = :person_id",
        "DELETE FROM publications WHERE person_id = :person_id",
        "UPDATE published_cases SET person_id = NULL WHERE person_id = :person_id",
        "DELETE FROM draft_messages WHERE person_id = :person_id",
        "DELETE FROM role_links WHERE made_by = :person_id",
        # A signature without a name is none.
        "DELETE FROM signatures WHERE person_id = :person_id",
        "DELETE FROM sent_back_cases WHERE person_id = :person_id",
        "DELETE FROM roles WHERE person_id = :person_id",
        """
        UPDATE roles SET decided_by = NULL, decided_by_name = NULL WHERE decided_by = :person_id
        """,
        "DELETE FROM people WHERE id = :person_id",
    )
