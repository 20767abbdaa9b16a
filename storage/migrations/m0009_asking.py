"""Who asked for a case in a group, and whether its polls can be forwarded."""

STATEMENTS = (
    # A member who is no administrator, and only for a day: so many may each of them ask for.
    "ALTER TABLE posts ADD COLUMN asked_by INTEGER",
    "ALTER TABLE posts ADD COLUMN by_member INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX posts_by_asker ON posts (asked_by) WHERE asked_by IS NOT NULL",
    # Polls that were sent before can have been forwarded, and votes come from elsewhere.
    "ALTER TABLE questions ADD COLUMN protected INTEGER NOT NULL DEFAULT 0",
)
