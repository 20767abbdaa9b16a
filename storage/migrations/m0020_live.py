"""Live rounds: a case worked through in a room, who joined, and how they voted."""

STATEMENTS = (
    # A post of a live round is for many people, and in nobody's chat.
    """
    ALTER TABLE posts ADD COLUMN meant_for TEXT NOT NULL DEFAULT 'case'
        CHECK (meant_for IN ('case', 'review', 'sitting', 'live'))
    """,
    "UPDATE posts SET meant_for = purpose WHERE purpose <> 'case'",
    "ALTER TABLE posts DROP COLUMN purpose",
    "ALTER TABLE posts RENAME COLUMN meant_for TO purpose",
    # presenter: empty once they are forgotten. token: the screen's; code: by which people join.
    # choice_orders: for each question the order in which its choices are numbered, as JSON.
    # since: when it came to where it stands. heard_at: the presenter's last act. panel_message: in
    # which message the presenter has its buttons; panel_due: when that is to be brought up to date.
    # echo_due: votes are to be made answers.
    """
    CREATE TABLE live_rounds (
        id INTEGER PRIMARY KEY,
        code TEXT NOT NULL,
        token TEXT NOT NULL UNIQUE,
        presenter INTEGER,
        language TEXT NOT NULL,
        post_id INTEGER NOT NULL REFERENCES posts (id),
        choice_orders TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'gathering'
            CHECK (state IN ('gathering', 'shown', 'open', 'closed', 'revealed', 'ended')),
        position INTEGER NOT NULL DEFAULT 0,
        ballot INTEGER NOT NULL DEFAULT 1 CHECK (ballot IN (1, 2)),
        votes_shown INTEGER NOT NULL DEFAULT 0,
        since INTEGER NOT NULL,
        heard_at INTEGER NOT NULL,
        panel_message INTEGER,
        panel_due INTEGER,
        echo_due INTEGER,
        ended_at INTEGER
    ) STRICT
    """,
    "CREATE UNIQUE INDEX live_rounds_by_code ON live_rounds (code) WHERE state <> 'ended'",
    """
    CREATE UNIQUE INDEX live_rounds_one_each ON live_rounds (presenter)
    WHERE state <> 'ended' AND presenter IS NOT NULL
    """,
    "CREATE INDEX live_rounds_by_presenter ON live_rounds (presenter) WHERE presenter IS NOT NULL",
    "CREATE INDEX live_rounds_silent ON live_rounds (heard_at) WHERE state <> 'ended'",
    "CREATE INDEX live_rounds_ended ON live_rounds (ended_at) WHERE ended_at IS NOT NULL",
    "CREATE INDEX live_rounds_paneled ON live_rounds (panel_due) WHERE panel_due IS NOT NULL",
    "CREATE INDEX live_rounds_echoing ON live_rounds (echo_due) WHERE echo_due IS NOT NULL",
    # message_id: in which message they have the question at message_position, once it was sent.
    """
    CREATE TABLE live_people (
        round_id INTEGER NOT NULL REFERENCES live_rounds (id),
        person_id INTEGER NOT NULL,
        joined_at INTEGER NOT NULL,
        message_id INTEGER,
        message_position INTEGER,
        PRIMARY KEY (round_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX live_people_by_person ON live_people (person_id)",
    """
    CREATE TABLE live_votes (
        round_id INTEGER NOT NULL REFERENCES live_rounds (id),
        position INTEGER NOT NULL,
        ballot INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        choices TEXT NOT NULL,
        voted_at INTEGER NOT NULL,
        PRIMARY KEY (round_id, position, person_id, ballot)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX live_votes_by_person ON live_votes (person_id)",
    # How many of what is owed about a post, and not about one of its questions, is not sent yet.
    """
    CREATE INDEX outbox_about_posts ON outbox (about_post)
    WHERE about_post IS NOT NULL AND about_position IS NULL
    """,
)
