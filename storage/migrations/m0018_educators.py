"""Educators, their cohorts, what they assign, and what is kept of people without a name."""

STATEMENTS = (
    # name, username: those by which members meet an educator; decided_by(_name): who approved them.
    """
    CREATE TABLE roles (
        person_id INTEGER NOT NULL,
        role TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused')),
        name TEXT NOT NULL,
        username TEXT,
        asked_at INTEGER NOT NULL,
        decided_by INTEGER,
        decided_by_name TEXT,
        decided_at INTEGER,
        PRIMARY KEY (person_id, role)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX roles_by_decider ON roles (decided_by) WHERE decided_by IS NOT NULL",
    # report_due: when the report of a week comes by itself; empty: it does not.
    """
    CREATE TABLE cohorts (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        zone TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        closed_at INTEGER,
        report_due INTEGER
    ) STRICT
    """,
    "CREATE INDEX cohorts_closed ON cohorts (closed_at) WHERE closed_at IS NOT NULL",
    "CREATE INDEX cohorts_reported ON cohorts (report_due) WHERE report_due IS NOT NULL",
    # named: whether reports may name them; name is else the alias that they chose. terms: the
    # version of what they agreed to, 0 for educators.
    """
    CREATE TABLE cohort_people (
        cohort_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('educator', 'member')),
        name TEXT NOT NULL,
        username TEXT,
        named INTEGER NOT NULL,
        terms INTEGER NOT NULL,
        joined_at INTEGER NOT NULL,
        PRIMARY KEY (cohort_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX cohort_people_by_person ON cohort_people (person_id)",
    "CREATE INDEX cohort_educators ON cohort_people (cohort_id) WHERE role = 'educator'",
    # hands_over: whoever made it is no longer an educator of the cohort once it was used.
    """
    CREATE TABLE cohort_links (
        token TEXT PRIMARY KEY,
        cohort_id INTEGER NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('educator', 'member')),
        hands_over INTEGER NOT NULL DEFAULT 0,
        made_by INTEGER,
        made_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL,
        most INTEGER NOT NULL,
        uses INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX cohort_links_by_maker ON cohort_links (made_by) WHERE made_by IS NOT NULL",
    "CREATE INDEX cohort_links_by_cohort ON cohort_links (cohort_id)",
    # closes_at: when the last may hand in, and the numbers are final. late: what comes after
    # due_at, and before closes_at, is taken.
    """
    CREATE TABLE assignments (
        id INTEGER PRIMARY KEY,
        cohort_id INTEGER NOT NULL,
        made_by INTEGER,
        title TEXT NOT NULL,
        mode TEXT NOT NULL CHECK (mode IN ('study', 'exam')),
        explained TEXT NOT NULL CHECK (explained IN ('at_once', 'after_due')),
        late INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        opens_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        closes_at INTEGER NOT NULL,
        opened_at INTEGER,
        closed_at INTEGER,
        cancelled_at INTEGER,
        reminded_at INTEGER,
        extended_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX assignments_by_maker ON assignments (made_by) WHERE made_by IS NOT NULL",
    "CREATE INDEX assignments_by_cohort ON assignments (cohort_id)",
    """
    CREATE INDEX assignments_not_over ON assignments (id)
    WHERE closed_at IS NULL AND cancelled_at IS NULL
    """,
    """
    CREATE INDEX assignments_opening ON assignments (opens_at)
    WHERE opened_at IS NULL AND cancelled_at IS NULL
    """,
    """
    CREATE INDEX assignments_closing ON assignments (closes_at)
    WHERE opened_at IS NOT NULL AND closed_at IS NULL AND cancelled_at IS NULL
    """,
    # dropped_at: the case was taken out of the library meanwhile, and counts for nobody.
    """
    CREATE TABLE assignment_cases (
        assignment_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        case_id TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        dropped_at INTEGER,
        PRIMARY KEY (assignment_id, place)
    ) STRICT, WITHOUT ROWID
    """,
    # Who has it to do, and until when; remind_at: when they are reminded next, if at all.
    """
    CREATE TABLE assigned_people (
        assignment_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        remind_at INTEGER,
        PRIMARY KEY (assignment_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX assigned_people_by_person ON assigned_people (person_id)",
    """
    CREATE INDEX assigned_people_reminded ON assigned_people (remind_at)
    WHERE remind_at IS NOT NULL
    """,
    # What an educator is about to assign, as they have chosen so far.
    """
    CREATE TABLE assignment_drafts (
        person_id INTEGER PRIMARY KEY,
        document TEXT NOT NULL,
        drafted_at INTEGER NOT NULL
    ) STRICT
    """,
    # sealed_by: of whoever left, the assignment until whose closing nothing of an exam is told.
    "ALTER TABLE sittings ADD COLUMN assignment_id INTEGER",
    "ALTER TABLE sittings ADD COLUMN sealed_by INTEGER",
    """
    CREATE UNIQUE INDEX sittings_by_assignment ON sittings (assignment_id, person_id)
    WHERE assignment_id IS NOT NULL
    """,
    """
    CREATE INDEX sittings_sealed ON sittings (id) WHERE state = 'handed_in' AND score IS NULL
    """,
    # What people without a name came to, counted once: of an assignment at its closing, of a week
    # (ref: its first instant) when it was over.
    """
    CREATE TABLE cohort_counts (
        cohort_id INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('assignment', 'week')),
        ref INTEGER NOT NULL,
        document TEXT NOT NULL,
        counted_at INTEGER NOT NULL,
        PRIMARY KEY (cohort_id, kind, ref)
    ) STRICT, WITHOUT ROWID
    """,
)
