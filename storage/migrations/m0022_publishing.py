"""Cases that were published from the chat, and what is still to be done to their files."""

STATEMENTS = (
    # person_id: the author; nobody once they are erased. digest: SHA-256 of the file as it was
    # written here, so that what somebody changed by hand is known, and left alone.
    """
    CREATE TABLE published_cases (
        id INTEGER PRIMARY KEY,
        case_id TEXT NOT NULL UNIQUE,
        person_id INTEGER,
        digest TEXT NOT NULL,
        path TEXT NOT NULL,
        published_at INTEGER NOT NULL,
        withdrawn_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX published_cases_by_person ON published_cases (person_id, case_id)",
    # content: of the file to be written; none: it is to be taken away. replaces: the digest of the
    # file in whose place it comes; none: there is to be no such file yet.
    """
    CREATE TABLE publications (
        id INTEGER PRIMARY KEY,
        case_id TEXT NOT NULL UNIQUE,
        person_id INTEGER NOT NULL,
        draft_id INTEGER,
        content TEXT,
        figures TEXT NOT NULL,
        replaces TEXT,
        asked_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('owed', 'written', 'held up'))
    ) STRICT
    """,
    "CREATE INDEX publications_by_person ON publications (person_id)",
    "CREATE INDEX publications_by_state ON publications (state)",
)
