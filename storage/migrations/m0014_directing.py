"""Cases that wait for others to end, questions whose explanation is for all, cases chosen ahead."""

STATEMENTS = (
    # A case is due and waits until an earlier one has ended; when that is looked at again.
    "ALTER TABLE chats ADD COLUMN held_until INTEGER",
    "CREATE INDEX chats_held ON chats (held_until) WHERE held_until IS NOT NULL",
    # The cases that administrators chose to come next, as a JSON list of ids.
    "ALTER TABLE chats ADD COLUMN queue TEXT NOT NULL DEFAULT '[]'",
    # An administrator gives all the explanation, also where it is to be read in private alone.
    "ALTER TABLE questions ADD COLUMN revealed INTEGER NOT NULL DEFAULT 0",
)
