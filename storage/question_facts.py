"""What can happen to questions put to groups and channels, as values. See ``storage.facts``."""

from storage.facts import Fact

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


class ExplanationForAll(Fact, frozen=True):
    """All are to read a question's explanation once it closes, whatever the chat chose."""

    post_id: int
    position: int

    STATEMENTS = (
        """
        UPDATE questions SET revealed = 1
        WHERE post_id = :post_id AND position = :position AND closed_at IS NULL
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
                    WHERE a.chat_id = questions.chat_id
                        AND a.post_id = questions.post_id AND a.position = questions.position
                    GROUP BY c.key ORDER BY c.key
                )
            ),
            voters = (
                SELECT sum(a.voters) FROM poll_attempts a
                WHERE a.chat_id = questions.chat_id
                    AND a.post_id = questions.post_id AND a.position = questions.position
            )
        WHERE (post_id, position) =
            (SELECT post_id, position FROM poll_attempts WHERE poll_id = :poll_id)
        """,
    )
