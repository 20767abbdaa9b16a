"""What a person's practice comes to, as values. See ``storage.facts``."""

from msgspec import Struct

from storage.facts import Fact


def folded_anew(people: str) -> tuple[str, ...]:
    """What leaves no card of these people: ``people`` is SQL that names them."""
    return tuple(
        f"DELETE FROM {table} WHERE person_id IN ({people})"  # noqa: S608 - the tables are named here
        for table in ("cards", "folded")
    )


class ConfidenceSaid(Fact, frozen=True):
    """How sure a person is of the question they are about to answer: the last word counts."""

    person_id: int
    post_id: int
    position: int
    level: str

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO confidences (person_id, post_id, position, level)
        VALUES (:person_id, :post_id, :position, :level)
        """,
    )


class ConfidenceTaken(Fact, frozen=True):
    """What a person said of a question is kept with their answer from now on."""

    person_id: int
    post_id: int
    position: int

    STATEMENTS = (
        """
        DELETE FROM confidences
        WHERE person_id = :person_id AND post_id = :post_id AND position = :position
        """,
    )


class PictureRecognised(Fact, frozen=True):
    """A person says of a right answer whether the picture gave it away."""

    person_id: int
    post_id: int
    position: int
    recognised: bool

    STATEMENTS = (
        """
        UPDATE answers SET recognised = :recognised
        WHERE person_id = :person_id AND post_id = :post_id AND position = :position
        """,
    )


class Card(Struct, frozen=True):
    """What a person remembers of an objective; times are UTC milliseconds.

    ``due_at`` None: it needs no review any more. ``urgency``: the lower, the sooner among what is
    due. ``stability`` is in days. ``document`` is for whoever folds.
    """

    objective: str
    due_at: int | None
    urgency: int
    stability: float
    reviewed_at: int
    document: str


class CardFolded(Fact, frozen=True):
    """A person's answers to an objective were folded into its card.

    Where the cards that it goes with were deleted meanwhile, nothing is written: the next look
    folds all anew.
    """

    person_id: int
    objective: str
    due_at: int | None
    urgency: int
    stability: float
    reviewed_at: int
    document: str

    STATEMENTS = (
        """
        INSERT OR REPLACE INTO cards
            (person_id, objective, due_at, urgency, stability, reviewed_at, document)
        SELECT :person_id, :objective, :due_at, :urgency, :stability, :reviewed_at, :document
        WHERE EXISTS (SELECT 1 FROM folded WHERE person_id = :person_id)
        """,
    )


class FoldingBegun(Fact, frozen=True):
    """A person's cards are folded anew, from their first answer on."""

    person_id: int

    STATEMENTS = (
        "DELETE FROM cards WHERE person_id = :person_id",
        "INSERT OR REPLACE INTO folded (person_id, through_answer, objectives)"
        " VALUES (:person_id, 0, '')",
    )


class AnswersFolded(Fact, frozen=True):
    """A person's answers up to this one are in their cards; see ``storage.practice.Folded``."""

    person_id: int
    through_answer: int
    objectives: str

    STATEMENTS = (
        """
        UPDATE folded SET through_answer = :through_answer, objectives = :objectives
        WHERE person_id = :person_id
        """,
    )


class ObjectivePaused(Fact, frozen=True):
    """A person wants no review of an objective any more."""

    person_id: int
    objective: str
    paused_at: int

    STATEMENTS = (
        """
        INSERT INTO paused_objectives (person_id, objective, paused_at)
        VALUES (:person_id, :objective, :paused_at) ON CONFLICT DO NOTHING
        """,
    )


class ObjectiveResumed(Fact, frozen=True):
    """A person wants reviews of an objective again."""

    person_id: int
    objective: str

    STATEMENTS = (
        """
        DELETE FROM paused_objectives WHERE person_id = :person_id AND objective = :objective
        """,
    )
