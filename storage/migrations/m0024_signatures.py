"""Clinicians who review cases: what they signed, and what they sent back."""

STATEMENTS = (
    # digest: of what is signed (content.signed_digest); name: as it was when they signed.
    """
    CREATE TABLE signatures (
        case_id TEXT NOT NULL,
        digest TEXT NOT NULL,
        person_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        signed_at INTEGER NOT NULL,
        PRIMARY KEY (case_id, digest, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX signatures_by_person ON signatures (person_id)",
    # What a reviewer sent back last, as it was then: they are not asked again until it changes.
    """
    CREATE TABLE sent_back_cases (
        person_id INTEGER NOT NULL,
        case_id TEXT NOT NULL,
        digest TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('change', 'rejected')),
        sent_at INTEGER NOT NULL,
        PRIMARY KEY (person_id, case_id)
    ) STRICT, WITHOUT ROWID
    """,
)
