"""Learners' flags on questions, and the texts that people were asked to write."""

STATEMENTS = (
    # person_id and words are empty once they are forgotten, or the flag has long been closed.
    """
    CREATE TABLE flags (
        id INTEGER PRIMARY KEY,
        person_id INTEGER,
        case_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        snapshot TEXT NOT NULL REFERENCES snapshots (digest),
        position INTEGER NOT NULL,
        reason TEXT NOT NULL CHECK (reason IN ('wrong', 'outdated', 'unclear', 'other')),
        words TEXT,
        flagged_at INTEGER NOT NULL,
        closed_at INTEGER
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX flags_open_once ON flags (person_id, case_id, question_id)
    WHERE closed_at IS NULL AND person_id IS NOT NULL
    """,
    "CREATE INDEX flags_open ON flags (flagged_at, id) WHERE closed_at IS NULL",
    "CREATE INDEX flags_by_person ON flags (person_id) WHERE person_id IS NOT NULL",
    # A person's next text says what is the matter with a question, or answers a flag, which stands
    # in that message.
    """
    CREATE TABLE awaited_texts (
        person_id INTEGER PRIMARY KEY,
        post_id INTEGER REFERENCES posts (id),
        position INTEGER,
        flag_id INTEGER REFERENCES flags (id),
        message_id INTEGER,
        asked_at INTEGER NOT NULL,
        CHECK ((post_id IS NULL) <> (flag_id IS NULL)),
        CHECK ((post_id IS NULL) = (position IS NULL)),
        CHECK ((flag_id IS NULL) = (message_id IS NULL))
    ) STRICT
    """,
)
