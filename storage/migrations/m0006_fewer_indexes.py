"""Indexes that cost more at each vote than they give.

What waits in the outbox is found by its id as quickly; old updates' ids are looked for once a day.
"""

STATEMENTS = (
    "DROP INDEX outbox_owed",
    "DROP INDEX updates_by_time",
)
