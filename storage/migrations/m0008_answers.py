"""Answers that count once whatever happens between, drafts of answers, and steady tallies."""

STATEMENTS = (
    # Who answered an open question and was forgotten since, each by a mark (storage/marks.py) with
    # the question's own random key. Both go when it closes, at the latest.
    "ALTER TABLE questions ADD COLUMN mark_key TEXT",
    """
    CREATE TABLE forgotten_answers (
        post_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        mark TEXT NOT NULL,
        PRIMARY KEY (post_id, position, mark)
    ) STRICT, WITHOUT ROWID
    """,
    # The chat's id before it became a supergroup: buttons in the old one still speak for it.
    "ALTER TABLE questions ADD COLUMN moved_from INTEGER",
    # Choices marked under a question of several right ones and not submitted: in no count.
    """
    CREATE TABLE draft_answers (
        post_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        choices TEXT NOT NULL,
        PRIMARY KEY (post_id, position, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX draft_answers_by_person ON draft_answers (person_id)",
    # What people are shown of a tally: it follows ``answers`` in steps of five answers.
    "ALTER TABLE tallies ADD COLUMN shown INTEGER NOT NULL DEFAULT 0",
    "UPDATE tallies SET shown = answers",
)
