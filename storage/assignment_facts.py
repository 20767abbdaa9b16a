"""What happens to assignments, as values. See ``storage.facts``."""

from storage.facts import Fact


class AssignmentMade(Fact, frozen=True):
    """An educator assigns cases: see the fields of ``storage.assignments.Assignment``."""

    assignment_id: int
    cohort_id: int
    made_by: int
    title: str
    mode: str
    explained: str
    late: bool
    made_at: int
    opens_at: int
    due_at: int
    closes_at: int

    STATEMENTS = (
        """
        INSERT INTO assignments (id, cohort_id, made_by, title, mode, explained, late, made_at,
                                 opens_at, due_at, closes_at)
        VALUES (:assignment_id, :cohort_id, :made_by, :title, :mode, :explained, :late, :made_at,
                :opens_at, :due_at, :closes_at)
        """,
    )


class CaseAssigned(Fact, frozen=True):
    """A case has its place in an assignment, in today's wording."""

    assignment_id: int
    place: int
    case_id: str
    snapshot: str

    STATEMENTS = (
        """
        INSERT INTO assignment_cases (assignment_id, place, case_id, snapshot)
        VALUES (:assignment_id, :place, :case_id, :snapshot)
        """,
    )


class AssignedCaseDropped(Fact, frozen=True):
    """A case that was taken out of the library counts for nobody in an assignment any more."""

    assignment_id: int
    case_id: str
    dropped_at: int

    STATEMENTS = (
        """
        UPDATE assignment_cases SET dropped_at = :dropped_at
        WHERE assignment_id = :assignment_id AND case_id = :case_id AND dropped_at IS NULL
        """,
    )


class AssignmentOpened(Fact, frozen=True):
    """The members of a cohort are told of an assignment."""

    assignment_id: int
    opened_at: int

    STATEMENTS = (
        """
        UPDATE assignments SET opened_at = coalesce(opened_at, :opened_at)
        WHERE id = :assignment_id
        """,
    )


class AssignedTo(Fact, frozen=True):
    """A member has an assignment to do, until their own ``due_at``; it closes no earlier."""

    assignment_id: int
    person_id: int
    due_at: int
    remind_at: int | None

    STATEMENTS = (
        """
        INSERT INTO assigned_people (assignment_id, person_id, due_at, remind_at)
        VALUES (:assignment_id, :person_id, :due_at, :remind_at)
        ON CONFLICT DO UPDATE SET due_at = max(due_at, :due_at), remind_at = :remind_at
        """,
        "UPDATE assignments SET closes_at = max(closes_at, :due_at) WHERE id = :assignment_id",
    )


class Reminded(Fact, frozen=True):
    """A member was reminded, or did not need to be; ``remind_at``: when that is due again."""

    assignment_id: int
    person_id: int
    remind_at: int | None

    STATEMENTS = (
        """
        UPDATE assigned_people SET remind_at = :remind_at
        WHERE assignment_id = :assignment_id AND person_id = :person_id
        """,
    )


class AllReminded(Fact, frozen=True):
    """An educator had everybody reminded who has not finished."""

    assignment_id: int
    reminded_at: int

    STATEMENTS = ("UPDATE assignments SET reminded_at = :reminded_at WHERE id = :assignment_id",)


class AssignmentExtended(Fact, frozen=True):
    """There is more time for everybody: ``due_at`` moves to a later instant.

    What is under way has that time too.
    """

    assignment_id: int
    due_at: int
    closes_at: int

    STATEMENTS = (
        """
        UPDATE assignments SET due_at = :due_at, closes_at = max(closes_at, :closes_at)
        WHERE id = :assignment_id AND due_at < :due_at
        """,
        """
        UPDATE assigned_people SET due_at = max(due_at, :due_at)
        WHERE assignment_id = :assignment_id
        """,
    )


class AssignmentCancelled(Fact, frozen=True):
    """An assignment counts for nobody; what is under way in it is void."""

    assignment_id: int
    cancelled_at: int

    STATEMENTS = (
        """
        UPDATE assignments SET cancelled_at = :cancelled_at
        WHERE id = :assignment_id AND cancelled_at IS NULL AND closed_at IS NULL
        """,
        """
        UPDATE sitting_items SET draft = NULL WHERE sitting_id IN (
            SELECT id FROM sittings
            WHERE assignment_id = :assignment_id AND state IN ('open', 'paused'))
        """,
        """
        UPDATE sittings SET state = 'void', ended_at = :cancelled_at, warn_at = NULL
        WHERE assignment_id = :assignment_id AND state IN ('open', 'paused')
        """,
        "UPDATE assigned_people SET remind_at = NULL WHERE assignment_id = :assignment_id",
    )


class AssignmentClosed(Fact, frozen=True):
    """Nothing more is handed in: the numbers of an assignment are final."""

    assignment_id: int
    closed_at: int

    STATEMENTS = (
        """
        UPDATE assignments SET closed_at = :closed_at
        WHERE id = :assignment_id AND closed_at IS NULL AND cancelled_at IS NULL
        """,
        "UPDATE assigned_people SET remind_at = NULL WHERE assignment_id = :assignment_id",
    )
