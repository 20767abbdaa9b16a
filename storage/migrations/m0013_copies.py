"""What each copy of an anonymous poll came to, where a kill left a question with several."""

STATEMENTS = (
    "ALTER TABLE poll_attempts ADD COLUMN totals TEXT",
    "ALTER TABLE poll_attempts ADD COLUMN voters INTEGER",
)
