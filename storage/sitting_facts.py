"""What happens in practice sessions and exams, as values. See ``storage.facts``."""

from storage.facts import Fact


class SittingBegun(Fact, frozen=True):
    """A person begins a session or, with a deadline, an exam; ``spec`` is what they asked for."""

    sitting_id: int
    person_id: int
    mode: str
    spec: str
    begun_at: int
    deadline: int | None = None
    warn_at: int | None = None
    assignment_id: int | None = None

    STATEMENTS = (
        """
        INSERT INTO sittings
            (id, person_id, mode, spec, begun_at, deadline, warn_at, alive_at, assignment_id)
        VALUES (:sitting_id, :person_id, :mode, :spec, :begun_at, :deadline, :warn_at,
                iif(:deadline IS NULL, NULL, :begun_at), :assignment_id)
        """,
    )


class ItemAdded(Fact, frozen=True):
    """A question has its place in a sitting; ``choice_order`` is that of its buttons."""

    sitting_id: int
    place: int
    post_id: int
    position: int
    choice_order: tuple[int, ...]

    STATEMENTS = (
        """
        INSERT INTO sitting_items (sitting_id, place, post_id, position, choice_order)
        VALUES (:sitting_id, :place, :post_id, :position, :choice_order)
        """,
    )


class ItemOpened(Fact, frozen=True):
    """A question is in view, or all are, at the place after the last.

    What it may give away, the ones before it in its case, is locked.
    """

    sitting_id: int
    place: int

    STATEMENTS = (
        "UPDATE sittings SET shown = :place WHERE id = :sitting_id",
        """
        UPDATE sitting_items SET locked = 1
        WHERE sitting_id = :sitting_id AND place < :place AND post_id =
            (SELECT post_id FROM sitting_items WHERE sitting_id = :sitting_id AND place = :place)
        """,
    )


class ChoicesDrafted(Fact, frozen=True):
    """The choices that stand for now under a question of an exam; none: it is not answered."""

    sitting_id: int
    place: int
    choices: tuple[int, ...]

    STATEMENTS = (
        """
        UPDATE sitting_items SET draft = nullif(:choices, '[]')
        WHERE sitting_id = :sitting_id AND place = :place AND NOT locked
            AND EXISTS (SELECT 1 FROM sittings WHERE id = :sitting_id AND state = 'open')
        """,
    )


class ItemMarked(Fact, frozen=True):
    """A question is marked for later, or no longer."""

    sitting_id: int
    place: int
    marked: bool

    STATEMENTS = (
        """
        UPDATE sitting_items SET marked = :marked
        WHERE sitting_id = :sitting_id AND place = :place
        """,
    )


class SittingPaused(Fact, frozen=True):
    """A session rests."""

    sitting_id: int

    STATEMENTS = (
        """
        UPDATE sittings SET state = 'paused'
        WHERE id = :sitting_id AND state = 'open' AND mode = 'study'
        """,
    )


class SittingResumed(Fact, frozen=True):
    """It goes on."""

    sitting_id: int

    STATEMENTS = ("UPDATE sittings SET state = 'open' WHERE id = :sitting_id AND state = 'paused'",)


class HandInWarned(Fact, frozen=True):
    """Whoever sits an exam was told how little time is left."""

    sitting_id: int

    STATEMENTS = ("UPDATE sittings SET warn_at = NULL WHERE id = :sitting_id",)


class ScreenTakenAway(Fact, frozen=True):
    """The messages known to show an exam's question are deleted."""

    sitting_id: int

    STATEMENTS = ("DELETE FROM sitting_messages WHERE sitting_id = :sitting_id",)


class SittingSealed(Fact, frozen=True):
    """An exam is over, but explained later: what stands in it stands, and is answered then."""

    sitting_id: int
    ended_at: int

    STATEMENTS = (
        """
        UPDATE sittings SET state = 'handed_in', ended_at = :ended_at, warn_at = NULL
        WHERE id = :sitting_id AND state = 'open'
        """,
    )


class SittingHandedIn(Fact, frozen=True):
    """A sitting is over: what stood is answered, in the same commit. ``score`` is in points."""

    sitting_id: int
    ended_at: int
    score: float

    STATEMENTS = (
        """
        UPDATE sittings SET state = 'handed_in', ended_at = coalesce(ended_at, :ended_at),
            score = :score, warn_at = NULL, sealed_by = NULL
        WHERE id = :sitting_id AND state <> 'void' AND score IS NULL
        """,
        "UPDATE sitting_items SET draft = NULL WHERE sitting_id = :sitting_id",
    )


class SittingLeftOff(Fact, frozen=True):
    """A sitting is void: nothing that stood in it counts."""

    sitting_id: int
    ended_at: int

    STATEMENTS = (
        """
        UPDATE sittings SET state = 'void', ended_at = :ended_at, warn_at = NULL
        WHERE id = :sitting_id AND state IN ('open', 'paused')
        """,
        "UPDATE sitting_items SET draft = NULL WHERE sitting_id = :sitting_id",
    )
