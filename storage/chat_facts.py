"""What can happen in groups, channels and schedules, as values. See ``storage.facts``."""

from storage.facts import BLANKED, Fact

_CLEARED = (
    "DELETE FROM forgotten_answers WHERE (post_id, position) IN ({questions})",
    "DELETE FROM draft_answers WHERE (post_id, position) IN ({questions})",
    """
    UPDATE questions SET mark_key = NULL
    WHERE mark_key IS NOT NULL AND (post_id, position) IN ({questions})
    """,
)


def cleared(questions: str) -> tuple[str, ...]:
    """What goes with the end of questions: ``questions`` is SQL that names post and position."""
    return tuple(sql.format(questions=questions) for sql in _CLEARED)


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
        UPDATE chats SET (settings, added_by, next_due, digest_due) =
            (SELECT settings, added_by, next_due, digest_due FROM chats WHERE id = :chat_id)
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
        "DELETE FROM outbox WHERE chat_id = :chat_id AND state = 'owed' AND method GLOB 'edit*'",
        """
        UPDATE outbox SET chat_id = :new_chat_id, params = json_remove(params, '$.reply_parameters')
        WHERE chat_id = :chat_id
        """,
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
        UPDATE chats SET settings = :settings, next_due = :next_due, digest_due = :digest_due
        WHERE id = :chat_id
        """,
    )


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


class QuestionPut(Fact, frozen=True):
    """A question was put to a chat; ``choice_order`` is that of its buttons.

    One that the chat did not take is put again.
    """

    post_id: int
    position: int
    chat_id: int
    layout: str
    choice_order: tuple[int, ...]
    put_at: int
    closes_at: int

    STATEMENTS = (
        """
        INSERT INTO questions
            (post_id, position, chat_id, layout, choice_order, put_at, closes_at, protected)
        VALUES (:post_id, :position, :chat_id, :layout, :choice_order, :put_at, :closes_at, 1)
        ON CONFLICT (post_id, position) DO UPDATE SET
            layout = excluded.layout, choice_order = excluded.choice_order,
            put_at = excluded.put_at, closes_at = excluded.closes_at, closed_at = NULL,
            protected = 1
        WHERE sent_at IS NULL
        """,
    )


class ClosingDue(Fact, frozen=True):
    """A question takes no more answers from then on; its results follow."""

    post_id: int
    position: int
    closes_at: int

    STATEMENTS = (
        """
        UPDATE questions SET closes_at = min(closes_at, :closes_at)
        WHERE post_id = :post_id AND position = :position
        """,
    )


class QuestionClosed(Fact, frozen=True):
    """A question takes no more answers, and its results are out."""

    post_id: int
    position: int
    closed_at: int

    STATEMENTS = (
        *cleared("SELECT :post_id, :position"),
        """
        UPDATE questions SET closed_at = coalesce(closed_at, :closed_at), tally_due = NULL
        WHERE post_id = :post_id AND position = :position
        """,
    )


class TellingTried(Fact, frozen=True):
    """What is untold in a chat's topic is being told; again at ``tell_at``, should that fail.

    What has been untold since ``given_up`` or longer is let go.
    """

    chat_id: int
    thread_id: int | None
    tell_at: int
    given_up: int

    STATEMENTS = (
        """
        UPDATE questions SET untold_since = NULL, tell_at = NULL
        WHERE tell_at IS NOT NULL AND chat_id = :chat_id AND untold_since <= :given_up
        """,
        """
        UPDATE questions SET tell_at = :tell_at
        WHERE tell_at IS NOT NULL AND chat_id = :chat_id
            AND (SELECT thread_id FROM posts WHERE id = post_id) IS :thread_id
        """,
    )


class MayWriteAgain(Fact, frozen=True):
    """The bot may write again in a chat, or in this topic of it: what is untold is told now.

    The chat may be the one where a channel's results go.
    """

    chat_id: int
    thread_id: int | None
    now: int

    STATEMENTS = (
        """
        UPDATE questions SET tell_at = :now
        WHERE tell_at > :now
            AND (chat_id = :chat_id OR :chat_id = (SELECT json_extract(settings, '$.discussion_id')
                FROM chats WHERE chats.id = questions.chat_id))
            AND (:thread_id IS NULL OR :thread_id =
                (SELECT thread_id FROM posts WHERE id = post_id))
        """,
    )


class MessageFound(Fact, frozen=True):
    """A press told which message a question stands in; its own send may have lost that."""

    post_id: int
    position: int
    message_id: int

    STATEMENTS = (
        """
        UPDATE questions SET message_id = :message_id
        WHERE post_id = :post_id AND position = :position AND message_id IS NULL
        """,
    )


class TallyDue(Fact, frozen=True):
    """A question's buttons no longer show the truth: bring them up to date then."""

    post_id: int
    position: int
    due_at: int

    STATEMENTS = (
        """
        UPDATE questions SET tally_due = coalesce(tally_due, :due_at)
        WHERE post_id = :post_id AND position = :position AND closed_at IS NULL
        """,
    )


class TallyShown(Fact, frozen=True):
    """A question's buttons are being brought up to date."""

    post_id: int
    position: int

    STATEMENTS = (
        """
        UPDATE questions SET tally_due = NULL WHERE post_id = :post_id AND position = :position
        """,
    )


class TotalsSeen(Fact, frozen=True):
    """A known anonymous poll's counts so far, by choice.

    What its question has come to is the sum over all copies of it, where a kill left several.
    """

    poll_id: str
    totals: tuple[int, ...]
    voters: int

    STATEMENTS = (
        "UPDATE poll_attempts SET totals = :totals, voters = :voters WHERE poll_id = :poll_id",
        """
        UPDATE questions SET
            totals = (
                SELECT json_group_array(n) FROM (
                    SELECT sum(c.value) AS n FROM poll_attempts a, json_each(a.totals) c
                    WHERE a.post_id = questions.post_id AND a.position = questions.position
                    GROUP BY c.key ORDER BY c.key
                )
            ),
            voters = (
                SELECT sum(a.voters) FROM poll_attempts a
                WHERE a.post_id = questions.post_id AND a.position = questions.position
            )
        WHERE (post_id, position) =
            (SELECT post_id, position FROM poll_attempts WHERE poll_id = :poll_id)
        """,
    )


class NameShown(Fact, frozen=True):
    """A person asked to be named on this chat's leaderboard."""

    chat_id: int
    person_id: int
    name: str

    STATEMENTS = ("INSERT OR REPLACE INTO shown_names VALUES (:chat_id, :person_id, :name)",)


class NameHidden(Fact, frozen=True):
    """A person asked not to be named there any more."""

    chat_id: int
    person_id: int

    STATEMENTS = (
        f"{BLANKED} AND outbox.chat_id = :chat_id",
        "DELETE FROM shown_names WHERE chat_id = :chat_id AND person_id = :person_id",
    )


NOTHING_LEFT = -1
"""In the place of a count of unanswered cases: the learner knows that there is none to send."""


class DailySet(Fact, frozen=True):
    """A learner's own schedule; ``next_due`` is None where it rests.

    ``unanswered`` counts the cases sent since the learner last answered any, or set this; or it is
    ``NOTHING_LEFT``.
    """

    person_id: int
    timetable: str
    quiet: str | None
    next_due: int | None
    unanswered: int = 0

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO daily (person_id, timetable, quiet, next_due, unanswered)
        VALUES (:person_id, :timetable, :quiet, :next_due, :unanswered)
        """,
    )
