"""Files that people sent, which the bot is still to get from Telegram."""

STATEMENTS = (
    # purpose: what it is wanted for; about: what is needed for that, as JSON.
    """
    CREATE TABLE sent_files (
        person_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        file_id TEXT NOT NULL,
        name TEXT NOT NULL,
        purpose TEXT NOT NULL,
        about TEXT NOT NULL,
        PRIMARY KEY (person_id, message_id)
    ) STRICT, WITHOUT ROWID
    """,
)
