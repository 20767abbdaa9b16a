"""Groups, channels and schedules.

``settings`` and ``choice_order`` hold JSON. Names stand in ``shown_names`` alone: those of people
who asked to be named on a leaderboard.
"""

STATEMENTS = (
    # next_due and digest_due are empty where nothing is scheduled; gone_at once the bot is out.
    """
    CREATE TABLE chats (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('group', 'supergroup', 'channel')),
        title TEXT NOT NULL,
        settings TEXT NOT NULL,
        added_by INTEGER,
        added_at INTEGER NOT NULL,
        gone_at INTEGER,
        next_due INTEGER,
        digest_due INTEGER,
        warned_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX chats_due ON chats (next_due) WHERE next_due IS NOT NULL",
    "CREATE INDEX chats_digest ON chats (digest_due) WHERE digest_due IS NOT NULL",
    "CREATE INDEX chats_by_owner ON chats (added_by) WHERE added_by IS NOT NULL",
    "ALTER TABLE posts ADD COLUMN thread_id INTEGER",
    # When the schedule wanted it: a due time is served once.
    "ALTER TABLE posts ADD COLUMN due_at INTEGER",
    "CREATE UNIQUE INDEX posts_due ON posts (chat_id, due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX posts_by_chat ON posts (chat_id, posted_at) WHERE chat_id < 0",
    # A question as it stands before a group or a channel. sent_at: when Telegram took it, and its
    # time began. tally_due: its buttons are to be brought up to date then. totals: an anonymous
    # poll's counts, by choice; voters: how many people those are.
    """
    CREATE TABLE questions (
        post_id INTEGER NOT NULL REFERENCES posts (id),
        position INTEGER NOT NULL,
        chat_id INTEGER NOT NULL,
        layout TEXT NOT NULL CHECK (layout IN ('poll', 'anonymous', 'buttons')),
        choice_order TEXT NOT NULL,
        message_id INTEGER,
        sent_at INTEGER,
        put_at INTEGER NOT NULL,
        closes_at INTEGER NOT NULL,
        closed_at INTEGER,
        tally_due INTEGER,
        totals TEXT,
        voters INTEGER,
        PRIMARY KEY (post_id, position)
    ) STRICT
    """,
    "CREATE INDEX outbox_questions ON outbox (post_id, position) WHERE post_id IS NOT NULL",
    "CREATE INDEX questions_open ON questions (closes_at) WHERE closed_at IS NULL",
    "CREATE INDEX questions_tally ON questions (tally_due) WHERE tally_due IS NOT NULL",
    "CREATE INDEX questions_by_chat ON questions (chat_id)",
    "CREATE INDEX answers_by_post ON answers (post_id, position) WHERE post_id IS NOT NULL",
    """
    CREATE TABLE shown_names (
        chat_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (chat_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX shown_names_by_person ON shown_names (person_id)",
    # A learner's own daily case. unanswered: cases in a row without an answer.
    """
    CREATE TABLE daily (
        person_id INTEGER PRIMARY KEY,
        timetable TEXT NOT NULL,
        quiet TEXT,
        next_due INTEGER,
        unanswered INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX daily_due ON daily (next_due) WHERE next_due IS NOT NULL",
)
