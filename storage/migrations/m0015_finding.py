"""Cases that people saved or passed by, what they prefer, and commands whose rest is awaited."""

STATEMENTS = (
    """
    CREATE TABLE marks (
        person_id INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('saved', 'passed')),
        case_id TEXT NOT NULL,
        marked_at INTEGER NOT NULL,
        PRIMARY KEY (person_id, kind, case_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE preferences (
        person_id INTEGER PRIMARY KEY,
        document TEXT NOT NULL
    ) STRICT
    """,
    # A person's next text may also be what follows a command.
    """
    CREATE TABLE awaited_texts_15 (
        person_id INTEGER PRIMARY KEY,
        post_id INTEGER REFERENCES posts (id),
        position INTEGER,
        flag_id INTEGER REFERENCES flags (id),
        message_id INTEGER,
        asked_at INTEGER NOT NULL,
        command TEXT,
        CHECK ((post_id IS NOT NULL) + (flag_id IS NOT NULL) + (command IS NOT NULL) = 1),
        CHECK ((post_id IS NULL) = (position IS NULL)),
        CHECK ((flag_id IS NULL) = (message_id IS NULL))
    ) STRICT
    """,
    """
    INSERT INTO awaited_texts_15 (person_id, post_id, position, flag_id, message_id, asked_at)
    SELECT person_id, post_id, position, flag_id, message_id, asked_at FROM awaited_texts
    """,
    "DROP TABLE awaited_texts",
    "ALTER TABLE awaited_texts_15 RENAME TO awaited_texts",
)
