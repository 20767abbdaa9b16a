"""When cases are due, and which: pure decisions over recorded schedules and a given ``now``.

Instants are UTC milliseconds; times of day are minutes after local midnight.
"""
