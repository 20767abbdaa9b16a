"""Results that a chat would not take and that are told later, and cases that Telegram refused."""

STATEMENTS = (
    # Which question a call puts or tells of; of an explanation in private, the post alone.
    "ALTER TABLE outbox ADD COLUMN about_post INTEGER",
    "ALTER TABLE outbox ADD COLUMN about_position INTEGER",
    "UPDATE outbox SET about_post = post_id, about_position = position",
    # A closed question whose results the chat did not take: since when, and when they are tried.
    "ALTER TABLE questions ADD COLUMN untold_since INTEGER",
    "ALTER TABLE questions ADD COLUMN tell_at INTEGER",
    "CREATE INDEX questions_untold ON questions (tell_at) WHERE tell_at IS NOT NULL",
    # Telegram refused the case for good: it does not count as seen.
    "ALTER TABLE posts ADD COLUMN refused_at INTEGER",
)
