"""What administrators are asked of items and decide, as values. See ``storage.facts``.

What stands in the way of a decision is looked at again as it is written.
"""

from storage.facts import Fact


class ItemCardOpened(Fact, frozen=True):
    """An item, as it stands in a snapshot at ``position``, is to be looked at; ``reasons`` say why.

    ``numbers`` is what ``answers`` many answers said of it. An item has one card that is open, or
    by which it is retired: another is not written down.
    """

    card_id: int
    case_id: str
    question_id: str
    revision: str
    snapshot: str
    position: int
    reasons: tuple[str, ...]
    numbers: str
    answers: int
    opened_at: int

    STATEMENTS = (
        """
        INSERT INTO item_cards (id, case_id, question_id, revision, snapshot, position, reasons,
                                numbers, answers, opened_at)
        SELECT :card_id, :case_id, :question_id, :revision, :snapshot, :position, :reasons,
               :numbers, :answers, :opened_at
        WHERE NOT EXISTS (
            SELECT 1 FROM item_cards
            WHERE revision = :revision AND case_id = :case_id AND state IN ('open', 'retired'))
        """,
    )


class ItemDecided(Fact, frozen=True):
    """An administrator decided on a card that was in the state ``was``: it is in ``state`` now."""

    card_id: int
    case_id: str
    revision: str
    was: str
    state: str
    why: str | None
    decided_by: int
    decided_by_name: str
    decided_at: int

    STATEMENTS = (
        """
        UPDATE item_cards SET state = :state, why = :why, decided_by = :decided_by,
            decided_by_name = :decided_by_name, decided_at = :decided_at
        WHERE id = :card_id AND case_id = :case_id AND revision = :revision AND state = :was
        """,
    )


class ItemCompared(Fact, frozen=True):
    """What came after an item that was decided on was shown beside it."""

    card_id: int
    compared_at: int

    STATEMENTS = ("UPDATE item_cards SET compared_at = :compared_at WHERE id = :card_id",)
