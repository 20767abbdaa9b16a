"""What practice remembers: confidence, reviews, and cards, which are folded from answers."""

STATEMENTS = (
    # variant: of the question's wordings the one that was put; empty: the question itself.
    """
    ALTER TABLE posts ADD COLUMN purpose TEXT NOT NULL DEFAULT 'case'
        CHECK (purpose IN ('case', 'review', 'sitting'))
    """,
    "ALTER TABLE posts ADD COLUMN variant TEXT",
    # recognised: of a right answer in a review, whether the picture gave it away.
    """
    ALTER TABLE answers ADD COLUMN confidence TEXT
        CHECK (confidence IN ('guess', 'fairly', 'certain'))
    """,
    "ALTER TABLE answers ADD COLUMN recognised INTEGER",
    # How sure a person says they are, before they vote; it goes with the vote.
    """
    CREATE TABLE confidences (
        person_id INTEGER NOT NULL,
        post_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('guess', 'fairly', 'certain')),
        PRIMARY KEY (person_id, post_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    # What a person remembers of an objective, as far as their answers were folded. urgency: the
    # lower, the sooner among what is due; due_at is empty once it needs no review any more.
    """
    CREATE TABLE cards (
        person_id INTEGER NOT NULL,
        objective TEXT NOT NULL,
        due_at INTEGER,
        urgency INTEGER NOT NULL,
        stability REAL NOT NULL,
        reviewed_at INTEGER NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY (person_id, objective)
    ) STRICT, WITHOUT ROWID
    """,
    # Up to which answer; objectives: a digest of what the library's objectives were then.
    """
    CREATE TABLE folded (
        person_id INTEGER PRIMARY KEY,
        through_answer INTEGER NOT NULL,
        objectives TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # When the last daily item came: a learner who answers none gets fewer.
    "ALTER TABLE daily ADD COLUMN brought_at INTEGER",
    # Objectives of which a person wants no review.
    """
    CREATE TABLE paused_objectives (
        person_id INTEGER NOT NULL,
        objective TEXT NOT NULL,
        paused_at INTEGER NOT NULL,
        PRIMARY KEY (person_id, objective)
    ) STRICT, WITHOUT ROWID
    """,
)
