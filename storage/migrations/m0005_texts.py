"""Texts that many are owed at once are kept once: a crowd votes in one case."""

STATEMENTS = (
    # digest: SHA-256 of the content. A text stays while a call may need it; see Store.tidy.
    """
    CREATE TABLE texts (
        digest TEXT PRIMARY KEY,
        content TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # A call with a digest here has its text there, and not in its params.
    "ALTER TABLE outbox ADD COLUMN text_digest TEXT",
)
