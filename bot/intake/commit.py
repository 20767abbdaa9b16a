"""Committing Outcomes so that one that cannot be kept costs the others nothing."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from bot.base.clock import Clock
from storage.errors import StorageError
from storage.ledger import Entry, Ledger
from storage.outcome import NOTHING


async def commit_outcomes(
    ledger: Ledger,
    clock: Clock,
    entries: Sequence[Entry],
    instead: Callable[[int, Exception], Entry],
    committed: Callable[[Sequence[Entry]], None],
) -> list[Entry]:
    """Commit all entries together; if that is refused, each alone. Returns what was committed.

    In place of the entry at a position that can never be kept for this reason, what ``instead``
    says is committed; and where even that is refused, only that the update is done with.
    ``committed`` is called after each commit: should a later one raise StorageError, what is on
    disk by then is never handed over again.
    """
    if await _refusal(ledger, clock, entries) is None:
        committed(entries)
        return list(entries)
    kept = []
    for position, one in enumerate(entries):
        error = await _refusal(ledger, clock, [one])
        entry = one if error is None else await _replaced(ledger, clock, instead(position, error))
        committed([entry])
        kept.append(entry)
    return kept


async def _replaced(ledger: Ledger, clock: Clock, entry: Entry) -> Entry:
    if await _refusal(ledger, clock, [entry]) is not None:
        # Better without a word than again and again.
        entry = replace(entry, outcome=NOTHING, set_aside=None)
        await ledger.commit([entry], clock.now())
    return entry


async def _refusal(ledger: Ledger, clock: Clock, entries: Sequence[Entry]) -> Exception | None:
    """Commit; tells why these entries can never be kept. Raises StorageError."""
    try:
        await ledger.commit(entries, clock.now())
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - a mistake in one must not stop the others
        return error
    return None
