"""What learners can say against a question."""

from enum import StrEnum


class FlagReason(StrEnum):
    """Why a question is flagged. Kept in the database: a value once used keeps its meaning."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    OTHER = "other"
