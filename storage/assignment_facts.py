"""What happens to assignments, as values. See ``storage.facts``."""

from storage.facts import Fact

LAST_MOMENT = "iif(t.late, max(t.closes_at, p.due_at), p.due_at)"
"""Until when what a member ``p`` does in an assignment ``t`` counts."""
SEALED = """
    SELECT closes_at FROM assignments t
    WHERE t.id = coalesce(sittings.assignment_id, sittings.sealed_by) AND t.explained = 'after_due'
        AND t.closed_at IS NULL AND t.cancelled_at IS NULL
"""
"""Until when nothing of a row of ``sittings`` is told; none where it may be told at once."""
_UNFINISHED = """
    NOT EXISTS (
        SELECT 1 FROM sittings s WHERE s.assignment_id = assigned_people.assignment_id
            AND s.person_id = assigned_people.person_id AND s.state IN ('handed_in', 'void'))
"""


def under_way_void(assignments: str, at: str) -> tuple[str, ...]:
    """What makes all void that is under way in these assignments: SQL that names their ids."""
    sittings = f"assignment_id IN ({assignments}) AND state IN ('open', 'paused')"
    return (
        f"""
        UPDATE sitting_items SET draft = NULL
        WHERE sitting_id IN (SELECT id FROM sittings WHERE {sittings})
        """,  # noqa: S608 - ours
        f"UPDATE sittings SET state = 'void', ended_at = {at}, warn_at = NULL WHERE {sittings}",  # noqa: S608
    )


class AssignmentDrafted(Fact, frozen=True):
    """What an educator has chosen so far of an assignment to be made."""

    person_id: int
    document: str
    drafted_at: int

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO assignment_drafts (person_id, document, drafted_at)
        VALUES (:person_id, :document, :drafted_at)
        """,
    )


class DraftDropped(Fact, frozen=True):
    """An educator's draft was made an assignment, or is not wanted any more."""

    person_id: int

    STATEMENTS = ("DELETE FROM assignment_drafts WHERE person_id = :person_id",)


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
    """A case that was taken out of the library counts for nobody in an assignment any more.

    Scores are made again without it, and members are told.
    """

    assignment_id: int
    case_id: str
    dropped_at: int

    STATEMENTS = (
        """
        UPDATE assignment_cases SET dropped_at = :dropped_at
        WHERE assignment_id = :assignment_id AND case_id = :case_id AND dropped_at IS NULL
        """,
        """
        UPDATE sittings SET score = (
            SELECT coalesce(sum(a.score), 0)
            FROM sitting_items i
            JOIN posts p ON p.id = i.post_id
            JOIN assignment_cases c ON c.assignment_id = sittings.assignment_id
                AND c.case_id = p.case_id AND c.dropped_at IS NULL
            JOIN answers a ON a.person_id = sittings.person_id
                AND a.post_id = i.post_id AND a.position = i.position
            WHERE i.sitting_id = sittings.id)
        WHERE assignment_id = :assignment_id AND score IS NOT NULL
        """,
        "UPDATE assigned_people SET remind_at = :dropped_at WHERE assignment_id = :assignment_id",
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
    """A member was told, or did not need to be; ``remind_at``: when there is something again."""

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

    STATEMENTS = (
        "UPDATE assignments SET reminded_at = :reminded_at WHERE id = :assignment_id",
        f"""
        UPDATE assigned_people SET remind_at = :reminded_at
        WHERE assignment_id = :assignment_id AND {_UNFINISHED}
        """,  # noqa: S608 - ours
    )


class AssignmentExtended(Fact, frozen=True):
    """There is more time for everybody: ``due_at`` moves to a later instant, and they are told.

    What is under way has that time too, an exam up to ``exam_ms`` from its beginning.
    """

    assignment_id: int
    due_at: int
    closes_at: int
    exam_ms: int
    extended_at: int

    STATEMENTS = (
        """
        UPDATE assignments SET due_at = :due_at, closes_at = max(closes_at, :closes_at),
            extended_at = :extended_at
        WHERE id = :assignment_id AND due_at < :due_at
        """,
        """
        UPDATE assigned_people SET due_at = max(due_at, :due_at)
        WHERE assignment_id = :assignment_id
        """,
        f"""
        UPDATE assigned_people SET remind_at = :extended_at
        WHERE assignment_id = :assignment_id AND {_UNFINISHED}
        """,  # noqa: S608 - ours
        f"""
        UPDATE sittings SET deadline = last, warn_at = warn_at + last - deadline
        FROM (
            SELECT s.id AS sitting_id, min(s.begun_at + :exam_ms, {LAST_MOMENT}) AS last
            FROM sittings s
            JOIN assignments t ON t.id = s.assignment_id
            JOIN assigned_people p ON p.assignment_id = t.id AND p.person_id = s.person_id
            WHERE s.assignment_id = :assignment_id
        )
        WHERE sitting_id = sittings.id AND state = 'open' AND deadline < last
        """,  # noqa: S608 - ours
    )


class AssignmentCancelled(Fact, frozen=True):
    """An assignment counts for nobody; what is under way in it is void, and members are told."""

    assignment_id: int
    cancelled_at: int

    STATEMENTS = (
        """
        UPDATE assignments SET cancelled_at = :cancelled_at
        WHERE id = :assignment_id AND cancelled_at IS NULL AND closed_at IS NULL
        """,
        *under_way_void(":assignment_id", ":cancelled_at"),
        "UPDATE assigned_people SET remind_at = :cancelled_at WHERE assignment_id = :assignment_id",
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
