"""How long things are kept, where the bot's keeper has set an end to it.

Deleting goes in small steps, each in a transaction of its own, so that no vote waits behind it.
"""

from collections.abc import AsyncIterator, Sequence

from msgspec import Struct

from storage.cohort_facts import cohort_gone
from storage.database import Database
from storage.erasing import forgetting
from storage.marks import marking
from storage.practice_facts import folded_anew
from storage.time_units import DAY_MS

# Rows looked at in one step, which takes some milliseconds.
_AT_ONCE = 500
_JUDGED_AT_ONCE = 500  # of each, several tables tell whether it is silent


class Retention(Struct, frozen=True):
    """Milliseconds until an end; None keeps for good.

    ``answers``: an answer leads to its learner no more, but stays in the totals; the same for
    posts in private. ``people``: a learner who neither asked for a case nor answered one is
    erased. ``chats``: what is known of a chat that the bot has left goes. ``backups``: no copy of
    the database is older, so that the marks of people who were erased before that are not needed.
    ``replica``: what was erased is no longer in one, nor on this disk; None where there is none.
    """

    answers: int | None = None
    people: int | None = None
    chats: int | None = None
    backups: int | None = None
    replica: int | None = None


FOREVER = Retention()

# Steps over a table's ids; what stands in a group is nobody's.
_ANONYMOUS: dict[str, tuple[str, ...]] = {
    "answers": (
        *marking("a.id > :after AND a.id <= :last AND a.answered_at < :before"),
        # Cards go with their answers: they are folded anew from those that are left.
        *folded_anew(
            """
            SELECT person_id FROM answers
            WHERE id > :after AND id <= :last AND answered_at < :before AND person_id IS NOT NULL
            """
        ),
        """
        UPDATE answers SET person_id = NULL
        WHERE id > :after AND id <= :last AND answered_at < :before AND person_id IS NOT NULL
        """,
    ),
    "posts": (
        """
        DELETE FROM confidences WHERE post_id IN (
            SELECT id FROM posts WHERE id > :after AND id <= :last AND posted_at < :before)
        """,
        """
        UPDATE posts SET person_id = NULL, chat_id = NULL
        WHERE id > :after AND id <= :last AND posted_at < :before AND person_id IS NOT NULL
        """,
    ),
    "sittings": (
        *(
            f"""
            DELETE FROM {table} WHERE sitting_id IN (
                SELECT id FROM sittings
                WHERE id > :after AND id <= :last AND begun_at < :before)
            """  # noqa: S608 - the tables are named here
            for table in ("sitting_items", "sitting_messages")
        ),
        "DELETE FROM sittings WHERE id > :after AND id <= :last AND begun_at < :before",
    ),
    "poll_attempts": (
        """
        UPDATE poll_attempts SET chat_id = NULL
        WHERE id > :after AND id <= :last AND begun_at < :before AND +chat_id > 0
        """,
    ),
}
# Whom nothing recent is known of, among those in question. Who gets cases by a schedule, or looks
# after a chat, is there though silent; but not whose schedule has nothing left to bring. With who
# signed a case their signature would go.
_SILENT = """
    SELECT DISTINCT who FROM ({among}) WHERE who IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM people WHERE id = who AND met_at >= :before)
        AND NOT EXISTS (SELECT 1 FROM answers WHERE person_id = who AND answered_at >= :before)
        AND NOT EXISTS (
            SELECT 1 FROM posts WHERE person_id = who AND posted_at >= :before AND due_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM flags WHERE person_id = who AND flagged_at >= :before)
        AND NOT EXISTS (SELECT 1 FROM parked_answers WHERE person_id = who)
        AND NOT EXISTS (
            SELECT 1 FROM daily
            WHERE person_id = who AND next_due IS NOT NULL AND unanswered >= 0)
        AND NOT EXISTS (SELECT 1 FROM chats WHERE added_by = who AND gone_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM signatures WHERE person_id = who)
        AND NOT EXISTS (
            SELECT 1 FROM roles
            WHERE person_id = who AND state = 'approved' AND role IN ('author', 'reviewer'))
        AND NOT EXISTS (SELECT 1 FROM drafts WHERE person_id = who)
        AND NOT EXISTS (
            SELECT 1 FROM cohort_people p JOIN cohorts c ON c.id = p.cohort_id
            WHERE p.person_id = who
                AND (p.joined_at >= :before OR (p.role = 'educator' AND c.closed_at IS NULL)))
"""
_ASKED = "UPDATE posts SET asked_by = NULL WHERE asked_by IS NOT NULL AND posted_at < :before"
_CLOSED_COHORTS = cohort_gone("SELECT id FROM cohorts WHERE closed_at < :before")
CLOSED_COHORT_MS = 90 * DAY_MS
"""How long a cohort that was closed can still be looked at: ms."""
_OVER = "SELECT id FROM live_rounds WHERE ended_at < :before"
_LIVE_ROUNDS = (
    *(
        f"DELETE FROM {table} WHERE round_id IN ({_OVER})"  # noqa: S608 - named here
        for table in ("live_votes", "live_people")
    ),
    "DELETE FROM live_rounds WHERE ended_at < :before",
)
LIVE_ROUND_MS = 30 * DAY_MS
"""How long it is kept who was in a live round and how they voted, at the most: ms."""
_ASKED_FOR_MS = DAY_MS  # as far back as a member's cases are counted
_MET = "SELECT id AS who FROM people WHERE id > :after AND id <= :last"
# Who only ever voted in groups was never met.
_VOTED = """
    SELECT person_id AS who FROM answers
    WHERE id > :after AND id <= :last AND answered_at < :before
        AND NOT EXISTS (SELECT 1 FROM people WHERE id = person_id)
"""
_ONE = "SELECT :person_id AS who"
_OLD_MARKS = "DELETE FROM erased_people WHERE erased_at < :before"
_LEFT_CHATS = (
    """
    DELETE FROM shown_names
    WHERE chat_id IN (SELECT id FROM chats WHERE gone_at < :before)
    """,
    """
    DELETE FROM naming_messages
    WHERE chat_id IN (SELECT id FROM chats WHERE gone_at < :before)
    """,
    "DELETE FROM chats WHERE gone_at < :before",
)


