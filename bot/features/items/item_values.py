"""An item as its page shows it."""

from msgspec import Struct

from content.model import Case, Question
from content.reckoned_items import ReckonedItem


class Wording(Struct, frozen=True):
    """A question in one wording, in its case as it was then, and what its answers say."""

    case: Case
    reckoned: ReckonedItem

    @property
    def position(self) -> int:
        """Its place in the case, from 0."""
        return self.reckoned.asked.position

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.case.questions[self.position]


class ShownItem(Struct, frozen=True):
    """An item, and the wordings just before and after it, where there are such.

    ``link`` opens its case, where it is still asked in this wording.
    """

    wording: Wording
    before: Wording | None
    after: Wording | None
    link: str | None
