"""Practice sessions and exams, their questions, and where an exam stands in the chat."""

STATEMENTS = (
    # spec: what was asked for, as JSON. shown: the place of the question that was opened last.
    # alive_at: until when the bot is known to have been at work, which deadlines go by.
    """
    CREATE TABLE sittings (
        id INTEGER PRIMARY KEY,
        person_id INTEGER NOT NULL,
        mode TEXT NOT NULL CHECK (mode IN ('study', 'exam')),
        spec TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open'
            CHECK (state IN ('open', 'paused', 'handed_in', 'void')),
        begun_at INTEGER NOT NULL,
        ended_at INTEGER,
        shown INTEGER NOT NULL DEFAULT 0,
        deadline INTEGER,
        warn_at INTEGER,
        alive_at INTEGER,
        score REAL
    ) STRICT
    """,
    "CREATE INDEX sittings_by_person ON sittings (person_id)",
    """
    CREATE UNIQUE INDEX sittings_one_at_a_time ON sittings (person_id)
    WHERE state IN ('open', 'paused')
    """,
    """
    CREATE INDEX sittings_timed ON sittings (deadline)
    WHERE state = 'open' AND deadline IS NOT NULL
    """,
    # draft: the choices standing so far, in no count. locked: a later question of its case was
    # opened, which may give it away.
    """
    CREATE TABLE sitting_items (
        sitting_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        post_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        choice_order TEXT NOT NULL,
        draft TEXT,
        marked INTEGER NOT NULL DEFAULT 0,
        locked INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (sitting_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX sitting_items_by_question ON sitting_items (post_id, position)",
    # What shows an exam's question in the chat, to be deleted when another is opened.
    """
    CREATE TABLE sitting_messages (
        sitting_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        PRIMARY KEY (sitting_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
)
