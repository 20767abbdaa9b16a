"""What happens to cohorts and their people, as values. See ``storage.facts``."""

from storage.assignment_facts import SEALED, under_way_void
from storage.facts import BLOTTED, Fact


def cohort_gone(cohorts: str) -> tuple[str, ...]:
    """What leaves nothing of these cohorts: ``cohorts`` is SQL that names their ids.

    What people did in assignments stays with them, as practice of their own.
    """
    assignments = f"SELECT id FROM assignments WHERE cohort_id IN ({cohorts})"  # noqa: S608 - ours
    return (
        f"UPDATE sittings SET assignment_id = NULL WHERE assignment_id IN ({assignments})",  # noqa: S608
        *(
            f"DELETE FROM {table} WHERE assignment_id IN ({assignments})"  # noqa: S608
            for table in ("assignment_cases", "assigned_people")
        ),
        *(
            f"DELETE FROM {table} WHERE cohort_id IN ({cohorts})"  # noqa: S608
            for table in ("assignments", "cohort_counts", "cohort_links", "cohort_people")
        ),
        f"DELETE FROM cohorts WHERE id IN ({cohorts})",  # noqa: S608
    )


class CohortMade(Fact, frozen=True):
    """An educator makes a cohort; ``zone`` is what its dates and weeks go by."""

    cohort_id: int
    title: str
    zone: str
    made_at: int

    STATEMENTS = (
        """
        INSERT INTO cohorts (id, title, zone, made_at)
        VALUES (:cohort_id, :title, :zone, :made_at)
        """,
    )


class CohortRenamed(Fact, frozen=True):
    """A cohort has another title."""

    cohort_id: int
    title: str

    STATEMENTS = ("UPDATE cohorts SET title = :title WHERE id = :cohort_id",)


class CohortReported(Fact, frozen=True):
    """When a cohort's report comes by itself next; None: no more."""

    cohort_id: int
    report_due: int | None

    STATEMENTS = ("UPDATE cohorts SET report_due = :report_due WHERE id = :cohort_id",)


class CohortClosed(Fact, frozen=True):
    """Nobody joins a cohort any more, and nothing more is assigned; what is open is cancelled."""

    cohort_id: int
    closed_at: int

    STATEMENTS = (
        """
        UPDATE cohorts SET closed_at = :closed_at, report_due = NULL
        WHERE id = :cohort_id AND closed_at IS NULL
        """,
        "DELETE FROM cohort_links WHERE cohort_id = :cohort_id",
        *under_way_void(
            """
            SELECT id FROM assignments
            WHERE cohort_id = :cohort_id AND closed_at IS NULL AND cancelled_at IS NULL
            """,
            ":closed_at",
        ),
        """
        UPDATE assigned_people SET remind_at = NULL
        WHERE assignment_id IN (SELECT id FROM assignments WHERE cohort_id = :cohort_id)
        """,
        """
        UPDATE assignments SET cancelled_at = :closed_at
        WHERE cohort_id = :cohort_id AND closed_at IS NULL AND cancelled_at IS NULL
        """,
    )


class LinkMade(Fact, frozen=True):
    """A link by which people join a cohort, in place of the one of its kind before."""

    token: str
    cohort_id: int
    role: str
    hands_over: bool
    made_by: int
    made_at: int
    ends_at: int
    most: int

    STATEMENTS = (
        """
        DELETE FROM cohort_links
        WHERE cohort_id = :cohort_id AND role = :role AND hands_over = :hands_over
        """,
        """
        INSERT INTO cohort_links
            (token, cohort_id, role, hands_over, made_by, made_at, ends_at, most)
        VALUES (:token, :cohort_id, :role, :hands_over, :made_by, :made_at, :ends_at, :most)
        """,
    )


class LinkBounded(Fact, frozen=True):
    """Another number of people may join by a link."""

    token: str
    most: int

    STATEMENTS = ("UPDATE cohort_links SET most = :most WHERE token = :token",)


class CohortJoined(Fact, frozen=True):
    """A person joins a cohort by a link that is still good, as a member or an educator.

    ``name`` is theirs, or the alias of who is not ``named``; ``terms`` the version of what they
    agreed to. Whoever is in it already stays as they are.
    """

    cohort_id: int
    person_id: int
    role: str
    name: str
    username: str | None
    named: bool
    terms: int
    joined_at: int
    token: str | None = None

    STATEMENTS = (
        """
        INSERT INTO cohort_people
            (cohort_id, person_id, role, name, username, named, terms, joined_at)
        SELECT :cohort_id, :person_id, :role, :name, :username, :named, :terms, :joined_at
        WHERE :token IS NULL OR EXISTS (
            SELECT 1 FROM cohort_links WHERE token = :token AND uses < most)
        ON CONFLICT DO NOTHING
        """,
        "UPDATE cohort_links SET uses = uses + 1 WHERE token = :token",
    )


class EducatorMet(Fact, frozen=True):
    """An educator's name in Telegram today, by which members know them."""

    person_id: int
    name: str
    username: str | None

    STATEMENTS = (
        """
        UPDATE roles SET name = :name, username = :username
        WHERE person_id = :person_id AND (name, username) IS NOT (:name, :username)
        """,
        """
        UPDATE cohort_people SET name = :name, username = :username
        WHERE person_id = :person_id AND role = 'educator'
            AND (name, username) IS NOT (:name, :username)
        """,
    )


_EDUCATORS = (
    "SELECT person_id FROM cohort_people WHERE cohort_id = :cohort_id AND role = 'educator'"
)
LEFT = (
    # A report that is owed names them no more.
    f"{BLOTTED} AND outbox.chat_id IN ({_EDUCATORS})",
    f"""
    DELETE FROM quotes WHERE person_id = :person_id
        AND (SELECT chat_id FROM outbox WHERE id = outbox_id) IN ({_EDUCATORS})
    """,  # noqa: S608 - ours
    """
    DELETE FROM assigned_people WHERE person_id = :person_id AND assignment_id IN (
        SELECT id FROM assignments WHERE cohort_id = :cohort_id)
    """,
    # Whoever leaves learns the key of an exam no sooner than the others, nor do they themselves
    # if they come back to it: until then it is known what it was of.
    f"""
    UPDATE sittings SET sealed_by = iif(({SEALED}) IS NULL, NULL, assignment_id),
        assignment_id = NULL
    WHERE person_id = :person_id AND assignment_id IN (
        SELECT id FROM assignments WHERE cohort_id = :cohort_id)
    """,  # noqa: S608 - ours
    "DELETE FROM cohort_people WHERE cohort_id = :cohort_id AND person_id = :person_id",
    """
    DELETE FROM cohort_links
    WHERE cohort_id = :cohort_id AND role = 'educator' AND made_by = :person_id
    """,
)


class CohortLeft(Fact, frozen=True):
    """A person is no longer in a cohort: their row goes at once, and with it all that it showed.

    What they did in its assignments is practice of their own from now on.
    """

    cohort_id: int
    person_id: int

    STATEMENTS = LEFT


class CountsKept(Fact, frozen=True):
    """What people without a name came to is counted, once and for good; ``kind`` as in the table.

    ``ref`` is an assignment's id, or the first instant of a week.
    """

    cohort_id: int
    kind: str
    ref: int
    document: str
    counted_at: int

    STATEMENTS = (
        """
        INSERT INTO cohort_counts (cohort_id, kind, ref, document, counted_at)
        VALUES (:cohort_id, :kind, :ref, :document, :counted_at) ON CONFLICT DO NOTHING
        """,
    )
