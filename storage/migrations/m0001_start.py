"""The first schema: people, cases as posted, polls, answers, and what is owed to Telegram.

All times are UTC milliseconds. ``choices``, ``option_ids`` and ``params`` hold JSON.
"""

STATEMENTS = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # No names: a person is an id, a language and the times we met.
    """
    CREATE TABLE people (
        id INTEGER PRIMARY KEY,
        language TEXT,
        telegram_language TEXT,
        met_at INTEGER NOT NULL,
        blocked_at INTEGER
    ) STRICT
    """,
    # Updates already handled; Telegram may deliver them again for 24 hours.
    "CREATE TABLE updates (id INTEGER PRIMARY KEY, handled_at INTEGER NOT NULL) STRICT",
    "CREATE INDEX updates_by_time ON updates (handled_at)",
    """
    CREATE TABLE set_aside (
        update_id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        error TEXT NOT NULL,
        person_id INTEGER,
        at INTEGER NOT NULL
    ) STRICT
    """,
    # A case with its figures' hashes as it was when posted.
    """
    CREATE TABLE snapshots (
        digest TEXT PRIMARY KEY,
        content TEXT NOT NULL,
        taken_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # The bytes stay, so that what is owed can be sent whatever becomes of the file; file_id is
    # Telegram's name for them once they were uploaded.
    """
    CREATE TABLE figures (
        sha256 TEXT PRIMARY KEY,
        content BLOB NOT NULL,
        file_id TEXT
    ) STRICT
    """,
    # person_id is set in private chats; both ids are emptied when that person is forgotten.
    """
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY,
        chat_id INTEGER,
        person_id INTEGER,
        case_id TEXT NOT NULL,
        snapshot TEXT NOT NULL REFERENCES snapshots (digest),
        posted_at INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX posts_by_person ON posts (person_id, case_id) WHERE person_id IS NOT NULL",
    # One row for each sendPoll ever begun: poll_id and message_id are known once its result came.
    """
    CREATE TABLE poll_attempts (
        id INTEGER PRIMARY KEY,
        outbox_id INTEGER NOT NULL,
        post_id INTEGER NOT NULL REFERENCES posts (id),
        position INTEGER NOT NULL,
        chat_id INTEGER,
        fingerprint TEXT NOT NULL,
        begun_at INTEGER NOT NULL,
        poll_id TEXT UNIQUE,
        message_id INTEGER,
        sent_at INTEGER,
        closed_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX poll_attempts_by_post ON poll_attempts (post_id, position)",
    "CREATE INDEX poll_attempts_by_outbox ON poll_attempts (outbox_id) WHERE poll_id IS NULL",
    "CREATE INDEX poll_attempts_unknown ON poll_attempts (fingerprint) WHERE poll_id IS NULL",
    # Polls that Telegram told us of before we knew them.
    """
    CREATE TABLE unknown_polls (
        poll_id TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        seen_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE parked_answers (
        update_id INTEGER PRIMARY KEY,
        poll_id TEXT NOT NULL,
        person_id INTEGER NOT NULL,
        language_code TEXT,
        option_ids TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        fresh INTEGER NOT NULL,
        told_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX parked_answers_by_poll ON parked_answers (poll_id)",
    # post_id is empty where the poll could be one of several; person_id once they are forgotten.
    # first: the person's first answer to this revision, the one that counts in the totals.
    """
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        person_id INTEGER,
        post_id INTEGER REFERENCES posts (id),
        position INTEGER NOT NULL,
        case_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        revision TEXT NOT NULL,
        choices TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('correct', 'partly', 'wrong')),
        score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
        first INTEGER NOT NULL,
        answered_at INTEGER NOT NULL,
        time_taken INTEGER,
        withdrawn_at INTEGER
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX answers_once ON answers (person_id, post_id, position)
    WHERE person_id IS NOT NULL AND post_id IS NOT NULL
    """,
    "CREATE INDEX answers_by_person ON answers (person_id, case_id, question_id)",
    "CREATE INDEX answers_by_revision ON answers (revision, first)",
    # How first answers fell, kept as they come, so that a learner never waits for a count.
    # Choice -1 counts the answers themselves.
    """
    CREATE TABLE tallies (
        revision TEXT NOT NULL,
        choice INTEGER NOT NULL,
        answers INTEGER NOT NULL,
        PRIMARY KEY (revision, choice)
    ) STRICT, WITHOUT ROWID
    """,
    # Calls owed to Telegram. A row goes when its call is done, and stays as 'refused' when
    # Telegram will never take it. AUTOINCREMENT: an id is never used twice.
    """
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        chat_id INTEGER NOT NULL,
        method TEXT NOT NULL,
        params TEXT NOT NULL,
        broadcast INTEGER NOT NULL,
        reply_to INTEGER,
        edit_key TEXT,
        post_id INTEGER REFERENCES posts (id),
        position INTEGER,
        fingerprint TEXT,
        state TEXT NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'refused')),
        owed_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        error TEXT
    ) STRICT
    """,
    "CREATE INDEX outbox_owed ON outbox (id) WHERE state = 'owed'",
    "CREATE INDEX outbox_by_chat ON outbox (chat_id)",
    "CREATE INDEX outbox_replies ON outbox (reply_to) WHERE reply_to IS NOT NULL",
    "CREATE INDEX outbox_edits ON outbox (edit_key) WHERE edit_key IS NOT NULL",
)
