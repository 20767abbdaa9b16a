"""What can happen with flags, as values. See ``storage.facts``."""

from storage.facts import Fact


class QuestionFlagged(Fact, frozen=True):
    """A learner says that something is the matter with a question; ``words`` are their own.

    Of one learner a question has one open flag: another is not written down.
    """

    flag_id: int
    person_id: int
    case_id: str
    question_id: str
    snapshot: str
    position: int
    reason: str
    words: str | None
    flagged_at: int
    revision: str | None = None

    STATEMENTS = (
        """
        INSERT INTO flags (id, person_id, case_id, question_id, snapshot, position, reason, words,
                           flagged_at, revision)
        VALUES (:flag_id, :person_id, :case_id, :question_id, :snapshot, :position, :reason, :words,
                :flagged_at, :revision)
        ON CONFLICT DO NOTHING
        """,
    )


class FlagWordsAdded(Fact, frozen=True):
    """A learner says more of an open flag that had no words of theirs."""

    flag_id: int
    words: str

    STATEMENTS = (
        """
        UPDATE flags SET words = :words
        WHERE id = :flag_id AND words IS NULL AND person_id IS NOT NULL AND closed_at IS NULL
        """,
    )


class FlagClosed(Fact, frozen=True):
    """An administrator has seen to a flag. Nobody is still to write a reply to it."""

    flag_id: int
    closed_at: int

    STATEMENTS = (
        "UPDATE flags SET closed_at = coalesce(closed_at, :closed_at) WHERE id = :flag_id",
    )


class NothingAwaited(Fact, frozen=True):
    """A person is no longer expected to write anything."""

    person_id: int

    STATEMENTS = ("DELETE FROM awaited_texts WHERE person_id = :person_id",)


class FlagTextAwaited(Fact, frozen=True):
    """A learner was asked to write what is the matter with the question at ``position``."""

    person_id: int
    post_id: int
    position: int
    asked_at: int

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO awaited_texts (person_id, post_id, position, asked_at)
        VALUES (:person_id, :post_id, :position, :asked_at)
        """,
    )


class CommandAwaited(Fact, frozen=True):
    """A person was asked to write what follows this command."""

    person_id: int
    command: str
    asked_at: int

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO awaited_texts (person_id, command, asked_at)
        VALUES (:person_id, :command, :asked_at)
        """,
    )


class ReplyAwaited(Fact, frozen=True):
    """An administrator was asked to write the reply to a flag, which stands in that message."""

    person_id: int
    flag_id: int
    message_id: int
    asked_at: int

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO awaited_texts (person_id, flag_id, message_id, asked_at)
        VALUES (:person_id, :flag_id, :message_id, :asked_at)
        """,
    )
