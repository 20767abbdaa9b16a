"""Indexes for a million answers: who has answered a wording before, and what a chat's earned."""

STATEMENTS = (
    # A vote asks whether its voter has answered this wording before; of all who ever did, there
    # may be many thousands.
    "DROP INDEX answers_by_revision",
    """
    CREATE INDEX answers_by_wording ON answers (person_id, revision) WHERE person_id IS NOT NULL
    """,
    # A leaderboard adds up the points of a month without a look at the answers themselves.
    "DROP INDEX answers_by_post",
    """
    CREATE INDEX answers_by_post ON answers (post_id, position, person_id, score)
    WHERE post_id IS NOT NULL
    """,
)
