"""What a person says of cases as such, as values. See ``storage.facts``."""

from storage.facts import Fact

_MARK = """
    INSERT INTO marks (person_id, kind, case_id, marked_at)
    VALUES (:person_id, '{kind}', :case_id, :marked_at) ON CONFLICT DO NOTHING
"""


class CaseSaved(Fact, frozen=True):
    """A person wants to find a case again."""

    person_id: int
    case_id: str
    marked_at: int

    STATEMENTS = (_MARK.format(kind="saved"),)


class CaseUnsaved(Fact, frozen=True):
    """A person no longer wants to."""

    person_id: int
    case_id: str

    STATEMENTS = (
        """
        DELETE FROM marks WHERE person_id = :person_id AND kind = 'saved' AND case_id = :case_id
        """,
    )


class CasePassed(Fact, frozen=True):
    """A person does not want to go on with a case that they left open."""

    person_id: int
    case_id: str
    marked_at: int

    STATEMENTS = (_MARK.format(kind="passed"),)


class PreferencesSet(Fact, frozen=True):
    """Which cases a person wants when they ask for none in particular: a JSON document."""

    person_id: int
    document: str

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO preferences (person_id, document) VALUES (:person_id, :document)
        """,
    )
