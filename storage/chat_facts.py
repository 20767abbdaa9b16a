"""What can happen in groups, channels and schedules, as values. See ``storage.facts``."""

from storage.facts import BLOTTED, BLOTTED_IN_POSTED, Fact
from storage.question_facts import cleared


class ChatJoined(Fact, frozen=True):
    """The bot was added to a chat, or let back in. ``settings`` count where it is new."""

    chat_id: int
    kind: str
    title: str
    settings: str
    added_by: int | None
    added_at: int

    STATEMENTS = (
        """
        INSERT INTO chats (id, kind, title, settings, added_by, added_at)
        VALUES (:chat_id, :kind, :title, :settings, :added_by, :added_at)
        ON CONFLICT (id) DO UPDATE SET
            kind = excluded.kind, title = excluded.title, gone_at = NULL,
            added_by = coalesce(excluded.added_by, added_by)
        """,
    )


class ChatLeft(Fact, frozen=True):
    """The bot is out of a chat: nothing is sent there, nothing is due, what was open is over."""

    chat_id: int
    left_at: int

    STATEMENTS = (
        """
        UPDATE chats SET gone_at = coalesce(gone_at, :left_at), next_due = NULL, digest_due = NULL
        WHERE id = :chat_id
        """,
        *cleared(
            """
            SELECT post_id, position FROM questions WHERE chat_id = :chat_id AND closed_at IS NULL
            """
        ),
        """
        UPDATE questions SET closed_at = :left_at, tally_due = NULL
        WHERE chat_id = :chat_id AND closed_at IS NULL
        """,
        "DELETE FROM outbox WHERE chat_id = :chat_id AND state = 'owed' AND owed_at <= :left_at",
    )


class ChatMoved(Fact, frozen=True):
    """A group became a supergroup: everything about it goes on under the new id."""

    chat_id: int
    new_chat_id: int

    STATEMENTS = (
        """
        UPDATE OR IGNORE chats SET id = :new_chat_id, kind = 'supergroup', gone_at = NULL
        WHERE id = :chat_id
        """,
        # Where the new id had been met first, the old one's settings are the ones that were chosen.
        """
        UPDATE chats SET (settings, added_by, next_due, digest_due, queue) =
            (SELECT settings, added_by, next_due, digest_due, queue FROM chats WHERE id = :chat_id)
        WHERE id = :new_chat_id AND EXISTS (SELECT 1 FROM chats WHERE id = :chat_id)
        """,
        "DELETE FROM chats WHERE id = :chat_id",
        # Both are below zero, as the index wants to be told.
        "UPDATE posts SET chat_id = :new_chat_id WHERE chat_id = :chat_id AND chat_id < 0",
        "UPDATE poll_attempts SET chat_id = :new_chat_id WHERE chat_id = :chat_id",
        # Messages are numbered anew there: an old number would name some other message.
        """
        UPDATE questions SET chat_id = :new_chat_id, moved_from = :chat_id, message_id = NULL,
            tally_due = NULL
        WHERE chat_id = :chat_id
        """,
        """
        DELETE FROM outbox WHERE chat_id = :chat_id AND state = 'owed'
            AND (method GLOB 'edit*' OR method = 'stopPoll')
        """,
        """
        UPDATE outbox SET chat_id = :new_chat_id, params = json_remove(params, '$.reply_parameters')
        WHERE chat_id = :chat_id
        """,
        "DELETE FROM naming_messages WHERE chat_id = :chat_id",
        "UPDATE OR REPLACE shown_names SET chat_id = :new_chat_id WHERE chat_id = :chat_id",
    )


class ChatSet(Fact, frozen=True):
    """An administrator changed a chat's settings, and with them what is due."""

    chat_id: int
    settings: str
    next_due: int | None
    digest_due: int | None

    STATEMENTS = (
        """
        UPDATE chats SET settings = :settings, next_due = :next_due, digest_due = :digest_due,
            held_until = NULL
        WHERE id = :chat_id
        """,
    )


class CaseHeld(Fact, frozen=True):
    """The case that is due in a chat waits for an earlier one; it is looked at again then."""

    chat_id: int
    held_until: int

    STATEMENTS = ("UPDATE chats SET held_until = :held_until WHERE id = :chat_id",)


class QueueSet(Fact, frozen=True):
    """The cases that come next in a chat, before any other."""

    chat_id: int
    queue: tuple[str, ...]

    STATEMENTS = ("UPDATE chats SET queue = :queue WHERE id = :chat_id",)


class DigestDone(Fact, frozen=True):
    """A chat's weekly digest was sent, or let go; ``digest_due`` is when the next one is."""

    chat_id: int
    digest_due: int | None

    STATEMENTS = ("UPDATE chats SET digest_due = :digest_due WHERE id = :chat_id",)


class ChatWarned(Fact, frozen=True):
    """The chat's administrator was told that something there needs them."""

    chat_id: int
    warned_at: int

    STATEMENTS = ("UPDATE chats SET warned_at = :warned_at WHERE id = :chat_id",)


class NameShown(Fact, frozen=True):
    """A person asked to be named on this chat's leaderboard."""

    chat_id: int
    person_id: int
    name: str

    STATEMENTS = ("INSERT OR REPLACE INTO shown_names VALUES (:chat_id, :person_id, :name)",)


class NameHidden(Fact, frozen=True):
    """A person asked not to be named there any more.

    ``message_id`` is a message whose edit, without the name, is owed already.
    """

    chat_id: int
    person_id: int
    message_id: int | None = None

    STATEMENTS = (
        f"{BLOTTED} AND outbox.chat_id = :chat_id",
        """
        DELETE FROM quotes WHERE person_id = :person_id
            AND (SELECT chat_id FROM outbox WHERE id = outbox_id) = :chat_id
        """,
        "DELETE FROM naming_messages WHERE chat_id = :chat_id AND message_id = :message_id",
        f"{BLOTTED_IN_POSTED} AND naming_messages.chat_id = :chat_id",
        "DELETE FROM named_people WHERE chat_id = :chat_id AND person_id = :person_id",
        "DELETE FROM shown_names WHERE chat_id = :chat_id AND person_id = :person_id",
    )


class NameTakenOut(Fact, frozen=True):
    """A message's edit that names a person no more is owed; who else it names comes with it."""

    chat_id: int
    message_id: int

    STATEMENTS = (
        "DELETE FROM naming_messages WHERE chat_id = :chat_id AND message_id = :message_id",
    )


NOTHING_LEFT = -1
"""In the place of a count of unanswered cases: the learner knows that there is none to send."""


class DailySet(Fact, frozen=True):
    """A learner's own schedule; ``next_due`` is None where it rests.

    ``unanswered`` counts the days whose item the learner did not answer, since they last answered
    any, or set this; or it is ``NOTHING_LEFT``. ``brought_at``: when the last one came.
    """

    person_id: int
    timetable: str
    quiet: str | None
    next_due: int | None
    unanswered: int = 0
    brought_at: int | None = None

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO daily
            (person_id, timetable, quiet, next_due, unanswered, brought_at)
        VALUES (:person_id, :timetable, :quiet, :next_due, :unanswered, :brought_at)
        """,
    )
