"""Erasing people at once and everywhere: found by index, marked for restores, wiped from the disk.

Also what `/mydata`, retention and a chat's move need in order to read no more than is theirs.
"""

STATEMENTS = (
    # A learner's polls, a moved chat's: without it each was looked for among all there ever were.
    # Nothing looks for attempts by their post any more.
    "DROP INDEX poll_attempts_by_post",
    "CREATE INDEX poll_attempts_by_chat ON poll_attempts (chat_id) WHERE chat_id IS NOT NULL",
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
    # Times at which something was erased whose bytes may still lie in the file or its log.
    "CREATE TABLE erasures (id INTEGER PRIMARY KEY, erased_at INTEGER NOT NULL) STRICT",
    # What Telegram refused says of nobody any more to whom it was to go.
    """
    UPDATE outbox SET chat_id = 0, edit_key = NULL WHERE state = 'refused' AND chat_id > 0
    """,
)
