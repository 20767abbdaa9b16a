"""What happens to educators, and to authors and reviewers of cases, as values.

See ``storage.facts``.
"""

from storage.facts import Fact


class RoleAsked(Fact, frozen=True):
    """A person asks to be approved for a role; who was refused may ask again."""

    person_id: int
    role: str
    name: str
    username: str | None
    asked_at: int

    STATEMENTS = (
        """
        INSERT INTO roles (person_id, role, state, name, username, asked_at)
        VALUES (:person_id, :role, 'asked', :name, :username, :asked_at)
        ON CONFLICT DO UPDATE SET
            state = 'asked', name = :name, username = :username, asked_at = :asked_at,
            decided_by = NULL, decided_by_name = NULL, decided_at = NULL
        WHERE state <> 'approved'
        """,
    )


class RoleDecided(Fact, frozen=True):
    """An administrator of the bot approves or refuses who asked, or takes an approval back.

    Whoever is not approved teaches no cohort.
    """

    person_id: int
    role: str
    approved: bool
    decided_by: int
    decided_by_name: str
    decided_at: int

    STATEMENTS = (
        """
        UPDATE roles SET state = iif(:approved, 'approved', 'refused'), decided_by = :decided_by,
            decided_by_name = :decided_by_name, decided_at = :decided_at
        WHERE person_id = :person_id AND role = :role
        """,
        """
        DELETE FROM cohort_people
        WHERE person_id = :person_id AND role = 'educator' AND NOT :approved
        """,
        """
        DELETE FROM cohort_links
        WHERE made_by = :person_id AND role = 'educator' AND NOT :approved
        """,
        # It is seen to at once that what they present is over.
        """
        UPDATE live_rounds SET heard_at = 0
        WHERE presenter = :person_id AND state <> 'ended' AND NOT :approved
        """,
    )


class RoleLinkMade(Fact, frozen=True):
    """An administrator of the bot makes a link by which one person comes to a role."""

    token: str
    role: str
    made_by: int
    made_by_name: str
    made_at: int
    ends_at: int

    STATEMENTS = (
        """
        INSERT INTO role_links (token, role, made_by, made_by_name, made_at, ends_at)
        VALUES (:token, :role, :made_by, :made_by_name, :made_at, :ends_at)
        """,
    )


class RoleAccepted(Fact, frozen=True):
    """A person comes to a role by a link that is still there, which goes with it.

    ``public_name`` is how they wish to be named to learners; None where they were not asked.
    """

    token: str
    person_id: int
    name: str
    username: str | None
    public_name: str | None
    accepted_at: int

    STATEMENTS = (
        """
        INSERT INTO roles (person_id, role, state, name, username, asked_at, decided_by,
                           decided_by_name, decided_at, public_name)
        SELECT :person_id, role, 'approved', :name, :username, :accepted_at, made_by, made_by_name,
               :accepted_at, :public_name
        FROM role_links WHERE token = :token
        ON CONFLICT DO UPDATE SET
            state = 'approved', name = excluded.name, username = excluded.username,
            asked_at = excluded.asked_at, decided_by = excluded.decided_by,
            decided_by_name = excluded.decided_by_name, decided_at = excluded.decided_at,
            public_name = coalesce(excluded.public_name, public_name)
        """,
        "DELETE FROM role_links WHERE token = :token",
    )


class RoleTakenBack(Fact, frozen=True):
    """An administrator of the bot takes a role from a person: nothing is kept of it."""

    person_id: int
    role: str

    STATEMENTS = ("DELETE FROM roles WHERE person_id = :person_id AND role = :role",)
