"""What administrators are asked of items, and what they decided."""

STATEMENTS = (
    # Empty where a flag was raised before it was kept.
    "ALTER TABLE flags ADD COLUMN revision TEXT",
    """
    CREATE INDEX flags_by_revision ON flags (revision, case_id)
    WHERE revision IS NOT NULL AND person_id IS NOT NULL
    """,
    # reasons: why it was opened, a JSON list; numbers: what answers said of the item then.
    # answers: how many those were. compared_at: when what came after it was shown beside it.
    """
    CREATE TABLE item_cards (
        id INTEGER PRIMARY KEY,
        case_id TEXT NOT NULL,
        question_id TEXT NOT NULL,
        revision TEXT NOT NULL,
        snapshot TEXT NOT NULL REFERENCES snapshots (digest),
        position INTEGER NOT NULL,
        reasons TEXT NOT NULL,
        numbers TEXT NOT NULL,
        answers INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'open'
            CHECK (state IN ('open', 'kept', 'retired', 'brought_back')),
        why TEXT,
        decided_by INTEGER,
        decided_by_name TEXT,
        decided_at INTEGER,
        compared_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX item_cards_by_revision ON item_cards (revision, case_id)",
    "CREATE INDEX item_cards_retired ON item_cards (case_id, revision) WHERE state = 'retired'",
    "CREATE INDEX item_cards_by_decider ON item_cards (decided_by) WHERE decided_by IS NOT NULL",
    """
    CREATE INDEX item_cards_to_compare ON item_cards (case_id)
    WHERE state <> 'open' AND compared_at IS NULL
    """,
    # In which message each administrator has it.
    """
    CREATE TABLE item_card_messages (
        card_id INTEGER NOT NULL REFERENCES item_cards (id),
        person_id INTEGER NOT NULL,
        message_id INTEGER NOT NULL,
        PRIMARY KEY (card_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX item_card_messages_by_person ON item_card_messages (person_id)",
)
