"""What can happen with files that people send, as values. See ``storage.facts``."""

from storage.facts import Fact


class FileSent(Fact, frozen=True):
    """A person sent a file in private, which is to be fetched from Telegram.

    ``name`` is what the sender's app calls it; ``purpose`` says what it is wanted for, and
    ``about``, in JSON, what is needed for that.
    """

    person_id: int
    message_id: int
    file_id: str
    name: str
    purpose: str
    about: str = "{}"

    STATEMENTS = (
        """
        INSERT INTO sent_files (person_id, message_id, file_id, name, purpose, about)
        VALUES (:person_id, :message_id, :file_id, :name, :purpose, :about)
        ON CONFLICT DO NOTHING
        """,
    )


class FileTaken(Fact, frozen=True):
    """A file came, or never will: what came of that stands in the same Outcome."""

    person_id: int
    message_id: int

    STATEMENTS = (
        "DELETE FROM sent_files WHERE (person_id, message_id) = (:person_id, :message_id)",
    )
