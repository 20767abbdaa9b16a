"""What happens to drafts of cases, as values. See ``storage.facts``."""

from storage.facts import Fact


class DraftWritten(Fact, frozen=True):
    """An author begins a draft, or changes it; nobody changes another person's.

    A change is later than what of it is just being published, whatever the clock says.
    """

    draft_id: int
    person_id: int
    document: str
    written_at: int

    STATEMENTS = (
        """
        INSERT INTO drafts (id, person_id, document, made_at, changed_at)
        VALUES (:draft_id, :person_id, :document, :written_at, :written_at)
        ON CONFLICT (id) DO UPDATE SET
            document = :document, warned_at = NULL, changed_at = max(:written_at, coalesce(
                (SELECT asked_at + 1 FROM publications WHERE draft_id = :draft_id), 0))
        WHERE person_id = :person_id
        """,
    )


class DraftPictureKept(Fact, frozen=True):
    """A picture of a draft came: its bytes, by their SHA-256 (hex). They go with the draft."""

    draft_id: int
    person_id: int
    sha256: str
    content: bytes

    STATEMENTS = (
        """
        INSERT INTO draft_pictures (draft_id, sha256, content)
        SELECT id, :sha256, :content FROM drafts WHERE id = :draft_id AND person_id = :person_id
        ON CONFLICT DO NOTHING
        """,
    )


class DraftPictureDropped(Fact, frozen=True):
    """A picture is no part of its draft any more.

    Its bytes stay as long as the draft as it was before is being written to the folder of cases.
    """

    draft_id: int
    person_id: int
    sha256: str

    STATEMENTS = (
        """
        DELETE FROM draft_pictures WHERE sha256 = :sha256 AND draft_id = (
            SELECT id FROM drafts WHERE id = :draft_id AND person_id = :person_id)
            AND NOT EXISTS (
                SELECT 1 FROM publications WHERE draft_id = :draft_id AND state = 'owed')
        """,
    )


class DraftMessageTaken(Fact, frozen=True):
    """A message of an author's gave something to a draft."""

    person_id: int
    message_id: int
    draft_id: int
    sent_at: int

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO draft_messages (person_id, message_id, draft_id, sent_at)
        VALUES (:person_id, :message_id, :draft_id, :sent_at)
        """,
    )


class DraftPageAt(Fact, frozen=True):
    """The message that shows a draft's page, and what it showed before no more."""

    draft_id: int
    page_id: int

    STATEMENTS = (
        """
        DELETE FROM draft_shown WHERE message_id = :page_id AND draft_id IN (
            SELECT d.id FROM drafts d JOIN drafts o ON o.person_id = d.person_id
            WHERE o.id = :draft_id)
        """,
        """
        INSERT OR REPLACE INTO draft_shown (draft_id, message_id, page)
        SELECT id, :page_id, 1 FROM drafts WHERE id = :draft_id
        """,
    )


class DraftShownNoMore(Fact, frozen=True):
    """A message that showed a draft was taken away."""

    draft_id: int
    message_id: int

    STATEMENTS = (
        "DELETE FROM draft_shown WHERE draft_id = :draft_id AND message_id = :message_id",
    )


class MessageShowsNoDraft(Fact, frozen=True):
    """Something else stands in a message that may have shown a draft."""

    person_id: int
    message_id: int

    STATEMENTS = (
        """
        DELETE FROM draft_shown WHERE message_id = :message_id
            AND draft_id IN (SELECT id FROM drafts WHERE person_id = :person_id)
        """,
    )


class DraftWarned(Fact, frozen=True):
    """Its author was told that a draft goes unless they go on with it."""

    draft_id: int
    warned_at: int

    STATEMENTS = ("UPDATE drafts SET warned_at = :warned_at WHERE id = :draft_id",)


class DraftDeleted(Fact, frozen=True):
    """A draft goes, as its author wished, or as it was published, or too old.

    Of the messages that gave it something is known for a while that they did.
    """

    draft_id: int
    person_id: int

    STATEMENTS = (
        """
        DELETE FROM draft_shown WHERE draft_id = (
            SELECT id FROM drafts WHERE id = :draft_id AND person_id = :person_id)
        """,
        "DELETE FROM drafts WHERE id = :draft_id AND person_id = :person_id",
        # But for those that are just being written to the folder of cases.
        """
        DELETE FROM draft_pictures
        WHERE draft_id = :draft_id AND NOT EXISTS (SELECT 1 FROM drafts WHERE id = :draft_id)
            AND NOT EXISTS (
                SELECT 1 FROM publications WHERE draft_id = :draft_id AND state = 'owed')
        """,
    )


class DraftGoneTold(Fact, frozen=True):
    """The author of an edited message was told that its draft is gone: once is enough."""

    person_id: int
    draft_id: int

    STATEMENTS = (
        "UPDATE draft_messages SET told = 1 WHERE person_id = :person_id AND draft_id = :draft_id",
    )
