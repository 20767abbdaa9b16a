"""What the buttons about pictures say: which picture, and what is said of it."""

from enum import StrEnum
from typing import Final

from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.shared.messages import Button
from content.question import Consent

ME: Final = "me"
SOMEBODY: Final = "else"
AS_BEFORE: Final = "same"


class ConsentSaid(StrEnum):
    """Whether the patient consented, as an author says."""

    OBTAINED = Consent.OBTAINED.value
    NOT_REQUIRED = Consent.NOT_REQUIRED.value
    NO = "no"


def say_button(text: str, draft_id: int, number: int, field: str, value: str) -> Button:
    """A button by which something is said of a picture."""
    return draft_button(text, DraftVerb.PICTURE_SAY, draft_id, number, f"{field}.{value}")


def said_by(part: str) -> tuple[str, str]:
    """What such a button says: of which field, which value."""
    field, _, value = part.partition(".")
    return field, value