async def keep_no_longer(database: Database, retention: Retention, now: int) -> None:
    """Delete what has been kept for as long as it may. ``now`` is UTC milliseconds.

    Raises StorageError; what was deleted until then stays so.
    """
    async with database.transaction() as transaction:
        await transaction.execute(_ASKED, {"before": now - _ASKED_FOR_MS})
        for statement in _CLOSED_COHORTS:
            await transaction.execute(statement, {"before": now - CLOSED_COHORT_MS})
        # No vote is kept for longer than the answer that it became.
        live_ms = min(LIVE_ROUND_MS, retention.answers or LIVE_ROUND_MS)
        for statement in _LIVE_ROUNDS:
            await transaction.execute(statement, {"before": now - live_ms})
    if retention.answers is not None:
        for table, statements in _ANONYMOUS.items():
            await _in_steps(database, table, statements, now - retention.answers)
    if retention.people is not None:
        await _forget_silent(database, "people", _MET, retention.people, now)
        await _forget_silent(database, "answers", _VOTED, retention.people, now)
    if retention.chats is not None:
        async with database.transaction() as transaction:
            for statement in _LEFT_CHATS:
                await transaction.execute(statement, {"before": now - retention.chats})
    if retention.backups is not None:
        async with database.transaction() as transaction:
            await transaction.execute(_OLD_MARKS, {"before": now - retention.backups})


async def _in_steps(database: Database, table: str, statements: Sequence[str], before: int) -> None:
    async for step in _steps(database, table, _AT_ONCE):
        async with database.transaction() as transaction:
            for statement in statements:
                await transaction.execute(statement, {**step, "before": before})


async def _forget_silent(database: Database, table: str, among: str, kept: int, now: int) -> None:
    before = now - kept
    async for step in _steps(database, table, _JUDGED_AT_ONCE):
        rows = await database.rows(_SILENT.format(among=among), {**step, "before": before})
        for row in rows:
            await _forget_if_silent(database, row["who"], before, now)


async def _forget_if_silent(database: Database, person_id: int, before: int, now: int) -> None:
    async with database.transaction() as transaction:
        # Once more: this very moment they may have come back.
        them = {"person_id": person_id, "before": before}
        if await transaction.rows(_SILENT.format(among=_ONE), them):
            await transaction.write(forgetting([person_id], now))


async def _steps(database: Database, table: str, rows: int) -> AsyncIterator[dict[str, int]]:
    """Spans of a table's ids, from the first to the last, of so many rows each."""
    sql = f"""
        SELECT min(id) - 1 AS after, max(id) AS last
        FROM (SELECT id FROM {table} WHERE id > ? ORDER BY id LIMIT {rows})
    """  # noqa: S608 - the tables are named above
    last = -(1 << 63)
    while (row := await database.row(sql, (last,))) is not None and row["last"] is not None:
        last = row["last"]
        yield dict(row)
