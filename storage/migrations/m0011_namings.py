"""Messages in groups that name people, so that a name can be taken out of what was posted."""

STATEMENTS = (
    # A name in this call was blotted out after it became owed: it may be on its way with the name.
    "ALTER TABLE outbox ADD COLUMN blotted INTEGER NOT NULL DEFAULT 0",
    # The latest of each chat. edit_due: somebody named in it is to be named no more; params, what
    # its edit takes, no longer holds the name.
    """
    CREATE TABLE naming_messages (
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        params TEXT NOT NULL,
        edit_due INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (chat_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX naming_messages_due ON naming_messages (edit_due) WHERE edit_due = 1",
    # Whom, and in which words of it.
    """
    CREATE TABLE named_people (
        chat_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        words TEXT NOT NULL,
        PRIMARY KEY (chat_id, message_id, person_id),
        FOREIGN KEY (chat_id, message_id) REFERENCES naming_messages ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX named_people_by_person ON named_people (person_id)",
)
