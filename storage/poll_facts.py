"""What can happen to polls and to votes whose poll is not known yet, as values.

See ``storage.facts``.
"""

from storage.facts import Fact


class AnswerParked(Fact, frozen=True):
    """A vote in a poll that is not known yet. ``fresh``: it did not wait in a backlog."""

    update_id: int
    poll_id: str
    person_id: int
    language_code: str | None
    option_ids: tuple[int, ...]
    received_at: int
    fresh: bool

    STATEMENTS = (
        """
        INSERT INTO parked_answers
            (update_id, poll_id, person_id, language_code, option_ids, received_at, fresh)
        VALUES (:update_id, :poll_id, :person_id, :language_code, :option_ids, :received_at, :fresh)
        """,
    )


class AnswerUnparked(Fact, frozen=True):
    """A parked vote found its poll and was handled."""

    update_id: int

    STATEMENTS = ("DELETE FROM parked_answers WHERE update_id = :update_id",)


class ParkedVoterTold(Fact, frozen=True):
    """A person was told that the poll they voted in is not known; their vote stays parked."""

    update_id: int
    told_at: int

    STATEMENTS = ("UPDATE parked_answers SET told_at = :told_at WHERE update_id = :update_id",)


class UnknownPollSeen(Fact, frozen=True):
    """Telegram told of a poll that no finished send explains yet."""

    poll_id: str
    fingerprint: str
    seen_at: int

    STATEMENTS = (
        """
        INSERT INTO unknown_polls (poll_id, fingerprint, seen_at)
        VALUES (:poll_id, :fingerprint, :seen_at)
        ON CONFLICT DO NOTHING
        """,
    )


class PollRecognised(Fact, frozen=True):
    """An unknown poll turned out to be the result of this attempt."""

    attempt_id: int
    poll_id: str

    STATEMENTS = (
        """
        UPDATE poll_attempts SET poll_id = :poll_id
        WHERE id = :attempt_id AND poll_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM poll_attempts WHERE poll_id = :poll_id)
        """,
        "DELETE FROM unknown_polls WHERE poll_id = :poll_id",
    )


class PollFound(Fact, frozen=True):
    """A press told in which message a known poll stands; its own send had lost that."""

    poll_id: str
    message_id: int

    STATEMENTS = (
        """
        UPDATE poll_attempts SET message_id = :message_id
        WHERE poll_id = :poll_id AND message_id IS NULL
        """,
    )


class PollClosed(Fact, frozen=True):
    """A known poll takes no more votes."""

    poll_id: str
    closed_at: int

    STATEMENTS = (
        """
        UPDATE poll_attempts SET closed_at = coalesce(closed_at, :closed_at)
        WHERE poll_id = :poll_id
        """,
    )
