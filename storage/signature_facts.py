"""What clinicians do who review cases, as values. See ``storage.facts``."""

from storage.facts import Fact


class ReviewerNamed(Fact, frozen=True):
    """A reviewer says how they wish to be named from now on."""

    person_id: int
    public_name: str

    STATEMENTS = (
        """
        UPDATE roles SET public_name = :public_name
        WHERE person_id = :person_id AND role = 'reviewer'
        """,
    )


class CaseSigned(Fact, frozen=True):
    """A reviewer signs a case as it is: ``digest`` is that of ``content.signed_digest``.

    What they sent back of it stands no more. Signatures on other wordings stay: these may return.
    """

    case_id: str
    digest: str
    person_id: int
    name: str
    signed_at: int

    STATEMENTS = (
        """
        INSERT INTO signatures (case_id, digest, person_id, name, signed_at)
        VALUES (:case_id, :digest, :person_id, :name, :signed_at)
        ON CONFLICT DO NOTHING
        """,
        "DELETE FROM sent_back_cases WHERE person_id = :person_id AND case_id = :case_id",
    )


class SignatureTakenBack(Fact, frozen=True):
    """A reviewer takes their signatures on a case back, in whatever words it was."""

    case_id: str
    person_id: int

    STATEMENTS = ("DELETE FROM signatures WHERE case_id = :case_id AND person_id = :person_id",)


class CaseSentBack(Fact, frozen=True):
    """A reviewer asks for a ``change`` of a case, or has ``rejected`` it, as it is."""

    person_id: int
    case_id: str
    digest: str
    verdict: str
    sent_at: int

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO sent_back_cases (person_id, case_id, digest, verdict, sent_at)
        VALUES (:person_id, :case_id, :digest, :verdict, :sent_at)
        """,
    )
