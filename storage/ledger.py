"""Writing Outcomes down: what happened and what is owed, in one transaction."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from msgspec import Struct

from storage.database import Database, Transaction
from storage.errors import RejectedError
from storage.facts import Fact
from storage.outcome import Outcome, OwedCall
from storage.parameters import parameters
from storage.recording import RECORDING_ORDER

_OWE = """
    INSERT INTO outbox (id, chat_id, method, params, text, text_digest, broadcast, reply_to,
                        edit_key, post_id, position, fingerprint, owed_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_KEEP_TEXT = "INSERT INTO texts VALUES (?, ?) ON CONFLICT DO NOTHING"


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

    def __init__(self, database: Database, last_outbox_id: int) -> None:
        self._database = database
        self._last_outbox_id = last_outbox_id

    @classmethod
    async def open(cls, database: Database) -> "Ledger":
        """Go on where the outbox's numbering stands."""
        row = await database.row("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'")
        return cls(database, row["seq"] if row else 0)

    async def commit(self, entries: Sequence[Entry], now: int) -> None:
        """Record all entries or none. Raises StorageError, or RejectedError if one cannot be kept.

        An update id that was already recorded is an error: whoever calls has sorted out
        redelivered updates with :meth:`handled` before acting on them.
        """
        async with self._database.transaction() as transaction:
            await _mark_handled(transaction, entries, now)
            await _record(transaction, [fact for e in entries for fact in e.outcome.facts])
            # Only now: numbers given in a transaction that failed were never seen by anybody.
            await self._owe(transaction, [e.outcome.owed for e in entries], now)

    async def handled(self, update_ids: Iterable[int]) -> frozenset[int]:
        """Which of these updates are already recorded as handled or set aside."""
        rows = await self._database.rows(
            "SELECT id FROM updates WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(update_ids)),),
        )
        return frozenset(row["id"] for row in rows)

    async def _owe(
        self, transaction: Transaction, owed: Sequence[tuple[OwedCall, ...]], now: int
    ) -> None:
        numbered: list[tuple[int, int, OwedCall]] = []
        for calls in owed:
            first = self._last_outbox_id + 1
            self._last_outbox_id += len(calls)
            numbered += ((first + place, first, call) for place, call in enumerate(calls))
        newest = {
            call.edit_key: number for number, _, call in numbered if call.edit_key is not None
        }
        if newest:
            await transaction.executemany(
                "DELETE FROM outbox WHERE edit_key = ? AND state = 'owed'",
                [(edit_key,) for edit_key in newest],
            )
        if numbered:
            texts: dict[str, str] = {}
            rows = [
                _outbox_row(call, number, first, now, texts)
                for number, first, call in numbered
                if call.edit_key is None or newest[call.edit_key] == number
            ]
            if texts:
                kept = [(digest, text) for text, digest in texts.items()]
                await transaction.executemany(_KEEP_TEXT, kept)
            await transaction.executemany(_OWE, rows)


def _outbox_row(
    call: OwedCall, number: int, first: int, now: int, texts: dict[str, str]
) -> tuple[object, ...]:
    """A call as it is kept; a common text goes to ``texts``, with its digest."""
    poll, params = call.poll, dict(call.params)
    text = params.pop("text") if isinstance(params.get("text"), str) else None
    digest = None
    if call.common and text is not None:
        digest = texts.get(text) or texts.setdefault(text, sha256(text.encode()).hexdigest())
        text = None
    return (
        number,
        call.chat_id,
        call.method,
        _as_json(params),
        text,
        digest,
        call.broadcast,
        None if call.reply_to is None else first + call.reply_to,
        call.edit_key,
        poll and poll.post_id,
        poll and poll.position,
        poll and poll.fingerprint,
        now,
    )


def _as_json(params: Mapping[str, Any]) -> str:
    try:
        return _JSON.encode(params)
    except (TypeError, ValueError):
        # Their messages may quote the value.
        raise RejectedError("a call's parameters cannot be written as JSON") from None


async def _mark_handled(transaction: Transaction, entries: Sequence[Entry], now: int) -> None:
    ids = [(entry.update_id, now) for entry in entries if entry.update_id is not None]
    if ids:
        await transaction.executemany("INSERT INTO updates VALUES (?, ?)", ids)
    aside = [
        (entry.update_id, why.kind, why.error, why.person_id, now)
        for entry in entries
        if (why := entry.set_aside) is not None
    ]
    if aside:
        # They are kept longer than the ids of handled updates, which may start again lower.
        await transaction.executemany(
            "INSERT OR REPLACE INTO set_aside VALUES (?, ?, ?, ?, ?)", aside
        )


async def _record(transaction: Transaction, facts: Iterable[Fact]) -> None:
    by_kind: defaultdict[type[Fact], list[dict[str, object]]] = defaultdict(list)
    for fact in facts:
        by_kind[type(fact)].append(parameters(fact))
    for kind in RECORDING_ORDER:
        if rows := by_kind.pop(kind, None):
            for statement in kind.STATEMENTS:
                await transaction.executemany(statement, rows)
    if by_kind:
        raise TypeError(f"facts missing from RECORDING_ORDER: {sorted(map(str, by_kind))}")
