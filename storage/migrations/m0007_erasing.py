"""Erasing people at once and everywhere: found by index, marked for restores, wiped from the disk.

Also what `/mydata`, retention and a chat's move need in order to read no more than is theirs.
"""

STATEMENTS = (
    # Their key is a person's id. As a rowid it would stay behind in the inner pages of the table,
    # where SQLite keeps keys as signposts, after the row was deleted.
    "ALTER TABLE people RENAME TO people_before",
    """
    CREATE TABLE people (
        id INTEGER PRIMARY KEY,
        language TEXT,
        telegram_language TEXT,
        met_at INTEGER NOT NULL,
        blocked_at INTEGER
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO people SELECT * FROM people_before",
    "DROP TABLE people_before",
    "ALTER TABLE daily RENAME TO daily_before",
    """
    CREATE TABLE daily (
        person_id INTEGER PRIMARY KEY,
        timetable TEXT NOT NULL,
        quiet TEXT,
        next_due INTEGER,
        unanswered INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO daily SELECT * FROM daily_before",
    "DROP TABLE daily_before",
    "CREATE INDEX daily_due ON daily (next_due) WHERE next_due IS NOT NULL",
    "ALTER TABLE awaited_texts RENAME TO awaited_texts_before",
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
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO awaited_texts SELECT * FROM awaited_texts_before",
    "DROP TABLE awaited_texts_before",
    # A learner's polls, a moved chat's: without it each was looked for among all there ever were.
    # Nothing looks for attempts by their post any more.
    "DROP INDEX poll_attempts_by_post",
    "CREATE INDEX poll_attempts_by_chat ON poll_attempts (chat_id) WHERE chat_id IS NOT NULL",
    # A learner's answers are found by the index of wordings as well; each vote paid for this one.
    "DROP INDEX answers_by_person",
    "CREATE INDEX parked_answers_by_person ON parked_answers (person_id)",
    "CREATE INDEX set_aside_by_person ON set_aside (person_id) WHERE person_id IS NOT NULL",
    # What owed messages say of people: words as they stand there. It goes with the message.
    """
    CREATE TABLE quotes (
        outbox_id INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
        person_id INTEGER NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (outbox_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX quotes_by_person ON quotes (person_id)",
    # People who were erased, each by a keyed mark (storage/marks.py): a backup made before knows
    # them still, and to restore it must not bring them back.
    """
    CREATE TABLE erased_people (
        mark TEXT PRIMARY KEY,
        erased_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # Times at which something was erased whose bytes may still lie in the log and the pages that it
    # replaces, or, where in_log is 0, in unused space of pages alone.
    """
    CREATE TABLE erasures (
        id INTEGER PRIMARY KEY,
        erased_at INTEGER NOT NULL,
        in_log INTEGER NOT NULL DEFAULT 1
    ) STRICT
    """,
    # What Telegram refused says of nobody any more to whom it was to go.
    """
    UPDATE outbox SET chat_id = 0, edit_key = NULL WHERE state = 'refused' AND chat_id > 0
    """,
)
