"""What learners can say against a question, and within what bounds."""

from enum import StrEnum

LONGEST_TEXT = 1000  # characters that a flag or the reply to one may have
WRITE_WITHIN_MS = 60 * 60 * 1000  # ms that somebody who was asked to write has for it


class Reason(StrEnum):
    """Why a question is flagged. Kept in the database: a value once used keeps its meaning."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    OTHER = "other"
