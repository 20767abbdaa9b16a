"""What happens to authors and reviewers of cases, as values. See ``storage.facts``."""

from storage.facts import Fact


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
