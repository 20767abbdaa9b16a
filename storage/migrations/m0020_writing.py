"""Who writes and reviews cases, and what authors are writing."""

STATEMENTS = (
    # By which name a person in this role wishes to be named to learners; empty: not asked yet.
    "ALTER TABLE roles ADD COLUMN public_name TEXT",
    """
    CREATE INDEX roles_by_role ON roles (role, person_id)
    WHERE state = 'approved' AND role IN ('author', 'reviewer')
    """,
    # A link by which one person comes to a role; it goes as it is used.
    """
    CREATE TABLE role_links (
        token TEXT PRIMARY KEY,
        role TEXT NOT NULL CHECK (role IN ('author', 'reviewer')),
        made_by INTEGER NOT NULL,
        made_by_name TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX role_links_by_maker ON role_links (made_by)",
    # document: what was sent, and what it comes to. warned_at: when its author was told that it
    # goes.
    """
    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY,
        person_id INTEGER NOT NULL,
        document TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        warned_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX drafts_by_person ON drafts (person_id, changed_at)",
    "CREATE INDEX drafts_to_warn ON drafts (changed_at) WHERE warned_at IS NULL",
    "CREATE INDEX drafts_to_end ON drafts (warned_at) WHERE warned_at IS NOT NULL",
    # The messages that show a draft to its author: as learners would meet the case, or as a page
    # with what can be done about it, of which there is one.
    """
    CREATE TABLE draft_shown (
        draft_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        page INTEGER NOT NULL,
        PRIMARY KEY (draft_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    # Which message of an author's gave something to which draft, so that editing the one changes
    # the other. told: that the draft is gone was said once already.
    """
    CREATE TABLE draft_messages (
        person_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        draft_id INTEGER NOT NULL,
        sent_at INTEGER NOT NULL,
        told INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (person_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX draft_messages_by_age ON draft_messages (sent_at)",
)
