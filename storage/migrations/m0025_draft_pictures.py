"""Pictures of cases that are being written: they lie with their draft, and go with it."""

STATEMENTS = (
    """
    CREATE TABLE draft_pictures (
        draft_id INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (draft_id, sha256)
    ) STRICT
    """,
    "CREATE INDEX draft_pictures_by_hash ON draft_pictures (sha256)",
    "CREATE INDEX publications_by_draft ON publications (draft_id) WHERE draft_id IS NOT NULL",
)
