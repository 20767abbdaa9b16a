"""What happens to cases that were given, and to answers, as values. See ``storage.facts``."""

from storage.facts import Fact


class SnapshotTaken(Fact, frozen=True):
    """A case was posted in this wording: ``content`` is ``Snapshot.to_json()``."""

    digest: str
    content: str
    taken_at: int

    STATEMENTS = (
        """
        INSERT INTO snapshots (digest, content, taken_at) VALUES (:digest, :content, :taken_at)
        ON CONFLICT DO NOTHING
        """,
    )


class FigureKept(Fact, frozen=True):
    """The bytes of a figure that is about to be sent, by the SHA-256 of those bytes (hex)."""

    sha256: str
    content: bytes

    STATEMENTS = (
        """
        INSERT INTO figures (sha256, content) VALUES (:sha256, :content) ON CONFLICT DO NOTHING
        """,
    )


class CasePosted(Fact, frozen=True):
    """A case was given to a chat; ``person_id`` is the learner where the chat is private.

    A live round's is given to nobody, and in no chat; its answers belong to it all the same.

    ``thread_id`` is a forum's topic; ``due_at`` the time by which a schedule wanted it.
    ``asked_by`` is the member of a group who asked for it, where they do not administer it.
    ``variant`` names the wording of a review's question, None: the question itself.
    """

    post_id: int
    chat_id: int | None
    person_id: int | None
    case_id: str
    snapshot: str
    posted_at: int
    thread_id: int | None = None
    due_at: int | None = None
    asked_by: int | None = None
    purpose: str = "case"
    variant: str | None = None

    STATEMENTS = (
        """
        INSERT INTO posts
            (id, chat_id, person_id, case_id, snapshot, posted_at, thread_id, due_at, asked_by,
             by_member, purpose, variant)
        VALUES (:post_id, :chat_id, :person_id, :case_id, :snapshot, :posted_at, :thread_id,
                :due_at, :asked_by, :asked_by IS NOT NULL, :purpose, :variant)
        """,
    )


class CaseRefused(Fact, frozen=True):
    """A case could not be put, as Telegram would not take it or it is retired: it is not seen."""

    post_id: int
    refused_at: int

    STATEMENTS = ("UPDATE posts SET refused_at = :refused_at WHERE id = :post_id",)


class AnswerGiven(Fact, frozen=True):
    """A person's answer to the question at ``position`` of a post.

    ``choices`` holds indexes into the question's choices; ``post_id`` is None where the poll could
    be one of several; ``time_taken`` is milliseconds, or None where nobody can know; ``first``
    says whether it is the person's first answer to this ``revision``, which alone is tallied;
    ``confidence`` what they said before.
    """

    person_id: int
    post_id: int | None
    position: int
    case_id: str
    question_id: str
    revision: str
    choices: tuple[int, ...]
    verdict: str
    score: float
    first: bool
    answered_at: int
    time_taken: int | None
    confidence: str | None = None

    STATEMENTS = (
        """
        INSERT INTO answers (person_id, post_id, position, case_id, question_id, revision, choices,
                             verdict, score, first, answered_at, time_taken, confidence)
        VALUES (:person_id, :post_id, :position, :case_id, :question_id, :revision, :choices,
                :verdict, :score, :first, :answered_at, :time_taken, :confidence)
        """,
        # An answer in private keeps a learner's daily case coming; a group's says nothing of it.
        """
        UPDATE daily SET unanswered = 0
        WHERE person_id = :person_id AND unanswered > 0
            AND NOT EXISTS (SELECT 1 FROM posts WHERE id = :post_id AND chat_id < 0)
        """,
    )


class ChoicesMarked(Fact, frozen=True):
    """A person marked choices of a put question, and has not submitted them: no answer yet."""

    person_id: int
    post_id: int
    position: int
    choices: tuple[int, ...]

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO draft_answers (post_id, position, person_id, choices)
        VALUES (:post_id, :position, :person_id, :choices)
        """,
    )


class MarksDropped(Fact, frozen=True):
    """What a person had marked is submitted, or none of it is marked any more."""

    person_id: int
    post_id: int
    position: int

    STATEMENTS = (
        """
        DELETE FROM draft_answers
        WHERE post_id = :post_id AND position = :position AND person_id = :person_id
        """,
    )


class AnswerWithdrawn(Fact, frozen=True):
    """A vote was taken back. The answer stands; that it was taken back is noted."""

    person_id: int
    post_id: int
    position: int
    withdrawn_at: int

    STATEMENTS = (
        """
        UPDATE answers SET withdrawn_at = coalesce(withdrawn_at, :withdrawn_at)
        WHERE person_id = :person_id AND post_id = :post_id AND position = :position
        """,
    )
