"""Texts of owed messages by themselves; once, what many begin with: a crowd votes in one case."""

STATEMENTS = (
    # digest: SHA-256 of the content. A text stays while a call may need it; see Store.tidy.
    """
    CREATE TABLE texts (
        digest TEXT PRIMARY KEY,
        content TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # A message's text is here, behind what stands there by its digest, and not in its params: to
    # make JSON of it takes longer than to write it.
    "ALTER TABLE outbox ADD COLUMN text TEXT",
    "ALTER TABLE outbox ADD COLUMN text_digest TEXT",
)
