"""Writing Outcomes down: what happened and what is owed, in one transaction."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from storage.database import Database, Parameters, Statement
from storage.erasing import erased
from storage.fact_order import FACT_ORDER
from storage.facts import Fact
from storage.outcome import Outcome
from storage.owing import Owing
from storage.parameters import parameters
from storage.tallying import tallied

_HANDLED = "INSERT INTO updates VALUES (?, ?)"
# They are kept longer than the ids of handled updates, which may start again lower.
_SET_ASIDE = "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?)"


class SetAside(Struct, frozen=True):
    """An update that could not be parsed or handled; ``error`` is brief and names nobody."""

    kind: str
    error: str
    person_id: int | None


class Entry(Struct, frozen=True):
    """One piece of handled work. ``update_id`` is None where no update caused it.

    An update that was set aside has its reason beside an Outcome, which tells administrators.
    """

    outcome: Outcome
    update_id: int | None = None
    set_aside: SetAside | None = None


class Ledger:
    """The one way in for everything that happens."""

    def __init__(self, database: Database, owing: Owing) -> None:
        self._database = database
        self.owing = owing
        """How whatever is owed is written down."""

    @classmethod
    async def open(cls, database: Database) -> "Ledger":
        """Go on where the outbox's numbering stands."""
        row = await database.row("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        return cls(database, Owing(row["seq"] if row else 0))

    async def commit(self, entries: Sequence[Entry], now: int) -> None:
        """Record all entries or none. Raises StorageError, or RejectedError if one cannot be kept.

        An update id that was already recorded is an error: whoever calls has sorted out
        redelivered updates with :meth:`handled` before acting on them.
        """
        facts = [fact for entry in entries for fact in entry.outcome.facts]
        owed = [entry.outcome.owed for entry in entries]
        try:
            await self._database.write(
                lambda: [
                    *_handled(entries, now),
                    *_recorded(facts),
                    *tallied(facts),
                    *erased(facts, now),
                    # Numbered in here, so that none is on the disk before a lower one.
                    *self.owing.statements(owed, now),
                ]
            )
        except BaseException:
            self.owing.forget_texts()
            raise

    def forget_texts(self) -> None:
        """Texts that nothing needed were deleted: what begins alike is to be written again."""
        self.owing.forget_texts()

    async def handled(self, update_ids: Iterable[int]) -> frozenset[int]:
        """Which of these updates are already recorded as handled or set aside."""
        rows = await self._database.rows(
            "SELECT id FROM updates WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(update_ids)),),
        )
        return frozenset(row["id"] for row in rows)


def _handled(entries: Sequence[Entry], now: int) -> Iterator[Statement]:
    ids = [(entry.update_id, now) for entry in entries if entry.update_id is not None]
    if ids:
        yield _HANDLED, ids
    aside = [
        (entry.update_id, why.kind, why.error, why.person_id, now)
        for entry in entries
        if (why := entry.set_aside) is not None
    ]
    if aside:
        yield _SET_ASIDE, aside


def _recorded(facts: Iterable[Fact]) -> Iterator[Statement]:
    by_kind: defaultdict[type[Fact], list[Parameters]] = defaultdict(list)
    for fact in facts:
        by_kind[type(fact)].append(parameters(fact))
    for kind in FACT_ORDER:
        if rows := by_kind.pop(kind, None):
            for sql in kind.STATEMENTS:
                yield sql, rows
    if by_kind:
        raise TypeError(f"facts missing from FACT_ORDER: {sorted(map(str, by_kind))}")
