"""Everything that the bot remembers, opened in one place."""

import asyncio
import secrets
from collections.abc import Sequence
from pathlib import Path

from storage.assignments import Assignments
from storage.background_work import beside
from storage.chat_results import ChatResults
from storage.chats import Chats
from storage.cohort_results import CohortResults
from storage.cohorts import Cohorts
from storage.damage import damaged_tables
from storage.database import Database
from storage.drafts import Drafts
from storage.erasing import wipe
from storage.errors import ForeignDatabaseError
from storage.figures import Figures
from storage.flags import Flags
from storage.item_answers import ItemWordings
from storage.item_cards import ItemCards
from storage.kept_times import DerivedDue, set_right
from storage.ledger import Ledger
from storage.live_rounds import LiveRounds
from storage.live_votes import LiveVotes
from storage.migrations import migrate
from storage.namings import Namings
from storage.outbox import Outbox
from storage.people import People
from storage.polls import Polls
from storage.practice import Practices
from storage.progress import AnswerHistory
from storage.publications import Publications
from storage.question_facts import cleared
from storage.questions import Questions
from storage.retention import FOREVER, Retention, keep_no_longer
from storage.roles import Roles
from storage.sent_files import SentFiles
from storage.signatures import Signatures
from storage.sittings import Sittings
from storage.time_units import DAY_MS
from storage.votes import Votes

# Telegram keeps what is not confirmed for 24 hours; three days leave room for a wrong clock.
_KEEP_UPDATE_IDS_MS = 3 * DAY_MS
# Long enough for an administrator to look, and no longer.
_KEEP_SET_ASIDE_MS = 30 * DAY_MS
# Nobody remembers a question of the day before.
_KEEP_AWAITED_MS = DAY_MS


class Store:
    """The repositories over one database file."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self.ledger = ledger
        self.outbox = Outbox(database, ledger.owing)
        self.people = People(database)
        self.polls = Polls(database)
        self.practices = Practices(database)
        self.history = AnswerHistory(database)
        self.sittings = Sittings(database)
        self.cohorts = Cohorts(database)
        self.roles = Roles(database)
        self.drafts = Drafts(database)
        self.publications = Publications(database)
        self.cohort_results = CohortResults(database)
        self.assignments = Assignments(database)
        self.votes = Votes(database)
        self.chats = Chats(database)
        self.namings = Namings(database)
        self.questions = Questions(database)
        self.results = ChatResults(database)
        self.figures = Figures(database)
        self.flags = Flags(database)
        self.sent_files = SentFiles(database)
        self.item_wordings = ItemWordings(database)
        self.item_cards = ItemCards(database)
        self.live_rounds = LiveRounds(database)
        self.live_votes = LiveVotes(database)
        self.signatures = Signatures(database)

    @classmethod
    async def open(cls, path: Path, now: int, *, replicated: bool = False) -> "Store":
        """Open the file and bring it up to date; ``replicated`` as in Database.open.

        Raises StorageError, ForeignDatabaseError.
        """
        database = await Database.open(path, replicated=replicated)
        try:
            await migrate(database, now)
            return cls(database, await Ledger.open(database))
        except BaseException:
            await database.close()
            raise

    @property
    def takes(self) -> bool:
        """Whether the database took what was last written; see Database.takes."""
        return self._database.takes

    @property
    def damage_met(self) -> asyncio.Event:
        """Set where a read or a write came upon damage; whoever checks clears it."""
        return self._database.damage_met

    async def check(self) -> frozenset[str]:
        """Go through the whole file, beside all other work: damaged tables that can be spared.

        Raises DamagedDatabaseError where others are, StorageError.
        """
        return await beside(damaged_tables, self._database.path)

    async def wipe(self, now: int) -> bool:
        """Leave no bytes of what was erased in file and log; False: to be tried again soon.

        ``now`` is UTC milliseconds. Raises StorageError.
        """
        self._database.ensure_there()
        return await wipe(self._database, now)

    async def set_right(
        self, derived: Sequence[DerivedDue], tables: Sequence[str], now: int, latest: int
    ) -> None:
        """Set right what a wrong clock left: see ``storage.kept_times``. Raises StorageError."""
        await set_right(self._database, derived, tables, now, latest)

    async def close(self) -> None:
        """Close the file."""
        await self._database.close()

    async def claim(self, bot_id: int) -> None:
        """Note whose database this is; raises ForeignDatabaseError when it is another bot's.

        Poll, message and file ids mean something to one bot only. The secret from which learners'
        pseudonyms come is made with it, once in a database's life.
        """
        async with self._database.transaction() as transaction:
            for made in (("bot_id", str(bot_id)), ("pseudonym_key", secrets.token_hex(32))):
                await transaction.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", made)
            rows = await transaction.rows("SELECT value FROM meta WHERE key = 'bot_id'")
        owner = rows[0]["value"]
        if owner != str(bot_id):
            raise ForeignDatabaseError(
                f"the database belongs to the bot with id {owner}, but the token is that of bot"
                f" {bot_id}; use that bot's token, or another database"
            )

    async def begin_anew(self) -> None:
        """Note that this database is in the place of a lost one. Raises StorageError."""
        async with self._database.transaction() as transaction:
            await transaction.execute("INSERT OR IGNORE INTO meta VALUES ('begun_anew', '')")

    async def begun_anew(self) -> bool:
        """Whether :meth:`begin_anew` was ever called."""
        sql = "SELECT 1 FROM meta WHERE key = 'begun_anew'"
        return await self._database.row(sql) is not None

    async def tidy(self, now: int, retention: Retention = FOREVER) -> None:
        """Delete what has served its time. ``now`` is UTC milliseconds. Raises StorageError."""
        async with self._database.transaction() as transaction:
            # Of backups it tells when they were made at the earliest: see storage.backups.
            await transaction.execute(
                "INSERT OR REPLACE INTO meta VALUES ('tidied_at', ?)", (str(now),)
            )
            await transaction.execute(
                "DELETE FROM updates WHERE handled_at < ?", (now - _KEEP_UPDATE_IDS_MS,)
            )
            for sql in (
                "DELETE FROM set_aside WHERE at < ?",
                "DELETE FROM parked_answers WHERE received_at < ?",
                "DELETE FROM unknown_polls WHERE seen_at < ?",
                "DELETE FROM outbox WHERE state = 'refused' AND owed_at < ?",
                "UPDATE flags SET person_id = NULL, words = NULL WHERE closed_at < ?",
            ):
                await transaction.execute(sql, (now - _KEEP_SET_ASIDE_MS,))
            await transaction.execute(
                "DELETE FROM awaited_texts WHERE asked_at < ?", (now - _KEEP_AWAITED_MS,)
            )
            await transaction.execute(
                """
                DELETE FROM draft_messages
                WHERE sent_at < ? AND draft_id NOT IN (SELECT id FROM drafts)
                """,
                (now - _KEEP_SET_ASIDE_MS,),
            )
            await transaction.execute("DELETE FROM role_links WHERE ends_at < ?", (now,))
            await transaction.execute(
                """
                DELETE FROM texts WHERE digest NOT IN
                    (SELECT text_digest FROM outbox WHERE text_digest IS NOT NULL)
                """
            )
            # What goes at a closing; should none ever come, a day after it was due. Nobody's tap
            # can still be on its way by then.
            over = (
                "SELECT post_id, position FROM questions WHERE closed_at IS NULL AND closes_at < ?"
            )
            for sql in cleared(over):
                await transaction.execute(sql, (now - DAY_MS,))
            self.ledger.forget_texts()
        await keep_no_longer(self._database, retention, now)
