"""What happens to cases that are published from the chat, as values. See ``storage.facts``."""

from storage.facts import Fact

_DRAFT = """
    SELECT d.id FROM publications p
    JOIN drafts d ON d.id = p.draft_id AND d.person_id = p.person_id
        AND d.changed_at <= p.asked_at
    WHERE p.id = :publication_id
"""

# Those of a draft that is gone.
_PICTURES_GONE = """
    DELETE FROM draft_pictures
    WHERE draft_id = (SELECT draft_id FROM publications WHERE id = :publication_id)
        AND NOT EXISTS (SELECT 1 FROM drafts WHERE id = draft_pictures.draft_id)
"""


class PublicationAsked(Fact, frozen=True):
    """An author wants a case's file written, or with no content taken away: it is owed from now on.

    ``figures`` are the files' names and the SHA-256 of their bytes. ``replaces`` is the digest of
    the file that is there. Whoever asked first for a case has it. It is no earlier than the last
    change of the draft, whatever the clock says.
    """

    case_id: str
    person_id: int
    draft_id: int | None
    content: str | None
    figures: tuple[tuple[str, str], ...]
    replaces: str | None
    asked_at: int

    STATEMENTS = (
        """
        INSERT INTO publications
            (case_id, person_id, draft_id, content, figures, replaces, asked_at, state)
        VALUES (:case_id, :person_id, :draft_id, :content, :figures, :replaces,
            max(:asked_at, coalesce((SELECT changed_at FROM drafts WHERE id = :draft_id), 0)),
            'owed')
        ON CONFLICT (case_id) DO UPDATE SET
            draft_id = :draft_id, content = :content, figures = :figures, replaces = :replaces,
            asked_at = excluded.asked_at, state = 'owed'
        WHERE person_id = :person_id AND state != 'owed'
        """,
    )


class PublicationRenamed(Fact, frozen=True):
    """A new case's file has another name than was asked for, since that is somebody else's."""

    publication_id: int
    case_id: str
    content: str
    figures: tuple[tuple[str, str], ...]

    STATEMENTS = (
        """
        UPDATE publications SET case_id = :case_id, content = :content, figures = :figures
        WHERE id = :publication_id AND state = 'owed'
        """,
    )


class PublicationWritten(Fact, frozen=True):
    """The file is written, or taken away. Its draft goes, unless it was changed since.

    ``digest`` is that of the file; of one that was taken away the last stays known.
    """

    publication_id: int
    digest: str
    path: str
    written_at: int

    STATEMENTS = (
        """
        INSERT INTO published_cases (case_id, person_id, digest, path, published_at)
        SELECT case_id, person_id, :digest, :path, :written_at
        FROM publications WHERE id = :publication_id AND content IS NOT NULL
        ON CONFLICT (case_id) DO UPDATE SET
            person_id = excluded.person_id, digest = excluded.digest, path = excluded.path,
            published_at = excluded.published_at, withdrawn_at = NULL
        """,
        """
        UPDATE published_cases SET withdrawn_at = :written_at WHERE case_id = (
            SELECT case_id FROM publications WHERE id = :publication_id AND content IS NULL)
        """,
        f"DELETE FROM draft_shown WHERE draft_id IN ({_DRAFT})",  # noqa: S608 - named above
        f"DELETE FROM drafts WHERE id IN ({_DRAFT})",  # noqa: S608 - named above
        "UPDATE publications SET state = 'written' WHERE id = :publication_id",
        _PICTURES_GONE,
    )


class PublicationHeldUp(Fact, frozen=True):
    """The cases as they lie cannot be used, so this one is not in use yet; its author was told."""

    publication_id: int

    STATEMENTS = ("UPDATE publications SET state = 'held up' WHERE id = :publication_id",)


class PublicationOver(Fact, frozen=True):
    """Nothing is left to be done: it is in use, or cannot be, and its author was told."""

    publication_id: int

    STATEMENTS = (_PICTURES_GONE, "DELETE FROM publications WHERE id = :publication_id")
